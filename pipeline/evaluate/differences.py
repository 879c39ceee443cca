"""Differences of values: what the gold has and nobody predicted, and the other way round."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.evaluate.model import Difference
from pipeline.gold.model import GoldSpan
from pipeline.record import SpanRecord

Spans = Sequence[GoldSpan | SpanRecord]


def missed(layer: str, gold: str, spans: Spans = ()) -> Difference:
    """Gold without a prediction; the first of the spans is where it is said."""
    return Difference(layer, "missed", gold, None, *_offsets(spans))


def extra(layer: str, predicted: str, spans: Spans = ()) -> Difference:
    """A prediction without gold."""
    return Difference(layer, "extra", None, predicted, *_offsets(spans))


def wrong(layer: str, gold: str, predicted: str, spans: Spans = ()) -> Difference:
    """A prediction that stands where something else should; the spans are of the gold."""
    return Difference(layer, "wrong", gold, predicted, *_offsets(spans))


def _offsets(spans: Spans) -> tuple[int, int] | tuple[None, None]:
    return (spans[0].start, spans[0].end) if spans else (None, None)
