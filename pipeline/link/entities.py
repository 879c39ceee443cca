"""entities.jsonl: every entity that the articles of a run name, put together over all of them."""

from __future__ import annotations

import datetime as dt
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.link.aside import Aside
from pipeline.record import DocumentRecord, EntityRecord, HeldPosition, NamedEntity, RelationRecord

PositionKey = tuple[str, str]
"""The title in lower case and the entity id of the country or organisation."""

MOST = 4_000
"""So many entities take some 6 MB."""


@dataclass(slots=True)
class _Days:
    first: dt.date | None = None
    last: dt.date | None = None

    def add(self, day: dt.date | None) -> None:
        if day is not None:
            self.first = day if self.first is None else min(self.first, day)
            self.last = day if self.last is None else max(self.last, day)

    def join(self, other: _Days) -> None:
        self.add(other.first)
        self.add(other.last)


@dataclass(slots=True)
class _Seen:
    """What the articles so far say of one entity. All of it adds up the same in any order."""

    kinds: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    canonical: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    titles: dict[PositionKey, Counter[str]] = field(default_factory=dict)
    held: dict[PositionKey, _Days] = field(default_factory=dict)
    days: _Days = field(default_factory=_Days)
    documents: int = 0

    def take(self, other: _Seen) -> None:
        """Add what the articles say of another entity that turned out to be this one."""
        for own, more in (
            (self.kinds, other.kinds),
            (self.names, other.names),
            (self.canonical, other.canonical),
            (self.countries, other.countries),
        ):
            own.update(more)
        for key, titles in other.titles.items():
            self.titles.setdefault(key, Counter()).update(titles)
        for key, days in other.held.items():
            self.held.setdefault(key, _Days()).join(days)
        self.days.join(other.days)
        self.documents += other.documents


class EntityTable:
    """Adds up the entities of document records; the order in which they are added does not matter.

    As soon as there are `most` entities, what is known of them is put aside into a file, and added up in the end.
    """

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._seen: dict[str, _Seen] = {}
        self._aside: Aside | None = None

    def add(self, document: DocumentRecord) -> None:
        """Count the entities and positions of one article. Raises `OutputError` when they cannot be put aside."""
        if len(self._seen) >= self._most:
            self._put_aside()
        for entity in document.entities:
            self._count(entity, document.published)
        for relation in document.relations:
            if relation.type == "holds_position" and relation.title is not None:
                self._hold(relation, relation.title, document.published)

    def ids(self) -> list[str]:
        """The ids that the documents have."""
        return list(self._seen if self._aside is None else {**dict.fromkeys(self._aside.keys()), **self._seen})

    def records(self, now: Mapping[str, str] | None = None) -> Iterator[EntityRecord]:
        """One record an entity, sorted by id; names and positions most frequent first.

        `now` says under which id an entity is known in the end; its other ids are its aliases. Raises `OutputError`
        when what was put aside cannot be read.
        """
        now = now or {}
        ids: dict[str, list[str]] = {}
        for id in sorted(self.ids()):
            ids.setdefault(now.get(id, id), []).append(id)
        if self._aside is not None:
            self._put_aside()
        bodies: dict[str, str | None] = {}
        for known in sorted(ids):
            seen = self._all_of(ids[known], now)
            for _, of in seen.held:
                if of not in bodies:
                    bodies[of] = _body(self._all_of(ids[of], now)) if of in ids else None
            yield _record(known, seen, [id for id in ids[known] if id != known], bodies)

    def _put_aside(self) -> None:
        self._aside = self._aside or Aside()
        self._aside.put((id, pickle.dumps(seen)) for id, seen in self._seen.items())
        self._seen.clear()

    def _all_of(self, ids: Iterable[str], now: Mapping[str, str]) -> _Seen:
        """What all articles say of some ids that are one entity."""
        found = _Seen()
        for id in ids:
            for seen in [self._seen[id]] if self._aside is None else map(pickle.loads, self._aside.get(id)):
                found.take(_with_bodies(seen, now))
        return found

    def _count(self, entity: NamedEntity, published: dt.date | None) -> None:
        seen = self._seen.setdefault(entity.entity, _Seen())
        seen.kinds[entity.kind] += 1
        seen.canonical[entity.name] += 1
        seen.names.update(_one_line(mention.text) for mention in entity.mentions)
        if entity.country is not None:
            seen.countries[entity.country] += 1
        seen.days.add(published)
        seen.documents += 1

    def _hold(self, relation: RelationRecord, title: str, published: dt.date | None) -> None:
        seen = self._seen.get(relation.subject)
        if seen is None:
            return
        title = _one_line(title)
        key = title.casefold(), relation.object
        seen.titles.setdefault(key, Counter())[title] += 1
        seen.held.setdefault(key, _Days()).add(published)


def _record(id: str, seen: _Seen, aliases: list[str], bodies: Mapping[str, str | None]) -> EntityRecord:
    positions = [
        HeldPosition(title=_commonest(seen.titles[key]), of=bodies[key[1]], first_seen=days.first, last_seen=days.last)
        for key, days in seen.held.items()
    ]
    return EntityRecord.model_validate(
        {
            "id": id,
            "aliases": aliases,
            "kind": _commonest(seen.kinds),
            "name": canonical_name(seen.canonical),
            "names": dict(sorted(seen.names.items(), key=lambda item: (-item[1], item[0]))),
            "country": _commonest(seen.countries) if seen.countries else None,
            "positions": sorted(positions, key=lambda p: (p.first_seen or dt.date.max, p.title, p.of or "")),
            "wikidata": None,
            "first_seen": seen.days.first,
            "last_seen": seen.days.last,
            "documents": seen.documents,
        }
    )


def _body(seen: _Seen) -> str:
    """The ISO3 code of a country, the name of an organisation."""
    if _commonest(seen.kinds) == "country" and seen.countries:
        return _commonest(seen.countries)
    return canonical_name(seen.canonical)


def _with_bodies(seen: _Seen, now: Mapping[str, str]) -> _Seen:
    """The same with the ids by which the bodies of its positions are known in the end."""
    moved = replace(seen, titles={}, held={})
    for (title, of), said in seen.titles.items():
        moved.titles.setdefault((title, now.get(of, of)), Counter()).update(said)
    for (title, of), days in seen.held.items():
        moved.held.setdefault((title, now.get(of, of)), _Days()).join(days)
    return moved


def canonical_name(names: Counter[str]) -> str:
    """The name to list an entity under: the one most articles use, of those with more than one word if there are any.

    Ties go to the longer name, then to the first in code point order.
    """
    full = [name for name in names if " " in name] or list(names)
    return min(full, key=lambda name: (-names[name], -len(name), name))


def _commonest(values: Counter[str]) -> str:
    return min(values, key=lambda value: (-values[value], value))


def _one_line(text: str) -> str:
    return " ".join(text.split())
