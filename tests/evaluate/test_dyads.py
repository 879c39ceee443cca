"""Pairs of states."""

from __future__ import annotations

from typing import Any

from pipeline.evaluate.dyads import tally_dyads
from pipeline.gold.model import GoldArticle
from tests.evaluate.planting import Mistake, at, gold_with, nobody, without
from tests.evaluate.sorting import both_sides
from tests.golds import visit


def counts(gold: GoldArticle, *mistakes: Mistake) -> tuple[float, ...]:
    tally = tally_dyads(both_sides(gold, *mistakes))
    return tuple(tally[f"dyads.{count}"] for count in ("right", "predicted", "gold"))


def state(code: str) -> dict[str, Any]:
    return nobody(code, kind="country", country=code)


def one_event(**fields: Any) -> GoldArticle:
    event = visit().model_dump(mode="json")["events"][1]
    return gold_with(events=[event | fields])


def test_once_an_article() -> None:
    assert counts(visit()) == (1, 1, 1)
    assert counts(visit(), without(0)) == (1, 1, 1)
    assert counts(visit(), without(0), without(0)) == (0, 0, 1)


def test_by_type_and_without_direction() -> None:
    assert counts(visit(), at(0, actors=[state("KEN")], recipients=[state("AZE")]), without(1)) == (1, 1, 1)
    assert counts(visit(), at(0, type="AID", mode=None), without(1)) == (0, 1, 1)


def test_actors_pair_only_where_nobody_receives() -> None:
    assert counts(one_event(actors=["AZE", "KEN", "FRA"], optional=[])) == (3, 3, 3)
    assert counts(one_event(actors=["AZE", "KEN"], recipients=["FRA"], optional=[])) == (2, 2, 2)


def test_gatherings_make_no_pairs() -> None:
    assert counts(one_event(actors=["AZE", "KEN", "FRA", "IRQ"], optional=[])) == (6, 6, 6)
    assert counts(one_event(actors=["AZE", "KEN", "FRA", "IRQ", "BHR"], optional=[])) == (0, 0, 0)


def test_optional_participants_are_not_held_against_a_prediction() -> None:
    gold = one_event(actors=["AZE", "KEN"], optional=["FRA"])
    assert counts(gold, at(0, actors=[state("AZE"), state("KEN"), state("FRA")])) == (1, 1, 1)
    assert counts(gold, at(0, actors=[state("AZE"), state("KEN"), state("IRQ")])) == (1, 3, 1)


def test_optional_events_are_not_held_against_a_prediction() -> None:
    gold = one_event(actors=["AZE", "KEN"], optional=[], core=False)
    assert counts(gold) == (0, 0, 0)
    assert counts(gold, at(0, type="AID", mode=None)) == (0, 1, 0)


def test_who_has_no_state_makes_no_pair() -> None:
    assert counts(one_event(actors=["AZE", "un"], optional=[])) == (0, 0, 0)
