"""Events, records and arguments counted, and what became of every event."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from pipeline.evaluate.align import align
from pipeline.evaluate.events import event_pairs, tally_events
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import EventPair
from pipeline.evaluate.names import GoldNames
from pipeline.evaluate.sides import sides
from pipeline.gold.model import GoldArticle
from tests.evaluate.planting import Lines, Mistake, at, gold_with, nobody, planted, trip, without
from tests.evaluate.sorting import aligned
from tests.golds import articles, visit


def counts(gold: GoldArticle, name: str, *mistakes: Mistake) -> tuple[float, ...]:
    tally = tally_events(aligned(gold, *mistakes))
    return tuple(tally.get(f"{name}.{count}", 0) for count in ("right", "predicted", "gold"))


def pairs(gold: GoldArticle, *mistakes: Mistake) -> list[EventPair]:
    prediction = planted(gold, *mistakes)
    both = sides(gold, prediction, GoldNames(gold))
    return list(event_pairs(both, align(both), len(gold.events), len(prediction.events)))


def negated_visit() -> GoldArticle:
    events = visit().model_dump(mode="json")["events"]
    events[0]["status"] = "negated"
    return gold_with(events=events)


def test_slices() -> None:
    assert counts(trip(), "events") == (3, 3, 3)
    assert counts(trip(), "events@CONSULT") == (2, 2, 2)
    assert counts(trip(), "events@CONSULT/visit") == (1, 1, 1)
    assert counts(trip(), "arguments@recipient") == (2, 2, 2)


def test_a_wrong_mode_is_counted_where_each_side_says_it() -> None:
    mistake = at(0, mode="phone")
    assert counts(trip(), "events@CONSULT", mistake) == (1, 2, 2)
    assert counts(trip(), "events@CONSULT/visit", mistake) == (0, 0, 1)
    assert counts(trip(), "events@CONSULT/phone", mistake) == (0, 1, 0)
    assert counts(trip(), "arguments", mistake) == (6, 6, 6)


def test_types_without_mode() -> None:
    assert counts(trip(), "events@AID/-", at(0, type="AID", mode=None)) == (0, 1, 0)


def test_optional_gold_is_not_counted() -> None:
    assert counts(visit(), "events") == (2, 2, 2)
    assert counts(visit(), "events", without(2)) == (2, 2, 2)


def test_predicting_what_did_not_happen_is_a_false_alarm() -> None:
    assert counts(negated_visit(), "events") == (1, 1, 1)
    assert counts(negated_visit(), "events", at(0, status="occurred")) == (1, 2, 1)


@pytest.mark.parametrize(
    ("index", "mistake", "verdict", "differs"),
    [
        (0, at(0, status="ongoing"), "right", ()),
        (0, at(0, status="planned"), "partly", ("status",)),
        (0, at(0, date={"precision": "year"}), "partly", ("date",)),
        (0, at(0, place={"country": None, "city": "Kisumu"}), "partly", ("country",)),
        (1, at(1, place={"city": None}), "right", ("city",)),
        (0, at(0, contexts=[]), "right", ("contexts",)),
        (0, at(0, mode=None), "wrong", ("mode",)),
        (1, lambda _, events: events[1]["actors"].pop() and None, "partly", ("participants",)),
        (2, at(2, contexts=["cyber"]), "right", ("contexts",)),
    ],
)
def test_verdicts(index: int, mistake: Mistake, verdict: Any, differs: tuple[str, ...]) -> None:
    found = pairs(trip(), mistake)
    assert found[index] == EventPair(index, index, verdict, differs)
    assert {pair.verdict for pair in found} == {"right", verdict}


def test_missed_and_extra() -> None:
    found = pairs(trip(), at(2, actors=[nobody()], recipients=[]))
    assert found[2:] == [EventPair(2, None, "missed"), EventPair(None, 2, "extra")]


def test_ignored() -> None:
    assert pairs(visit())[2] == EventPair(2, 2, "ignored")
    assert pairs(visit(), without(2))[2] == EventPair(2, None, "ignored")
    assert pairs(negated_visit())[0] == EventPair(0, None, "ignored")
    assert pairs(negated_visit())[3] == EventPair(None, 0, "ignored")


@given(articles())
def test_every_event_stands_in_one_pair(gold: GoldArticle) -> None:
    def half(_: object, events: Lines) -> None:
        events[:] = [*events[::2], *events[:1]]

    prediction = planted(gold, half)
    both = sides(gold, prediction, GoldNames(gold))
    found = event_pairs(both, align(both), len(gold.events), len(prediction.events))
    assert [pair.gold for pair in found if pair.gold is not None] == list(range(len(gold.events)))
    predicted = sorted(pair.predicted for pair in found if pair.predicted is not None)
    assert predicted == list(range(len(prediction.events)))
    tally = tally_events(align(both))
    assert tally.get("records.right", 0) == sum(pair.verdict == "right" for pair in found)
    assert tally.get("events.right", 0) == sum(pair.verdict in ("right", "partly") for pair in found)
    assert tally.get("events.gold", 0) - tally.get("events.right", 0) == sum(
        pair.verdict in ("wrong", "missed") for pair in found
    )


def test_perfect_predictions_are_right_or_ignored() -> None:
    assert len(prediction_of(trip()).events) == len(pairs(trip()))
    assert [pair.verdict for pair in pairs(trip())] == ["right"] * 3
