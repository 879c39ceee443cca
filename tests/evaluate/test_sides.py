"""Gold and predicted events in one form."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.names import GoldNames
from pipeline.evaluate.sides import Sides, date_value, sides
from pipeline.record import DateRecord
from tests.evaluate.planting import Mistake, at, dev, gold_with, nobody, planted
from tests.golds import visit


def of_visit(*mistakes: Mistake) -> Sides:
    return sides(visit(), planted(visit(), *mistakes), GoldNames(visit()))


def test_perfect_sides_are_equal() -> None:
    both = of_visit()
    for gold, predicted in zip(both.gold, both.predicted, strict=True):
        for field in ("index", "label", "status", "date", "country", "city", "arguments", "contexts", "trigger"):
            assert getattr(gold, field) == getattr(predicted, field)
        assert {k: gold.countries[k] for k in gold.keys} == predicted.countries


def test_a_gold_event() -> None:
    travel, meeting, praise = of_visit().gold
    assert travel.arguments == {("actor", "rafiyev"), ("recipient", "KEN")}
    assert travel.countries == {"rafiyev": "AZE", "KEN": "KEN"}
    assert travel.label == "CONSULT/visit"
    assert meeting.optional == {"AZE", "KEN"}
    assert meeting.countries["AZE"] == "AZE"
    assert praise.countries["un"] is None
    assert not praise.core


def test_strangers() -> None:
    _, meeting, _ = of_visit(at(1, actors=[nobody(country="CHE")])).predicted
    assert meeting.arguments == {("actor", "?marimba society")}
    assert meeting.countries == {"?marimba society": "CHE"}


def test_what_did_not_happen_is_left_out_of_both_sides() -> None:
    events = visit().model_dump(mode="json")["events"]
    events[0]["status"] = "negated"
    gold = gold_with(events=events)
    both = sides(gold, prediction_of(gold), GoldNames(gold))
    assert [event.index for event in both.gold] == [event.index for event in both.predicted] == [1, 2]


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"start": None, "end": None, "precision": None}, None),
        ({"precision": "day"}, "2025-06-01"),
        ({"precision": "day", "end": None}, "2025-06-01"),
        ({"precision": "month", "end": dt.date(2025, 6, 30)}, "2025-06"),
        ({"precision": "year", "end": dt.date(2025, 12, 31)}, "2025"),
        ({"precision": "range", "end": dt.date(2025, 6, 4)}, "2025-06-01/2025-06-04"),
    ],
)
def test_dates(fields: dict[str, Any], value: str | None) -> None:
    day = dt.date(2025, 6, 1)
    record = {"start": day, "end": day, "basis": "none", "mention": None, **fields}
    assert date_value(DateRecord.model_validate(record)) == value


def test_no_article_without_sides() -> None:
    for gold in dev():
        both = sides(gold, prediction_of(gold), GoldNames(gold))
        assert len(both.gold) == sum(event.status != "negated" for event in gold.events)
