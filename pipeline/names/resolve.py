"""Resolve: which named mentions of an article are one entity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pipeline.data import countries
from pipeline.document import Document, Entity, EntityKind, Mention
from pipeline.names.fold import fold
from pipeline.names.organisation_clusters import cluster_organisations
from pipeline.names.people import cluster_people

_KINDS: dict[str, EntityKind] = {
    "organization": "organization", "city": "city", "facility": "facility", "event": "event",
}  # fmt: skip
_KEY_LETTER = {"organization": "o", "city": "t", "facility": "f", "event": "n"}


def _fullest(mentions: Sequence[Mention], indices: Iterable[int]) -> str:
    """The longest form; among equals the first. Capital letters only counts as shorter."""
    texts = [mentions[i].text for i in indices]
    return max(texts, key=lambda t: (len(t.split()), not t.isupper(), len(t)))


def resolve(document: Document, people: Sequence[Sequence[int]]) -> tuple[Entity, ...]:
    """The entities of a document: people, organisations, countries, cities, facilities, named events.

    `people` are the groups of person mentions that name one person.
    """
    mentions = document.mentions
    entities = [Entity(f"p{n}", "person", _fullest(mentions, group), tuple(group)) for n, group in enumerate(people)]
    for n, c in enumerate(cluster_organisations(document)):
        entities.append(Entity(f"o{n}", "organization", c.name, tuple(c.mentions), (), c.country))
    by_code: dict[str, list[int]] = {}
    others: dict[tuple[EntityKind, str, str | None], list[int]] = {}
    for i, m in enumerate(mentions):
        if m.label in ("country", "nationality") and m.code:
            by_code.setdefault(m.code, []).append(i)
        elif m.label in _KINDS and m.label != "organization":
            others.setdefault((_KINDS[m.label], fold(m.name or m.text), m.code), []).append(i)
    for code, group in sorted(by_code.items()):
        named = tuple(i for i in group if mentions[i].label == "country")
        adjectives = tuple(i for i in group if mentions[i].label == "nationality")
        entities.append(Entity(code, "country", countries()[code].name, named, adjectives, code))
    for n, ((kind, _, place), group) in enumerate(others.items()):
        name = mentions[group[0]].name or _fullest(mentions, group)
        entities.append(Entity(f"{_KEY_LETTER[kind]}{n}", kind, name, tuple(group), (), place))
    return tuple(entities)


@dataclass(frozen=True, slots=True)
class Resolve:
    """Groups the named mentions of each document into entities."""

    name: ClassVar[str] = "resolve"
    reads: ClassVar[frozenset[str]] = frozenset({"mentions", "parse", "view"})
    writes: ClassVar[frozenset[str]] = frozenset({"entities"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        people = cluster_people(documents)
        return [replace(d, entities=resolve(d, mine)) for d, mine in zip(documents, people, strict=True)]
