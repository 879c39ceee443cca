"""Mentions by their offsets, counted by nervaluate with the schemas of SemEval-2013 task 9.1.

`mentions.strict`: a prediction is right when a gold mention has its boundaries and its type.
`mentions.partial`: a prediction with the boundaries of a gold mention is right, one that overlaps it counts a half;
over all types the type is not looked at, while a slice (`mentions.partial@person`) compares the mentions of one type
only, so the slices do not add up to the whole. An overlap counts when it covers 1 % of the gold mention.

nervaluate names what it counts correct, incorrect, partial, missed and spurious. Of these `right` and `found` are
correct + partial / 2, `predicted` is correct + incorrect + partial + spurious (its "actual"), and `gold` is
correct + incorrect + partial + missed (its "possible"). It pairs in the order of the predictions, and a prediction
that overlaps takes a gold mention from a later one that equals it; so those that equal a gold mention go first. It
counts ends as inclusive. A span that several entities of one type have is one mention.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.evaluate.model import Difference, LayerScore, Prediction, Tally, count
from pipeline.evaluate.spans import Span, TypedSpan, gold_spans, overlaps, predicted_spans
from pipeline.gold.model import GoldArticle

if TYPE_CHECKING:
    from nervaluate.entities import Entity
    from nervaluate.strategies import EvaluationStrategy

LAYER = "mentions"


def score(gold: GoldArticle, prediction: Prediction) -> LayerScore:
    """Count the mentions of an article by type: person, organization, country, city, facility, event, date.

    A type is scored only if the gold's labels for it are complete; `pipeline.evaluate.spans` says what is left out.
    """
    from nervaluate.strategies import PartialEvaluation, StrictEvaluation

    labelled = gold_spans(gold)
    wanted, found = set(labelled.counted), predicted_spans(gold, labelled, prediction.document)
    tally: Tally = {}
    for name, strategy in (("strict", StrictEvaluation()), ("partial", PartialEvaluation())):
        if labelled.types:
            _count(tally, f"{LAYER}.{name}", strategy, wanted, found)
        for type_ in sorted(labelled.types):
            _count(tally, f"{LAYER}.{name}@{type_}", strategy, _of(wanted, type_), _of(found, type_))
    return LayerScore(tally, tuple(_differences(gold.text, wanted, found)))


def _of(mentions: set[TypedSpan], type_: str) -> set[TypedSpan]:
    return {mention for mention in mentions if mention.type == type_}


def _count(
    tally: Tally, name: str, strategy: EvaluationStrategy, wanted: set[TypedSpan], found: set[TypedSpan]
) -> None:
    spans = {mention.span for mention in wanted}
    in_order = sorted(found, key=lambda mention: (mention not in wanted, mention.span not in spans, mention))
    result, _ = strategy.evaluate(_entities(sorted(wanted)), _entities(in_order), [])
    right = result.correct + result.partial / 2
    count(tally, name, right=right, predicted=result.actual, gold=result.possible)


def _entities(mentions: Iterable[TypedSpan]) -> list[Entity]:
    from nervaluate.entities import Entity

    return [Entity(label=mention.type, start=mention.start, end=mention.end - 1) for mention in mentions]


def _differences(text: str, wanted: set[TypedSpan], found: set[TypedSpan]) -> Iterable[Difference]:
    """What strict scoring does not count as correct; a prediction and the first gold mention it overlaps are one."""

    def show(mention: TypedSpan) -> str:
        return f"{mention.type}: {text[mention.start : mention.end]}"

    missed = sorted(wanted - found)
    same_span: set[Span] = {mention.span for mention in missed}
    for mention in sorted(found - wanted, key=lambda mention: (mention.span not in same_span, mention)):
        near = [other for other in missed if overlaps(mention.span, [other.span])]
        if near:
            other = min(near, key=lambda other: (other.span != mention.span, other))
            missed.remove(other)
            yield Difference(LAYER, "wrong", show(other), show(mention), other.start, other.end)
        else:
            yield Difference(LAYER, "extra", None, show(mention), mention.start, mention.end)
    for mention in missed:
        yield Difference(LAYER, "missed", show(mention), None, mention.start, mention.end)
