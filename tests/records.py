"""Output records for tests, made by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline.record import DocumentRecord, EventRecord, NamedEntity, RelationRecord, SpanRecord

TEXT = "Foreign Minister Ann Lee met with Bo Rask in Oslo on Monday."
SHA = "0" * 64


def span(text: str, *, within: str = TEXT) -> dict[str, Any]:
    start = within.index(text)
    return {"text": text, "start": start, "end": start + len(text)}


def ident(number: int, kind: str = "ent") -> str:
    return f"{kind}_{number:016x}"


def participant(name: str, number: int, **changes: Any) -> dict[str, Any]:
    return {
        "entity": ident(number),
        "kind": "person",
        "name": name,
        "country": "NOR",
        "sector": "GOV",
        "positions": [],
        "mentions": [span(name)],
        **changes,
    }


def event_values(**changes: Any) -> dict[str, Any]:
    """The JSON object of an event record; keyword arguments replace values."""
    return {
        "schema_version": 1,
        "id": ident(1, "evt"),
        "type": "CONSULT",
        "mode": "meeting",
        "status": "occurred",
        "date": {
            "start": "2025-05-05",
            "end": "2025-05-05",
            "precision": "day",
            "basis": "relative",
            "mention": span("Monday"),
        },
        "place": {
            "city": "Oslo",
            "country": "NOR",
            "facility": None,
            "latitude": 59.91,
            "longitude": 10.75,
            "geonames_id": 3143244,
            "mention": span("Oslo"),
        },
        "actors": [
            participant("Ann Lee", 1, positions=[{"title": "Foreign Minister", "of": "NOR"}]),
            participant("Bo Rask", 2),
        ],
        "recipients": [],
        "contexts": ["diplomatic"],
        "trigger": span("met with"),
        "evidence": [span(TEXT)],
        "source": {
            "doc_id": "doc",
            "outlet": None,
            "url": None,
            "title": None,
            "published": "2025-05-06",
            "language": "en",
            "cited": [],
            "sha256": SHA,
        },
        "confidence": 0.9,
        "cluster": ident(1, "evc"),
        "extractor": {"version": "0", "model": "none"},
        **changes,
    }


def event_record(**changes: Any) -> EventRecord:
    return EventRecord.model_validate(event_values(**changes))


def document_record(
    doc_id: str,
    *entities: NamedEntity,
    relations: tuple[RelationRecord, ...] = (),
    published: str | None = "2025-05-06",
    events: tuple[str, ...] = (),
) -> DocumentRecord:
    return DocumentRecord(
        doc_id=doc_id,
        outlet=None,
        url=None,
        title=None,
        published=dt.date.fromisoformat(published) if published else None,
        language="en",
        cited=[],
        sha256=SHA,
        duplicate_of=None,
        entities=list(entities),
        dates=[],
        relations=list(relations),
        events=list(events),
    )


def entity(number: int, kind: Any, name: str, *mentions: str, country: str | None = None) -> NamedEntity:
    spans = [SpanRecord(text=text, start=0, end=len(text)) for text in mentions]
    return NamedEntity(entity=ident(number), kind=kind, name=name, country=country, mentions=spans)


def holds(subject: int, title: str, object: int) -> RelationRecord:
    return RelationRecord(
        type="holds_position",
        subject=ident(subject),
        object=ident(object),
        title=title,
        mention=SpanRecord(text=title, start=0, end=len(title)),
        confidence=1,
    )
