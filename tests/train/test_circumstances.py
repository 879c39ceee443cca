"""What is learned from the dates and places of labelled events."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from pipeline.document import Event, EventDate, Place, Span
from pipeline.events import inherit
from pipeline.events.assemble import candidates
from pipeline.events.facts import Context, Facts
from pipeline.train.circumstances import (
    Asked,
    Listener,
    by_event,
    choices_of,
    date_value,
    is_right,
    main,
    nearness,
    penalty_of,
    spell,
    train,
)
from pipeline.weights import weights
from tests.train.conftest import Until

CONTEXT = Context(("visit", "planned"), frozenset({"later", "here"}), frozenset({"previous"}))
DAY, NEXT = dt.date(2025, 6, 3), dt.date(2025, 6, 4)


def test_facts_are_spelled_with_what_they_are_read_with() -> None:
    assert spell(["near"], CONTEXT) == {"near", "near | visit", "near | planned"}
    assert spell(["previous"], CONTEXT) == {
        "previous", "previous | visit", "previous | planned", "previous | later", "previous | here",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("date", "value"),
    [
        (EventDate(), None),
        (EventDate(DAY, DAY, "day"), "2025-06-03"),
        (EventDate(DAY, NEXT, "range"), "2025-06-03/2025-06-04"),
        (EventDate(dt.date(2025, 6, 1), dt.date(2025, 6, 30), "month"), "2025-06"),
        (EventDate(dt.date(2025, 1, 1), dt.date(2025, 12, 31), "year"), "2025"),
    ],
)
def test_dates_are_compared_as_labels_write_them(date: EventDate, value: str | None) -> None:
    assert date_value(date) == value
    assert is_right("date", date, {"date": DAY if value == "2025-06-03" else value})
    assert not is_right("date", date, {"date": "2020-01-01"})


def test_places_are_compared_by_code_and_by_name() -> None:
    gold = {"place": {"country": "KEN", "city": "Port Victoria"}}
    assert [is_right("country", c, gold) for c in ("KEN", "UGA", None)] == [True, False, False]
    assert [is_right("city", c, gold) for c in ("port victoria", "Victoria", "Kisumu", None)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert is_right("city", None, {"place": None})
    assert not is_right("city", "Kisumu", {"place": {"country": "KEN", "city": None}})


def test_of_like_events_the_one_of_that_day_is_nearest() -> None:
    def event(day: dt.date, country: str | None) -> Event:
        return Event(
            "e", "CONSULT", "phone", "occurred", EventDate(day, day, "day"), Place(country=country),
            ("p",), (), (), Span(0, 1), (0,), (), confidence=0.5,
        )  # fmt: skip

    gold: dict[str, Any] = {"date": DAY, "status": "occurred", "place": {"country": "KEN"}}
    assert nearness(gold, event(DAY, "KEN")) > nearness(gold, event(NEXT, "KEN")) > nearness(gold, event(NEXT, None))


def test_questions_are_those_of_the_events_in_order() -> None:
    asked = [
        Asked(q, (None,), (frozenset(),), 0) for q in ("date", "date", "date", "country", "country", "city", "country")
    ]
    found = by_event(asked, 3)
    assert [list(questions) for questions in found] == [
        ["date", "country"],
        ["date", "country", "city"],
        ["date", "country"],
    ]
    assert found[1]["city"] is asked[5]


def test_facts_with_companions_are_penalised_more() -> None:
    words = frozenset({"later"})
    plain, kind, word = (penalty_of(f, words=words) for f in ("previous", "previous | visit", "previous | later"))
    assert plain < kind < word


def test_a_listener_answers_with_its_weights_and_takes_down_the_question() -> None:
    facts: Facts[str] = Facts()
    facts.add("A", "near")
    facts.add("B", "previous")
    listener = Listener({"country": {"previous | later": 2.0, "near": 1.0}})
    assert listener("country", facts, CONTEXT) == {"A": 1.0, "B": 2.0}
    [asked] = listener.asked
    assert (asked.question, asked.candidates, asked.answer) == ("country", ("A", "B"), 1)
    assert asked.facts[0] == spell(["near"], CONTEXT)
    assert listener.words == {"later", "here"}
    assert Listener({"country": {}})("country", facts, CONTEXT) == {"A": 0.0, "B": 0.0}


def test_a_listener_with_the_weights_of_the_line_decides_like_the_line(until: Until) -> None:
    known = weights("circumstances")
    taught = 0
    for item, document in until("assemble"):
        listener = Listener(known)
        plain = [c.event for c in candidates(document)]
        with patch.object(inherit, "scores_of", listener):
            assert [c.event for c in candidates(document)] == plain
        for questions, event in zip(by_event(listener.asked, len(plain)), plain, strict=True):
            date, country = questions["date"], questions["country"]
            assert date.candidates[date.answer] == event.date
            assert country.candidates[country.answer] == event.place.country
        for question, choice in choices_of(0, document, item.label, listener):
            taught += question == "date" and choice.right is not None
    assert taught >= 3


def test_training_again_gives_the_weights_that_were_written(labelled: Path, until: Until, tmp_path: Path) -> None:
    main([str(labelled), "--out", str(tmp_path / "weights.json")])
    written = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))["weights"]
    again = train(until("assemble"))
    assert set(written) == set(again) == {"date", "country", "city"}
    assert written["date"]
    for question, values in written.items():
        assert values == {name: round(again[question][name], 2) for name in values}
