"""Prelabelling: what the system found in an article, as a gold article for annotators to correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.gold.days import value_of
from pipeline.gold.model import (
    GoldArticle,
    GoldEntity,
    GoldEvent,
    GoldMention,
    GoldPlace,
    GoldRelation,
    GoldSpan,
    Layer,
    MentionLabel,
)
from pipeline.gold.naming import new_key

if TYPE_CHECKING:
    from pipeline.document import Document, Entity, Event, Mention, Span
    from pipeline.record import DateMention, DateRecord, DocumentRecord, EventRecord

LABELS: dict[str, MentionLabel] = {
    "person": "PER",
    "title": "TITLE",
    "organization": "ORG",
    "country": "GPE",
    "city": "GPE",
    "region": "LOC",
    "nationality": "NORP",
    "facility": "FAC",
    "event": "NEV",
    "document": "DOC",
    "date": "DATE",
    "nominal": "NOM",
}
"""The labels of gold for the system's."""

NAMED_KINDS: dict[str, frozenset[str]] = {
    "person": frozenset({"person"}),
    "organization": frozenset({"organization"}),
    "country": frozenset({"country"}),
    "city": frozenset({"city"}),
    "nationality": frozenset({"country"}),
    "facility": frozenset({"facility"}),
    "event": frozenset({"event"}),
    "nominal": frozenset({"person", "organization", "country"}),
}
"""The kinds of entities that mentions of a label can name."""

LAYERS: list[Layer] = [
    "PER", "TITLE", "ORG", "GPE", "LOC", "NORP", "FAC", "NEV", "DOC", "DATE", "NOM",
    "holds_position", "represents", "member_of", "part_of", "located_in", "met_with", "events",
]  # fmt: skip
"""What somebody who corrects a draft is to label completely."""


def prelabel(document: Document, record: DocumentRecord, events: Sequence[EventRecord]) -> GoldArticle:
    """A draft of the gold of one article: its finished document, and its lines of documents.jsonl and events.jsonl.

    People and organisations get readable keys; everything that has a layer counts as labelled, so that a draft is
    gold only when somebody has corrected it.
    """
    text = document.article.text
    keys = _keys(document.entities)
    values = {(date.mention.start, date.mention.end): _value(date) for date in record.dates}
    found = [
        (mention.span, LABELS[mention.label], _named(document, number, keys))
        for number, mention in enumerate(document.mentions)
    ]
    datelines = [part.span for part in document.furniture if part.kind == "dateline"]
    found += [(s.span, "DATE", []) for s in document.stamps if any(_within(s.span, line) for line in datelines)]
    mentions = {}
    for span, label, named in found:
        if (place := _span(text, span)) is not None and (named or label != "NOM"):
            value = values.get((span.start, span.end)) if label == "DATE" else None
            mentions[place.start, place.end, label] = GoldMention(
                **place.model_dump(), label=label, entities=named, value=value
            )
    return GoldArticle(
        id=record.doc_id,
        outlet=record.outlet,
        url=record.url,
        published=record.published,
        title=record.title,
        annotates=LAYERS,
        cited=[_cited(name, document.entities, keys) for name in record.cited],
        text=text,
        entities=[
            GoldEntity(
                key=keys[entity.key],
                kind=entity.kind,
                name=" ".join(entity.name.split()),
                country=entity.country if entity.kind == "organization" else None,
            )
            for entity in document.entities
            if entity.kind in ("person", "organization")
        ],
        mentions=[mentions[place] for place in sorted(mentions)],
        relations=_relations(document, keys),
        events=[
            _event(document, f"e{number}", event, line, keys)
            for number, (event, line) in enumerate(zip(document.events, events, strict=True), 1)
        ],
    )


def _keys(entities: Sequence[Entity]) -> dict[str, str]:
    """The key in gold of every entity of the document."""
    keys: dict[str, str] = {}
    for entity in entities:
        match entity.kind:
            case "country":
                keys[entity.key] = entity.key
            case "city":
                keys[entity.key] = f"{entity.country}:{entity.name}" if entity.country else ""
            case kind:
                country = entity.country if kind == "organization" else None
                keys[entity.key] = new_key(entity.name, kind, set(keys.values()), country=country)
    return keys


def _named(document: Document, number: int, keys: Mapping[str, str]) -> list[str]:
    """The keys of what a mention names, of the kinds that its label can name."""
    mention = document.mentions[number]
    if mention.label == "title":
        holder = _holder(document, mention)
        return [] if holder is None else [keys[holder]]
    kinds = NAMED_KINDS.get(mention.label, frozenset())
    return [
        keys[entity.key]
        for entity in document.entities
        if entity.kind in kinds and number in (*entity.mentions, *entity.referring) and keys[entity.key]
    ]


def _holder(document: Document, title: Mention) -> str | None:
    """The person of whom the smallest phrase with the title speaks, when it is one."""
    people = {entity.key for entity in document.entities if entity.kind == "person"}
    start, end = title.tokens
    units = [unit for unit in document.units if unit.tokens[0] <= start and end <= unit.tokens[1]]
    unit = min(units, key=lambda unit: unit.tokens[1] - unit.tokens[0], default=None)
    return unit.keys[0] if unit is not None and len(unit.keys) == 1 and unit.keys[0] in people else None


def _cited(name: str, entities: Sequence[Entity], keys: Mapping[str, str]) -> str:
    listed = (e for e in entities if e.kind in ("person", "organization") and e.name == name)
    entity = next(listed, None)
    return name if entity is None else keys[entity.key]


def _relations(document: Document, keys: Mapping[str, str]) -> list[GoldRelation]:
    """The relations of people and organisations, positions first."""
    subjects = {entity.key for entity in document.entities if entity.kind in ("person", "organization")}
    people = {entity.key for entity in document.entities if entity.kind == "person"}
    found = [
        GoldRelation(
            type=relation.type,
            subject=keys[relation.subject],
            object=keys.get(relation.object, relation.object),
            title=" ".join(relation.title.split()) if relation.title else None,
        )
        for relation in sorted(document.relations, key=lambda relation: relation.type != "holds_position")
        if relation.subject in (people if relation.type == "holds_position" else subjects)
    ]
    return list({relation.model_dump_json(): relation for relation in found}.values())


def _event(document: Document, id: str, event: Event, line: EventRecord, keys: Mapping[str, str]) -> GoldEvent:
    text = document.article.text
    spans = [event.trigger, *(document.event_mentions[number].span for number in event.mentions)]
    triggers = {(s.start, s.end): s for span in spans if (s := _span(text, span)) is not None}
    return GoldEvent(
        id=id,
        type=line.type,
        mode=line.mode,
        status=line.status,
        date=_value(line.date),
        date_basis=line.date.basis,
        place=GoldPlace(city=line.place.city, country=line.place.country, facility=line.place.facility),
        actors=[keys.get(key, key) for key in event.actors],
        recipients=[keys.get(key, key) for key in event.recipients],
        optional=[],
        contexts=line.contexts,
        triggers=list(triggers.values()),
        core=True,
    )


def _value(date: DateMention | DateRecord) -> str | None:
    return value_of(date.start, date.end, date.precision)


def _span(text: str, span: Span) -> GoldSpan | None:
    """The span without blanks at its ends."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    words = words.strip()
    return GoldSpan(start=start, end=start + len(words), text=words) if words else None


def _within(span: Span, whole: Span) -> bool:
    return whole.start <= span.start and span.end <= whole.end
