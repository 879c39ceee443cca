"""Dates with their values: a predicted date is right when a gold date has its span and its days."""

from __future__ import annotations

import datetime as dt

from pipeline.evaluate.model import Difference, LayerScore, Prediction, Tally, count
from pipeline.evaluate.spans import Span, counted_dates, gold_spans
from pipeline.gold.days import days
from pipeline.gold.model import GoldArticle

LAYER = "date_values"
Days = tuple[dt.date, dt.date]


def score(gold: GoldArticle, prediction: Prediction) -> LayerScore:
    """Count `date_values` of an article whose dates are labelled; dates that the gold gives no value are left out.

    Values are compared as first and last day, so `2025-06` is the same as `2025-06-01/2025-06-30`.
    Differences are other values only; dates that were missed or made up are differences of `mentions`.
    """
    labelled = gold_spans(gold)
    tally: Tally = {}
    if "date" not in labelled.types:
        return LayerScore(tally)
    wanted: dict[Span, Days] = {}
    for mention, label in labelled.counted.items():
        if mention.type == "date" and label.value is not None and (when := days(label.value)):
            wanted[mention.span] = when.start, when.end
    dates = counted_dates(gold, labelled, prediction.document) if prediction.document else []
    found = {((date.mention.start, date.mention.end), (date.start, date.end)) for date in dates}
    right = sum(wanted.get(span) == value for span, value in found)
    count(tally, LAYER, right=right, predicted=len(found), gold=len(wanted))
    differences = (
        Difference(LAYER, "wrong", _show(gold.text, span, wanted[span]), _show(gold.text, span, value), *span)
        for span, value in sorted(found)
        if span in wanted and wanted[span] != value
    )
    return LayerScore(tally, tuple(differences))


def _show(text: str, span: Span, value: Days) -> str:
    first, last = value
    return f"{text[slice(*span)]} = {first}" + ("" if first == last else f"/{last}")
