"""Relink: the records of an article with the ids that the registry knows its entities by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence

from pipeline.link.identify import cluster_id, local_id
from pipeline.link.sighting import ArticleSightings, Office, Sighting
from pipeline.record import DocumentRecord, EventRecord, NamedEntity, Participant

REGISTERED = ("person", "organization")
"""The kinds that the registry keeps. States have codes, places and named events are told by name and country."""


def sightings_of(
    record: DocumentRecord, *, tells: Callable[[NamedEntity], bool]
) -> tuple[ArticleSightings, tuple[str, ...]]:
    """What a line of documents.jsonl tells the registry, and the ids in the line that the sightings are of.

    `tells` says whether an entity is known outside of its article; others stay out of the registry.
    """
    named = ((entity, _forms(entity)) for entity in record.entities if entity.kind in REGISTERED)
    seen = [(entity, forms) for entity, forms in named if forms and tells(entity)]
    sightings = tuple(
        Sighting(entity.kind, forms, entity.country, _offices(record, entity.entity)) for entity, forms in seen
    )
    article = ArticleSightings(record.sha256, record.doc_id, record.published, sightings)
    return article, tuple(entity.entity for entity, _ in seen)


def _forms(entity: NamedEntity) -> tuple[tuple[str, int], ...]:
    said = Counter(" ".join(mention.text.split()) for mention in entity.mentions)
    said.setdefault(entity.name, 0)
    return tuple((form, max(count, 1)) for form, count in said.items() if any(c.isalnum() for c in form))


def _offices(record: DocumentRecord, id: str) -> tuple[Office, ...]:
    bodies = {entity.entity: entity.country if entity.kind == "country" else entity.name for entity in record.entities}
    held = (r for r in record.relations if r.type == "holds_position" and r.subject == id and r.title)
    return tuple(Office(" ".join((r.title or "").split()), bodies.get(r.object)) for r in held)


def ids_within(record: DocumentRecord, known: Container[str]) -> dict[str, str]:
    """Ids for the people and organisations that only the article knows, by the ids that they have."""
    return {
        entity.entity: local_id(entity.entity, record.sha256)
        for entity in record.entities
        if entity.kind in REGISTERED and entity.entity not in known
    }


def relinked(
    record: DocumentRecord, events: Sequence[EventRecord], ids: Mapping[str, str]
) -> tuple[DocumentRecord, tuple[EventRecord, ...]]:
    """The lines of an article with other ids of entities; ids that `ids` has not stay as they are."""
    changed = record.model_copy(
        update={
            "entities": [e.model_copy(update={"entity": ids.get(e.entity, e.entity)}) for e in record.entities],
            "relations": [
                r.model_copy(update={"subject": ids.get(r.subject, r.subject), "object": ids.get(r.object, r.object)})
                for r in record.relations
            ],
        }
    )
    return changed, tuple(_event(event, ids) for event in events)


def _event(event: EventRecord, ids: Mapping[str, str]) -> EventRecord:
    def known(people: Sequence[Participant]) -> list[Participant]:
        return [p.model_copy(update={"entity": ids.get(p.entity, p.entity)}) for p in people]

    actors, recipients = known(event.actors), known(event.recipients)
    cluster = cluster_id(
        (event.type, event.mode),
        (event.date.start, event.date.end),
        event.place.country,
        [participant.entity for participant in (*actors, *recipients)],
        event.id,
    )
    return event.model_copy(update={"actors": actors, "recipients": recipients, "cluster": cluster})
