"""Reading the registry: entities by id, lists, everything, the size."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.document import EntityKind
from pipeline.link.entities import canonical_name
from pipeline.link.registered import EntityLine, Evidence, Page, RegisteredEntity, SeenForm, SeenOffice, Stats
from pipeline.link.schema import EVIDENCE_CAP
from pipeline.link.store import Store, Value
from pipeline.names.fold import fold

_BATCH = 500
"""How many entities are read together."""

_BLOCKS = 10
"""How many of the largest blocks `stats` names."""

_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")


def get(store: Store, id: str) -> RegisteredEntity | None:
    """The entity that an id or alias stands for."""
    with store.reading():
        rows = store.rows("SELECT entity FROM node WHERE entity_id = ?", (id,))
        return load(store, [rows[0][0]])[0] if rows else None


def resolve(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """What the ids and aliases that there are stand for now."""
    return dict(
        store.rows(
            "SELECT n.entity_id, f.entity_id FROM node n JOIN node f ON f.id = n.entity "
            f"WHERE {store.among('n.entity_id')}",
            (store.pack(set(ids)),),
        )
    )


def page(
    store: Store, *, kind: EntityKind | None, country: str | None, text: str | None, offset: int, limit: int
) -> Page:
    """Entities that were seen with a country and have a form with `text` in it; those in most articles first."""
    conditions: list[str] = []
    parameters: list[Value] = []
    if kind is not None:
        conditions.append("kind = ?")
        parameters.append(kind)
    if country is not None:
        conditions.append("id IN (SELECT entity FROM node WHERE country = ?)")
        parameters.append(country)
    if text is not None and not (folded := fold(text)):
        return Page((), 0, offset)
    if text is not None:
        conditions.append(
            "id IN (SELECT n.entity FROM form f JOIN node n ON n.id = f.node WHERE f.folded LIKE ? ESCAPE '!')"
        )
        parameters.append(f"%{folded}%")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    with store.reading():
        ((total,),) = store.rows(f"SELECT COUNT(*) FROM entity {where}", parameters)
        rows = store.rows(
            f"SELECT id FROM entity {where} ORDER BY documents DESC, id LIMIT ? OFFSET ?", [*parameters, limit, offset]
        )
        return Page(tuple(line(e) for e in load(store, [id for (id,) in rows])), total, offset)


def everything(store: Store, *, kind: EntityKind | None) -> Iterator[RegisteredEntity]:
    """All entities (of a kind) in order of their creation, as they are at the start."""
    last = 0
    condition, parameters = ("AND kind = ?", [kind]) if kind is not None else ("", [])
    sql = f"SELECT id FROM entity WHERE id > ? {condition} ORDER BY id LIMIT ?"
    with store.reading():
        while founders := [id for (id,) in store.rows(sql, [last, *parameters, _BATCH])]:
            yield from load(store, founders)
            last = founders[-1]


def stats(store: Store) -> Stats:
    """How much there is."""
    with store.reading():
        count = {
            table: store.rows(f"SELECT COUNT(*) FROM {table}")[0][0]
            for table in ("node", "form", "article", "decision")
        }
        kinds: dict[str, int] = dict(store.rows("SELECT kind, COUNT(*) FROM entity GROUP BY kind ORDER BY kind"))
        meta: dict[str, str] = dict(store.rows("SELECT name, value FROM meta"))
        blocks = store.rows(
            "SELECT key, COUNT(*) FROM blocking_key GROUP BY key ORDER BY COUNT(*) DESC, key LIMIT ?", (_BLOCKS,)
        )
    return Stats(
        kinds, count["node"], count["form"], count["article"], count["decision"],
        meta.get("matcher"), float(meta["threshold"]) if "threshold" in meta else None,
        tuple((" ".join(key.split("\x1f")), nodes) for key, nodes in blocks),
    )  # fmt: skip


def line(entity: RegisteredEntity) -> EntityLine:
    """An entity in short."""
    return EntityLine(
        entity.id, entity.kind, entity.name, entity.country, entity.documents, entity.first, entity.last,
        entity.wikidata[0] if entity.wikidata else None,
    )  # fmt: skip


def load(store: Store, founders: Sequence[int]) -> list[RegisteredEntity]:
    """The entities with these founders, in the order given."""
    packed = (store.pack(founders),)
    of_node = f"JOIN node n ON n.id = x.node WHERE {store.among('n.entity')}"
    aliases: dict[int, list[str]] = defaultdict(list)
    own: dict[int, tuple[str, EntityKind]] = {}
    sql = f"SELECT entity, id, entity_id, kind FROM node WHERE founded = 1 AND {store.among('entity')} ORDER BY id"
    for founder, node, id, kind in store.rows(sql, packed):
        if node == founder:
            own[founder] = id, kind
        else:
            aliases[founder].append(id)
    documents: dict[int, int] = dict(store.rows(f"SELECT id, documents FROM entity WHERE {store.among('id')}", packed))
    countries: dict[int, list[tuple[str, int]]] = defaultdict(list)
    sql = (
        "SELECT n.entity, n.country, COUNT(DISTINCT s.article) FROM node n LEFT JOIN sighting s ON s.node = n.id "
        f"WHERE n.country IS NOT NULL AND {store.among('n.entity')} GROUP BY n.entity, n.country"
    )
    for founder, country, count in store.rows(sql, packed):
        countries[founder].append((country, count))
    items: dict[int, set[str]] = defaultdict(set)
    for founder, item in store.rows(f"SELECT n.entity, x.item FROM wikidata x {of_node}", packed):
        items[founder].add(item)
    sql = f"SELECT n.entity, x.title, x.body, x.count, x.first_day, x.last_day FROM office x {of_node}"
    offices = _offices(store.rows(sql, packed))
    sql = f"SELECT n.entity, x.text, x.count, x.first_day, x.last_day, x.articles FROM form x {of_node}"
    forms = _forms(store, store.rows(sql, packed))
    return [
        RegisteredEntity(
            own[founder][0], own[founder][1], _name(forms[founder]), forms[founder],
            tuple(sorted(countries[founder], key=lambda c: (-c[1], c[0]))), offices.get(founder, ()),
            tuple(sorted(items[founder], key=lambda item: (len(item), item))), documents[founder],
            tuple(aliases[founder]),
        )
        for founder in founders
    ]  # fmt: skip


def _forms(store: Store, rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[SeenForm, ...]]:
    """The forms of each entity, those of several nodes put together."""
    merged: dict[int, dict[str, list[tuple[int, str | None, str | None, list[int]]]]] = defaultdict(dict)
    for founder, text, count, first, last, articles in rows:
        numbers = [int(number) for number in articles.split()]
        merged[founder].setdefault(text, []).append((count, first, last, numbers))
    kept = {
        (founder, text): sorted({number for *_, numbers in seen for number in numbers})[:EVIDENCE_CAP]
        for founder, forms in merged.items()
        for text, seen in forms.items()
    }
    wanted = {number for numbers in kept.values() for number in numbers}
    sql = f"SELECT id, doc_id, sha256, day FROM article WHERE {store.among('id')}"
    articles = {
        number: Evidence(doc_id, sha256, _day(day))
        for number, doc_id, sha256, day in store.rows(sql, (store.pack(wanted),))
    }
    found = {}
    for founder, forms in merged.items():
        seen_forms = [
            SeenForm(
                text,
                sum(count for count, *_ in seen),
                *_days([(first, last) for _, first, last, _ in seen]),
                tuple(articles[number] for number in kept[founder, text]),
            )
            for text, seen in forms.items()
        ]
        found[founder] = tuple(sorted(seen_forms, key=lambda f: (-f.count, f.text)))
    return found


def _offices(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[SeenOffice, ...]]:
    """The positions of each entity; titles that differ in capital letters only are one."""
    merged: dict[tuple[int, str, str], list[tuple[str, int, str | None, str | None]]] = {}
    for founder, title, body, count, first, last in rows:
        merged.setdefault((founder, title.casefold(), body), []).append((title, count, first, last))
    found: dict[int, list[SeenOffice]] = defaultdict(list)
    for (founder, _, body), seen in merged.items():
        title = min(seen, key=lambda s: (-s[1], s[0]))[0]
        days = _days([(first, last) for *_, first, last in seen])
        found[founder].append(SeenOffice(title, body or None, sum(count for _, count, *_ in seen), *days))
    return {
        founder: tuple(sorted(offices, key=lambda o: (-o.count, o.title, o.of or "")))
        for founder, offices in found.items()
    }


def _days(days: Sequence[tuple[str | None, str | None]]) -> tuple[dt.date | None, dt.date | None]:
    first = min((first for first, _ in days if first), default=None)
    last = max((last for _, last in days if last), default=None)
    return _day(first), _day(last)


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None


def _name(forms: Sequence[SeenForm]) -> str:
    """The name to list an entity under: as `canonical_name`, of the forms in Latin letters if there are any."""
    latin = [form for form in forms if not _NOT_LATIN.search(form.text)]
    return canonical_name(Counter({form.text: form.count for form in latin or forms}))
