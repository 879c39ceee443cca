"""Records: a finished document as lines of the output contract."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.data import countries
from pipeline.document import Document, Entity, Event, Span
from pipeline.link.identify import cluster_id, country_id, entity_id, event_id, text_digest
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


class _Writer:
    """Turns the parts of one document into records."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.article.text
        self.entities = {e.key: e for e in document.entities}
        self.ids = {e.key: entity_id(e) for e in document.entities}

    def span(self, span: Span) -> SpanRecord:
        return SpanRecord(text=self.text[span.start : span.end], start=span.start, end=span.end)

    def mention(self, index: int | None) -> SpanRecord | None:
        return None if index is None else self.span(self.document.mentions[index].span)

    def spans(self, indices: Iterable[int]) -> list[SpanRecord]:
        return [self.span(self.document.mentions[i].span) for i in indices]

    def id_of(self, key: str) -> str:
        return self.ids.get(key) or country_id(key)

    def fullest_name(self, key: str) -> str | None:
        """The longest name that the article has for an organisation; None for everything else."""
        entity = self.entities.get(key)
        if entity is None or entity.kind != "organization":
            return None
        names = [" ".join(self.document.mentions[i].text.split()) for i in entity.mentions]
        return max(names, key=lambda name: (len(name.split()), len(name)), default=entity.name)

    def positions(self, key: str) -> list[Position]:
        found = []
        for relation in self.document.relations:
            if relation.type == "holds_position" and relation.subject == key and relation.title:
                giver = self.entities.get(relation.object)
                of = relation.object if giver is None or giver.kind == "country" else giver.name
                found.append(Position(title=relation.title, of=of))
        return found

    def participant(self, key: str) -> Participant:
        entity = self.entities.get(key)
        if entity is None:
            name = countries()[key].name
            return Participant(
                entity=country_id(key), kind="country", name=name, country=key, sector="GOV", positions=[], mentions=[]
            )
        if entity.kind not in ("person", "organization", "country"):
            raise ValueError(f"a {entity.kind} cannot take part in an event")
        return Participant(
            entity=self.ids[key],
            kind=entity.kind,
            name=entity.name,
            country=entity.country,
            sector=entity.sector,
            positions=self.positions(key),
            mentions=self.spans(entity.mentions or entity.referring),
        )

    def event(self, event: Event, source: Source, extractor: Extractor) -> EventRecord:
        date, place = event.date, event.place
        key = event_id(source.sha256, event)
        everyone = [self.id_of(k) for k in (*event.actors, *event.recipients)]
        return EventRecord(
            id=key,
            type=event.type,  # type: ignore[arg-type]
            mode=event.mode,
            status=event.status,
            date=DateRecord(
                start=date.start,
                end=date.end,
                precision=date.precision,
                basis=date.basis,
                mention=self.mention(date.mention),
            ),
            place=PlaceRecord(
                city=place.city,
                country=place.country,
                facility=place.facility,
                latitude=place.latitude,
                longitude=place.longitude,
                geonames_id=place.geonames_id,
                mention=self.mention(place.mention),
            ),
            actors=[self.participant(k) for k in event.actors],
            recipients=[self.participant(k) for k in event.recipients],
            contexts=list(event.contexts),
            trigger=self.span(event.trigger),
            evidence=[self.span(s) for s in event.evidence],
            source=source,
            confidence=event.confidence,
            cluster=cluster_id((event.type, event.mode), (date.start, date.end), place.country, everyone, key),
            extractor=extractor,
        )

    def named(self) -> list[NamedEntity]:
        """Every entity of the document, and the states that only its relations and events name."""
        found = [
            NamedEntity(
                entity=self.ids[e.key], kind=e.kind, name=e.name, country=e.country, mentions=self.spans(_named(e))
            )
            for e in self.document.entities
        ]
        implied = {r.object for r in self.document.relations} | {
            k for e in self.document.events for k in (*e.actors, *e.recipients)
        }
        for code in sorted(implied - set(self.entities)):
            found.append(
                NamedEntity(
                    entity=country_id(code), kind="country", name=countries()[code].name, country=code, mentions=[]
                )
            )
        return found

    def relations(self) -> list[RelationRecord]:
        return [
            RelationRecord(
                type=r.type,
                subject=self.id_of(r.subject),
                object=self.id_of(r.object),
                object_name=self.fullest_name(r.object),
                title=r.title,
                mention=self.span(r.span),
                confidence=r.confidence,
            )
            for r in self.document.relations
        ]

    def dates(self) -> list[DateMention]:
        return [
            DateMention(mention=self.span(s.span), start=s.day, end=s.day, precision="day")
            for s in self.document.stamps
        ] + [
            DateMention(
                mention=self.span(self.document.mentions[d.mention].span),
                start=d.start,
                end=d.end,
                precision=d.precision,
            )
            for d in self.document.dates
        ]


def _named(entity: Entity) -> tuple[int, ...]:
    """What names an entity: for states the adjectives too."""
    return tuple(sorted((*entity.mentions, *entity.referring))) if entity.kind == "country" else entity.mentions


def to_records(document: Document, *, extractor: Extractor) -> tuple[DocumentRecord, tuple[EventRecord, ...]]:
    """The line of documents.jsonl and the lines of events.jsonl for a finished document."""
    article, writer = document.article, _Writer(document)
    sha256 = text_digest(article.text)
    source = Source(
        doc_id=article.doc_id,
        outlet=document.outlet,
        url=article.url,
        title=article.title or document.headline,
        published=document.published,
        language=document.language,
        cited=list(document.cited),
        sha256=sha256,
    )
    events = tuple(writer.event(e, source, extractor) for e in document.events)
    record = DocumentRecord(
        doc_id=article.doc_id,
        outlet=source.outlet,
        url=source.url,
        title=source.title,
        published=source.published,
        language=source.language,
        cited=source.cited,
        sha256=sha256,
        duplicate_of=None,
        entities=writer.named(),
        dates=writer.dates(),
        relations=writer.relations(),
        events=[e.id for e in events],
    )
    return record, events
