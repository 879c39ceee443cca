"""A mistake planted in perfect predictions changes the figures it should, and no other."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.evaluate.article import score_article
from pipeline.evaluate.figures import counts_of, figure_values
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import Tally
from pipeline.gold.model import GoldArticle
from tests.evaluate.planting import Lines, Mistake, at, nobody, planted, trip, without

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


def entity(document: Json, name: str) -> Json:
    [found] = [e for e in document["entities"] if e["name"] == name]
    return dict(found)


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
    "a missed event": (EVENTS | {"arguments", "dyads"}, without(2)),
    "a missed event that alone had a city": (EVENTS | {"arguments", "city"}, without(1)),
    "a false alarm": (
        EVENTS | {"arguments", "dyads"} | CONFIDENCE,
        again(0, type="AID", mode=None, actors=[AZERBAIJAN], recipients=[FRANCE]),
    ),
    "an event told twice": (EVENTS | {"arguments"} | CONFIDENCE, again(0)),
    "a wrong mode": (EVENTS | CONFIDENCE, at(1, mode="phone")),
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


ANYWHERE: dict[str, tuple[set[str], set[str], Mistake]] = {
    "a missed event": (
        {"events", "records", "arguments"},
        {"events.macro", "records.macro", "city", "contexts", "dyads", "status", "date", "country"},
        without(0),
    ),
}
