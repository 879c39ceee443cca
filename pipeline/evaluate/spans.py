"""Mentions as the scorer compares them: typed spans of the gold and of the predictions, and what is left out of both.

Neither rewarded nor punished are
- places of which the gold does not say whether they are a country or a city (`PLACE`, `GPE` and `NORP` without a key),
- people without a stated position and outside every event (bylines, photo credits), when the gold has all positions
  and events,
- dates to which the gold gives no value, or one that no calendar has: every date of the output has one,
- predicted dates that name the day of publication where the gold has no date: page stamps.
A prediction that is such a span of the gold, or overlaps one and nothing that counts, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.gold.days import days
from pipeline.gold.model import PLACE_KEY, GoldArticle, GoldMention
from pipeline.record import DateMention, DocumentRecord

LABELS: dict[str, frozenset[str]] = {
    "person": frozenset({"PER"}),
    "organization": frozenset({"ORG"}),
    "country": frozenset({"GPE", "NORP"}),
    "city": frozenset({"GPE"}),
    "facility": frozenset({"FAC"}),
    "event": frozenset({"NEV"}),
    "date": frozenset({"DATE"}),
}
"""Types of mention in the output, and the gold's labels that must be complete for the type to be scored."""

_TYPES = {"PER": "person", "ORG": "organization", "FAC": "facility", "NEV": "event", "DATE": "date"}
_PLACES = ("GPE", "NORP", "PLACE")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class TypedSpan:
    """A mention: offsets into the text, end exclusive, and the type of what it names."""

    start: int
    end: int
    type: str

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class GoldSpans:
    """The gold mentions that count, each with its gold mention, and the spans that are neither gold nor false."""

    types: frozenset[str]
    counted: dict[TypedSpan, GoldMention]
    neutral: frozenset[Span]

    def is_neutral(self, span: Span) -> bool:
        """Whether a predicted span is left out for what it overlaps."""
        counted = {mention.span for mention in self.counted}
        return span not in counted and (
            span in self.neutral or (overlaps(span, self.neutral) and not overlaps(span, counted))
        )


def scored_types(gold: GoldArticle) -> frozenset[str]:
    """The types of mention that the article's labels cover."""
    return frozenset(type_ for type_, labels in LABELS.items() if labels <= set(gold.annotates))


def gold_spans(gold: GoldArticle) -> GoldSpans:
    """The article's mentions; one of two with the same span and type."""
    types, bystanders = scored_types(gold), _bystanders(gold)
    counted: dict[TypedSpan, GoldMention] = {}
    neutral: set[Span] = set()
    for mention in gold.mentions:
        type_, span = type_of(mention), (mention.start, mention.end)
        left_out = (
            (type_ is None and mention.label in _PLACES)
            or (type_ == "person" and bystanders is not None and bystanders.issuperset(mention.entities))
            or (type_ == "date" and not (mention.value and days(mention.value)))
        )
        if left_out:
            neutral.add(span)
        elif type_ in types:
            counted.setdefault(TypedSpan(*span, type_), mention)
    return GoldSpans(types, counted, frozenset(neutral))


def type_of(mention: GoldMention) -> str | None:
    """The type in the output that a gold mention has, None when it has none or the gold does not say which."""
    if mention.label not in _PLACES:
        return _TYPES.get(mention.label)
    if mention.label == "PLACE" or not mention.entities or not PLACE_KEY.fullmatch(mention.entities[0]):
        return None
    return "city" if ":" in mention.entities[0] else "country"


def predicted_spans(gold: GoldArticle, labelled: GoldSpans, document: DocumentRecord | None) -> set[TypedSpan]:
    """The predicted mentions, of the scored types, that are not left out."""
    if document is None:
        return set()
    entities = (
        TypedSpan(mention.start, mention.end, entity.kind)
        for entity in document.entities
        for mention in entity.mentions
        if entity.kind in labelled.types
    )
    found = {mention for mention in entities if not labelled.is_neutral(mention.span)}
    if "date" in labelled.types:
        found |= {
            TypedSpan(date.mention.start, date.mention.end, "date") for date in counted_dates(gold, labelled, document)
        }
    return found


def counted_dates(gold: GoldArticle, labelled: GoldSpans, document: DocumentRecord) -> list[DateMention]:
    """The predicted dates, without page stamps and what overlaps neutral spans."""
    there = [mention.span for mention in labelled.counted if mention.type == "date"]
    return [
        date
        for date in document.dates
        for span in [(date.mention.start, date.mention.end)]
        if not labelled.is_neutral(span)
        and not (gold.published == date.start == date.end and not overlaps(span, there))
    ]


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with any of others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def _bystanders(gold: GoldArticle) -> frozenset[str] | None:
    """People without a stated position and outside every event; None when the gold cannot tell."""
    if not {"holds_position", "events"} <= set(gold.annotates):
        return None
    involved = {relation.subject for relation in gold.relations if relation.type == "holds_position"}
    for event in gold.events:
        involved.update(event.actors, event.recipients, event.optional)
    return frozenset(entity.key for entity in gold.entities if entity.kind == "person" and entity.key not in involved)
