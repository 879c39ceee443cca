"""A mistake planted in perfect predictions changes the figures it should, and no other."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.evaluate.article import score_article
from pipeline.evaluate.figures import counts_of, figure_values
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import Prediction, Tally
from pipeline.gold.model import GoldArticle
from tests.evaluate.planting import Lines, Mistake, at, dev, nobody, planted, trip, without

Json = dict[str, Any]

RECORDS = {"records", "records.macro"}
EVENTS = {"events", "events.macro", *RECORDS}
CONFIDENCE = {"calibration.brier", "calibration.ece"}
CLUSTERS = {"clusters.muc", "clusters.b_cubed", "clusters.ceaf_e", "clusters.conll", "clusters.lea"}


def figures(tally: Tally) -> dict[str, tuple[float | None, ...]]:
    values = figure_values(counts_of([tally]), slices=False)
    return {figure.name: (figure.value, figure.precision, figure.recall) for figure in values}


def changed(gold: GoldArticle, *mistakes: Mistake) -> set[str]:
    perfect = figures(score_article(gold, prediction_of(gold)).tally)
    real = figures(score_article(gold, planted(gold, *mistakes)).tally)
    return {name for name in perfect if perfect[name] != real[name]}


def add_actor(index: int, who: Json) -> Mistake:
    return lambda _, events: events[index]["actors"].append(who)


def swapped(index: int) -> Mistake:
    def mistake(_: Json, events: Lines) -> None:
        event = events[index]
        event["actors"], event["recipients"] = event["recipients"], event["actors"]

    return mistake


def again(index: int, **fields: Any) -> Mistake:
    def mistake(_: Json, events: Lines) -> None:
        events.append({**events[index], **fields})

    return mistake


def split_person(document: Json, _: Lines) -> None:
    """The second mention of the first person becomes a person of its own."""
    first = document["entities"][0]
    last = first["mentions"].pop()
    document["entities"].append({**first, "entity": f"ent_{'1' * 16}", "name": last["text"], "mentions": [last]})


def merged_people(document: Json, _: Lines) -> None:
    one, other = document["entities"][:2]
    one["mentions"] += other["mentions"]
    document["entities"].remove(other)
    for relation in document["relations"]:
        for end in ("subject", "object"):
            if relation[end] == other["entity"]:
                relation[end] = one["entity"]


def dropped_position(document: Json, _: Lines) -> None:
    document["relations"].remove(next(r for r in document["relations"] if r["type"] == "holds_position"))


def other_title(document: Json, _: Lines) -> None:
    next(r for r in document["relations"] if r["type"] == "holds_position")["title"] = "Archivist"


def dropped_home(document: Json, _: Lines) -> None:
    document["relations"].remove(next(r for r in document["relations"] if r["type"] == "located_in"))


def dropped_last_person_mention(document: Json, _: Lines) -> None:
    document["entities"][0]["mentions"].pop()


def shortened_mention(document: Json, _: Lines) -> None:
    mention = document["entities"][0]["mentions"][0]
    mention["text"], mention["end"] = mention["text"][:-1], mention["end"] - 1


def other_day_mentioned(document: Json, _: Lines) -> None:
    document["dates"][0] |= {"start": "2001-01-01", "end": "2001-01-01"}


def dropped_date(document: Json, _: Lines) -> None:
    document["dates"].pop()


def other_source(document: Json, _: Lines) -> None:
    document["cited"] = ["Marimba Society"]


def invented_person(document: Json, _: Lines) -> None:
    first = document["entities"][0]
    document["entities"].append({**first, "entity": f"ent_{'2' * 16}", "name": "Zed Quux", "mentions": []})


OTHER_DAY = {"start": "2001-01-01", "end": "2001-01-01", "precision": "day"}
AZERBAIJAN = nobody("Azerbaijan", kind="country", country="AZE")
FRANCE = nobody("France", kind="country", country="FRA")
LOST_PERSON = {"people", "positions", "relations"}

ON_THE_TRIP: dict[str, tuple[set[str], Mistake]] = {
    "a missed event": (EVENTS | {"arguments"}, without(2)),
    "a missed event that alone had a city": (EVENTS | {"arguments", "city"}, without(1)),
    "a false alarm": (
        EVENTS | {"arguments", "dyads"} | CONFIDENCE,
        again(0, type="AID", mode=None, actors=[AZERBAIJAN], recipients=[FRANCE]),
    ),
    "an event told twice": (EVENTS | {"arguments"} | CONFIDENCE, again(0)),
    "a wrong mode": (EVENTS | CONFIDENCE, at(0, mode="phone")),
    "a wrong mode of an event with a city": (EVENTS | CONFIDENCE | {"city"}, at(1, mode="phone")),
    "a wrong type": (EVENTS | CONFIDENCE | {"arguments"}, at(2, type="ACCUSE", mode="disapprove")),
    "an extra participant": (RECORDS | {"arguments"}, add_actor(0, nobody())),
    "an extra state": (RECORDS | {"arguments", "dyads"}, add_actor(0, FRANCE)),
    "an optional participant": (set(), add_actor(1, AZERBAIJAN)),
    "a missing participant": (RECORDS | {"arguments"}, lambda _, events: events[1]["actors"].pop() and None),
    "swapped roles": (RECORDS | {"arguments"}, swapped(0)),
    "a shifted date": (RECORDS | {"date"}, at(0, date=OTHER_DAY)),
    "a vaguer date": (RECORDS | {"date"}, at(0, date={"precision": "month"})),
    "a wrong status": (RECORDS | {"status"}, at(0, status="planned")),
    "ongoing for occurred": (set(), at(0, status="ongoing")),
    "a wrong country": (RECORDS | {"country"}, at(0, place={"country": "FRA"})),
    "a wrong city": ({"city"}, at(1, place={"city": "Mombasa"})),
    "a city that no gold asks for": (set(), at(0, place={"city": "Mombasa"})),
    "a wrong context": ({"contexts"}, at(2, contexts=["military"])),
    "too little confidence": (CONFIDENCE, at(0, confidence=0.6)),
    "an event said not to have happened": (EVENTS | {"arguments"}, at(2, status="negated")),
    "a split entity": ({"people"} | CLUSTERS, split_person),
    "merged entities": (LOST_PERSON | CLUSTERS, merged_people),
    "an invented person": ({"people"}, invented_person),
    "a dropped position": ({"positions", "relations"}, dropped_position),
    "a wrong title": ({"positions", "relations"}, other_title),
    "a dropped relation": ({"relations"}, dropped_home),
    "a dropped mention": (
        {"mentions.strict", "mentions.partial", "mentions.macro"} | CLUSTERS,
        dropped_last_person_mention,
    ),
    "a mention cut short": ({"mentions.strict", "mentions.partial", "mentions.macro"} | CLUSTERS, shortened_mention),
    "a mentioned date misread": ({"date_values"}, other_day_mentioned),
    "a dropped date": ({"date_values", "mentions.strict", "mentions.partial", "mentions.macro"}, dropped_date),
    "a wrong source": ({"cited"}, other_source),
}


@pytest.mark.parametrize("name", ON_THE_TRIP)
def test_exactly_the_figures_it_should(name: str) -> None:
    should, mistake = ON_THE_TRIP[name]
    assert changed(trip(), mistake) == should


def test_dyads_of_two_events_are_lost_with_both() -> None:
    assert "dyads" not in changed(trip(), without(1))
    assert "dyads" in changed(trip(), without(1), without(0))


@pytest.mark.parametrize(
    ("name", "mistake"),
    [
        ("events@CONSULT/visit", at(0, mode="phone")),
        ("records@CONSULT/visit", at(0, date=OTHER_DAY)),
        ("arguments@recipient", swapped(0)),
        ("relations@holds_position", dropped_position),
        ("mentions.strict@person", dropped_last_person_mention),
    ],
)
def test_slices_change_too(name: str, mistake: Mistake) -> None:
    def slices(prediction: Prediction) -> dict[str, float | None]:
        values = figure_values(counts_of([score_article(trip(), prediction).tally]))
        return {f"{figure.name}@{figure.part}": figure.value for figure in values}

    right, wrong = slices(prediction_of(trip())), slices(planted(trip(), mistake))
    assert right[name] == 1.0
    assert (wrong[name] or 0.0) < 1.0
    for other in ("events@SUPPORT/praise", "records@SUPPORT", "relations@located_in", "mentions.strict@city"):
        assert wrong[other] == 1.0


def test_in_any_article() -> None:
    """Of the first core event of each article, one thing at a time."""
    looked_at = 0
    for gold in dev():
        index = next(
            (i for i, e in enumerate(gold.events) if e.core and e.status not in ("cancelled", "negated")), None
        )
        if index is None:
            continue
        looked_at += 1
        assert changed(gold, at(index, status="cancelled")) == RECORDS | {"status"}, gold.id
        assert changed(gold, at(index, date=OTHER_DAY)) == RECORDS | {"date"}, gold.id
        assert changed(gold, at(index, place={"country": "ATA"})) == RECORDS | {"country"}, gold.id
        assert changed(gold, at(index, contexts=["cbrn"])) == {"contexts"}, gold.id
        assert changed(gold, at(index, confidence=0.5)) == CONFIDENCE, gold.id
        assert changed(gold, add_actor(index, nobody())) == RECORDS | {"arguments"}, gold.id
        assert changed(gold, other_source) == {"cited"}, gold.id
        missed = changed(gold, without(index))
        assert missed >= {"events", "records", "arguments"}, gold.id
        whatever_else = {"dyads", "contexts", "city", "status", "date", "country"} | CONFIDENCE
        assert missed <= EVENTS | {"arguments"} | whatever_else, gold.id
    assert looked_at > 20


def test_perfect_predictions() -> None:
    """Every figure that has something to count is 1; offices that nobody gives cannot be written down."""
    for gold in (trip(), *dev()):
        values = figures(score_article(gold, prediction_of(gold)).tally)
        says_all = all(r.object is not None for r in gold.relations)
        for name, (value, *_) in values.items():
            if value is not None and (says_all or name != "positions"):
                assert value == (0.0 if name in CONFIDENCE else 1.0), (gold.id, name)
    rates = figures(score_article(trip(), prediction_of(trip())).tally)
    assert {name for name, (value, *_) in rates.items() if value is None} == {"events.per_article"}


def test_no_predictions() -> None:
    """Every figure that has gold is 0, and what is counted over predictions is not there."""
    for gold in (trip(), *dev()):
        for prediction in (Prediction(gold.id, None), Prediction(gold.id, None, rejected="not in English")):
            score = score_article(gold, prediction)
            assert {value for value, *_ in figures(score.tally).values()} <= {0.0, None}, gold.id
    score = score_article(trip(), Prediction("visit", None))
    values = figures(score.tally)
    for name in ("events", "records", "arguments", "dyads", "people", "positions", "cited", "relations", *CLUSTERS):
        assert values[name][0] == 0.0, name
    for name in ("status", "date", "country", "city", "contexts", *CONFIDENCE):
        assert values[name][0] is None, name
    assert [pair.verdict for pair in score.pairs] == ["missed"] * 3
    assert all(difference.kind == "missed" for difference in score.differences)
