"""Describe: the sectors of entities and the contexts of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pipeline.document import Document
from pipeline.ground.contexts import contexts
from pipeline.ground.sectors import sector


def describe(document: Document) -> Document:
    """The document with sectors on its entities and contexts on its events."""
    text = document.article.text
    names = {e.key: e.name for e in document.entities if e.kind == "organization"}
    titles: dict[str, list[str]] = {}
    bodies: dict[str, str] = {}
    for relation in document.relations:
        if relation.type == "holds_position" and relation.title:
            titles.setdefault(relation.subject, []).append(relation.title)
            if relation.object in names:
                bodies.setdefault(relation.subject, names[relation.object])
    entities = tuple(
        replace(e, sector=sector(e.kind, e.name, titles.get(e.key, ()), bodies.get(e.key))) for e in document.entities
    )
    events = tuple(
        replace(
            event,
            contexts=contexts(
                " ".join(text[s.start : s.end] for s in event.evidence), type=event.type, mode=event.mode
            ),
        )
        for event in document.events
    )
    return replace(document, entities=entities, events=events)


@dataclass(frozen=True, slots=True)
class Describe:
    """Adds sectors and contexts."""

    name: ClassVar[str] = "describe"
    reads: ClassVar[frozenset[str]] = frozenset({"entities", "relations", "events"})
    writes: ClassVar[frozenset[str]] = frozenset({"entities", "events"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [describe(document) for document in documents]
