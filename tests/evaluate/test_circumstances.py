"""Status, date, place and contexts over found events."""

from __future__ import annotations

import pytest

from pipeline.evaluate.circumstances import tally_circumstances
from pipeline.evaluate.model import Tally
from tests.evaluate.planting import Mistake, at, trip, without
from tests.evaluate.sorting import aligned
from tests.golds import visit


def tally(*mistakes: Mistake) -> Tally:
    return tally_circumstances(aligned(trip(), *mistakes))


def rate(name: str, *mistakes: Mistake) -> tuple[float, float]:
    counts = tally(*mistakes)
    return counts.get(f"{name}.ok", 0), counts.get(f"{name}.n", 0)


def test_perfect() -> None:
    assert [rate(name) for name in ("status", "date", "country", "city")] == [(3, 3), (3, 3), (3, 3), (1, 1)]


def test_only_found_events_are_asked() -> None:
    assert rate("status", at(0, mode="phone")) == (2, 2)
    assert rate("status", without(0)) == (2, 2)
    assert rate("city", at(1, mode="phone")) == (0, 0)
    assert tally_circumstances(aligned(visit()))["status.n"] == 2


@pytest.mark.parametrize(
    ("city", "ok"), [("Nairobi", 1), ("NAIROBI", 1), ("Nairobi City", 1), ("Greater Nairobi Area", 0), (None, 0)]
)
def test_cities_by_their_words(city: str | None, ok: int) -> None:
    assert rate("city", at(1, place={"city": city})) == (ok, 1)


def test_contexts() -> None:
    counts = tally(at(0, contexts=["diplomatic", "economic"]), at(2, contexts=[]))
    assert [counts[f"contexts.{count}"] for count in ("right", "predicted", "gold")] == [2, 3, 3]
