"""The records that a perfect system would write for a labelled article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.evaluate.model import Prediction
from pipeline.gold.days import days
from pipeline.gold.model import PLACE_KEY, GoldArticle, GoldEvent, GoldMention, GoldRelation, GoldSpan
from pipeline.record import (
    DateMention,
    DateRecord,
    DocumentRecord,
    EventRecord,
    Extractor,
    NamedEntity,
    Participant,
    PlaceRecord,
    Position,
    RelationRecord,
    Source,
    SpanRecord,
)

EntityKind = Literal["person", "organization", "country", "city", "facility", "event"]

NAMED: dict[str, EntityKind] = {
    "PER": "person", "ORG": "organization", "GPE": "country", "NORP": "country",
    "PLACE": "city", "FAC": "facility", "NEV": "event",
}  # fmt: skip
"""The kind of what a mention names. Regions, documents, titles and role nouns are no entities of the contract."""


def prediction_of(gold: GoldArticle) -> Prediction:
    """The document and event records that say what the labels say, with confidence 1.

    Left out is what records cannot say: a position without an office-giver, a date that no calendar has. Of a range
    the days from its first to its last remain.
    """
    cast = _Cast(gold)
    source = Source(
        doc_id=gold.id,
        outlet=gold.outlet,
        url=gold.url,
        title=gold.title,
        published=gold.published,
        language=None,
        cited=[cast.name(key) for key in gold.cited],
        sha256=hashlib.sha256(gold.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
    events = [_event(gold, event, cast, source) for event in gold.events]
    relations = list(_relations(gold, cast))
    document = DocumentRecord(
        **source.model_dump(),
        duplicate_of=None,
        entities=[entity.record for entity in cast.entities.values()],
        dates=[_date_mention(mention) for mention in gold.mentions if mention.value and days(mention.value)],
        relations=relations,
        events=[event.id for event in events],
    )
    return Prediction(doc_id=gold.id, document=document, events=tuple(events))


@dataclass(frozen=True, slots=True)
class _Entity:
    record: NamedEntity
    positions: tuple[Position, ...]

    def country(self) -> str | None:
        if self.record.kind != "person":
            return self.record.country
        states = (p.of for p in self.positions if p.of and re.fullmatch("[A-Z]{3}", p.of))
        return next(states, None)


class _Cast:
    """Everything that the labels name, by key."""

    def __init__(self, gold: GoldArticle) -> None:
        self._gold = gold
        self._mentions: dict[str, list[GoldMention]] = {}
        for mention in gold.mentions:
            if mention.label in NAMED:
                key = mention.entities[0] if mention.entities else f"{mention.label}#{mention.text}"
                self._mentions.setdefault(key, []).append(mention)
        self.entities: dict[str, _Entity] = {}
        for key in self._keys():
            if key not in self.entities:
                self.entities[key] = self._entity(key)

    def _keys(self) -> Iterator[str]:
        gold = self._gold
        yield from (entity.key for entity in gold.entities)
        yield from list(self._mentions)
        for event in gold.events:
            yield from (*event.actors, *event.recipients)
        for relation in gold.relations:
            yield relation.subject
            if relation.object is not None:
                yield relation.object
        yield from (entity.country for entity in gold.entities if entity.country)
        yield from (key[:3] for key in self._mentions if _is_city(key))

    def _entity(self, key: str) -> _Entity:
        mentions = self._mentions.get(key, [])
        known = self._gold.entity(key)
        kind: EntityKind
        country: str | None = None
        if known is not None:
            kind, name, country = known.kind, known.name, known.country
        elif PLACE_KEY.fullmatch(key):
            kind = "city" if _is_city(key) else "country"
            country = key[:3]
            name = key[4:] or next((m.text for m in sorted(mentions, key=lambda m: m.label != "GPE")), key)
        else:
            kind = NAMED[mentions[0].label] if mentions else "organization"
            name = mentions[0].text if mentions else key
        record = NamedEntity(
            entity=f"ent_{_digest(self._gold.id, key)}",
            kind=kind,
            name=name,
            country=country,
            mentions=[_span(mention) for mention in mentions],
        )
        held = [r for r in self._gold.relations if r.type == "holds_position" and r.subject == key]
        return _Entity(record, tuple(Position(title=r.title or "", of=self._office_giver(r)) for r in held))

    def _office_giver(self, relation: GoldRelation) -> str | None:
        giver = self._gold.entity(relation.object) if relation.object is not None else None
        return giver.name if giver is not None else relation.object

    def name(self, key: str) -> str:
        """The name of whom a key stands for; a key of nobody is a name itself."""
        return self.entities[key].record.name if key in self.entities else key

    def participants(self, keys: Iterable[str]) -> list[Participant]:
        return [self._participant(self.entities[key]) for key in keys]

    def _participant(self, entity: _Entity) -> Participant:
        record = entity.record
        return Participant(
            entity=record.entity,
            kind=record.kind if record.kind in ("person", "country") else "organization",
            name=record.name,
            country=entity.country(),
            sector=None,
            positions=list(entity.positions),
            mentions=record.mentions,
        )


def _event(gold: GoldArticle, event: GoldEvent, cast: _Cast, source: Source) -> EventRecord:
    digest = _digest(gold.id, event.id)
    when = days(event.date) if event.date else None
    trigger = _span(event.triggers[0])
    return EventRecord(
        id=f"evt_{digest}",
        type=event.type,
        mode=event.mode,
        status=event.status,
        date=DateRecord(
            start=when.start if when else None,
            end=when.end if when else None,
            precision=when.precision if when else None,
            basis=event.date_basis,
            mention=None,
        ),
        place=PlaceRecord(**event.place.model_dump(), latitude=None, longitude=None, geonames_id=None, mention=None),
        actors=cast.participants(event.actors),
        recipients=cast.participants(event.recipients),
        contexts=event.contexts,
        trigger=trigger,
        evidence=[trigger],
        source=source,
        confidence=1.0,
        cluster=f"evc_{digest}",
        extractor=Extractor(version="gold", model="none"),
    )


def _relations(gold: GoldArticle, cast: _Cast) -> Iterator[RelationRecord]:
    stated = [r for r in gold.relations if r.object is not None]
    pairs = {(r.type, r.subject, r.object) for r in stated}
    for key, entity in cast.entities.items():
        type: Literal["part_of", "located_in"] = "part_of" if entity.record.kind == "organization" else "located_in"
        country = entity.record.country
        if entity.record.kind in ("organization", "city") and country and (type, key, country) not in pairs:
            stated.append(GoldRelation(type=type, subject=key, object=country))
    for relation in stated:
        assert relation.object is not None
        yield RelationRecord(
            type=relation.type,
            subject=cast.entities[relation.subject].record.entity,
            object=cast.entities[relation.object].record.entity,
            title=relation.title,
            mention=_evidence(gold, relation, cast),
            confidence=1.0,
        )


def _evidence(gold: GoldArticle, relation: GoldRelation, cast: _Cast) -> SpanRecord:
    """The title, the same words first, else a mention of the subject or object, else the first sign of the text."""
    titles = [m for m in gold.mentions if m.label == "TITLE" and relation.subject in m.entities and relation.title]
    for mention in sorted(titles, key=lambda m: m.text != relation.title):
        return _span(mention)
    for key in (relation.subject, relation.object or ""):
        for span in cast.entities[key].record.mentions:
            return span
    return SpanRecord(text=gold.text[:1], start=0, end=len(gold.text[:1]))


def _date_mention(mention: GoldMention) -> DateMention:
    when = days(mention.value or "")
    assert when is not None
    return DateMention(mention=_span(mention), start=when.start, end=when.end, precision=when.precision)


def _is_city(key: str) -> bool:
    return PLACE_KEY.fullmatch(key) is not None and len(key) > 3


def _span(span: GoldSpan) -> SpanRecord:
    return SpanRecord(text=span.text, start=span.start, end=span.end)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
