"""Dates with their values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from pipeline.evaluate import date_values
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import Prediction
from pipeline.gold.model import GoldArticle
from pipeline.record import DocumentRecord
from tests.golds import articles, span, visit


def with_dates(*dates: dict[str, Any]) -> Prediction:
    document = prediction_of(visit()).document
    assert document is not None
    return Prediction("visit", DocumentRecord.model_validate(document.model_dump(mode="json") | {"dates": list(dates)}))


def date(quote: str, start: str, end: str | None = None, precision: str = "day") -> dict[str, Any]:
    return {"mention": span(visit().text, quote), "start": start, "end": end or start, "precision": precision}


@pytest.mark.parametrize(
    ("dates", "counts", "kinds"),
    [
        ([date("June 2", "2025-06-02")], (1, 1, 1, 1), []),
        ([date("June 2", "2025-06-01")], (0, 1, 0, 1), ["wrong"]),
        ([date("June 2", "2025-06-02", "2025-06-03", "range")], (0, 1, 0, 1), ["wrong"]),
        ([date("June", "2025-06-02")], (0, 1, 0, 1), []),
        ([], (0, 0, 0, 1), []),
        ([date("June 2", "2025-06-02"), date("In", "2025-06-03")], (1, 1, 1, 1), []),
        ([date("June 2", "2025-06-03")], (0, 1, 0, 1), ["wrong"]),
    ],
    ids=["right", "shifted", "longer", "cut", "none", "page stamp", "publication day in place of the date"],
)
def test_span_and_value_must_agree(dates: list[Any], counts: tuple[int, ...], kinds: list[str]) -> None:
    score = date_values.score(visit(), with_dates(*dates))
    assert tuple(score.tally[f"date_values.{key}"] for key in ("right", "predicted", "found", "gold")) == counts
    assert [difference.kind for difference in score.differences] == kinds


def test_dates_that_are_not_labelled_are_not_scored() -> None:
    gold = GoldArticle.model_validate(visit().model_dump(mode="json") | {"annotates": ["PER"]})
    assert date_values.score(gold, prediction_of(visit())).tally == {}


def test_a_date_without_value_is_left_out() -> None:
    values = visit().model_dump(mode="json")
    values["mentions"][0]["value"] = None
    tally = date_values.score(GoldArticle.model_validate(values), prediction_of(visit())).tally
    assert set(tally.values()) == {0}


@given(articles(overlapping=True))
def test_perfect_predictions_of_anything_are_right(gold: GoldArticle) -> None:
    assert len(set(date_values.score(gold, prediction_of(gold)).tally.values())) <= 1
