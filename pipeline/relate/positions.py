"""Relate: who holds which position of what, who represents whom, and the phrases that stand for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pipeline.document import Document, Relation
from pipeline.relate.offices import INHERITED, STATED, find_offices
from pipeline.relate.symbols import sentences
from pipeline.relate.units import build_units, owned_organisations


def relate(document: Document) -> Document:
    """The document with positions as relations, people's countries, and participant units."""
    found = find_offices(document, sentences(document))
    entities = tuple(replace(e, country=found.home.get(e.key)) if e.kind == "person" else e for e in document.entities)
    by_key = {e.key: e for e in entities}
    relations = [
        Relation("holds_position", key, office.of, office.title, office.span, round(office.confidence, 4))
        for key, offices in found.held.items()
        for office in offices
        if office.of is not None
    ]
    for relation in tuple(relations):
        giver = by_key.get(relation.object)
        if giver is not None and giver.kind == "organization":
            relations.append(
                Relation("member_of", relation.subject, giver.key, None, relation.span, relation.confidence)
            )
    for key, country in found.home.items():
        span = document.mentions[by_key[key].mentions[0]].span
        relations.append(Relation("represents", key, country, None, span, INHERITED))
    for e in entities:
        if e.country and e.kind == "organization":
            span = document.mentions[e.mentions[0]].span
            relations.append(Relation("part_of", e.key, e.country, None, span, INHERITED))
        if e.country and e.kind == "city":
            span = document.mentions[e.mentions[0]].span
            relations.append(Relation("located_in", e.key, e.country, None, span, STATED))
    document = replace(document, entities=entities, relations=tuple(relations))
    return replace(document, units=build_units(document, [*found.phrases, *owned_organisations(document)]))


@dataclass(frozen=True, slots=True)
class Relate:
    """Adds relations, people's countries and participant units."""

    name: ClassVar[str] = "relate"
    reads: ClassVar[frozenset[str]] = frozenset({"parse", "mentions", "entities"})
    writes: ClassVar[frozenset[str]] = frozenset({"relations", "units"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [relate(document) for document in documents]
