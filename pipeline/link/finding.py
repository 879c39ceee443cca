"""Finding entities by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from pipeline.document import EntityKind
from pipeline.link.compare import PAIRS, asked_keys, chunks, nodes_by_key, nodes_of, scores
from pipeline.link.matcher import Matcher
from pipeline.link.reading import line, load
from pipeline.link.registered import Found
from pipeline.link.sighting import Node, one_line
from pipeline.link.store import Store
from pipeline.names.fold import fold

LEAST = 0.05
"""The probability below which a search does not show an entity."""

_AFTER_ALL = "\U0010ffff"


def search(
    store: Store, matcher: Matcher | None, name: str, *, kind: EntityKind | None, country: str | None, limit: int
) -> list[Found]:
    """Entities by name: with a matcher the likeliest first; then those with a form that begins with `name`.

    `country` (ISO3) helps the matcher; it excludes nothing.
    """
    kinds = (kind,) if kind is not None else get_args(EntityKind)
    text = one_line(name)
    if not fold(text):
        return []
    with store.reading():
        hits = _likely(store, matcher, text, kinds, country)[:limit] if matcher is not None else []
        known = {founder for founder, *_ in hits}
        begun = [(f, t, None) for f, t in _begins(store, fold(text), kinds, limit + len(hits)) if f not in known]
        found = [*hits, *begun][:limit]
        entities = load(store, [founder for founder, *_ in found])
    return [Found(line(entity), form, p) for entity, (_, form, p) in zip(entities, found, strict=True)]


def _likely(
    store: Store, matcher: Matcher, text: str, kinds: Iterable[EntityKind], country: str | None
) -> list[tuple[int, str, float | None]]:
    """Founders with the form that fits best and its probability, the likeliest first."""
    best: dict[int, float] = {}
    for kind in kinds:
        normal = matcher.normal(kind, text)
        if not normal:
            continue
        node = Node(kind, normal, country)
        keys = asked_keys(matcher, node, full=True) | asked_keys(matcher, node, full=False)
        numbers = {number for block in nodes_by_key(store, keys).values() for number in block}
        for some in chunks(sorted(numbers), PAIRS):
            others = nodes_of(store, some)
            for number, p in zip(some, scores(matcher, [(node, others[n]) for n in some]), strict=True):
                if p >= LEAST:
                    best[number] = p
    sql = (
        "SELECT n.id, n.entity, f.text FROM node n JOIN form f ON f.node = n.id AND f.own = 1 "
        f"WHERE {store.among('n.id')} ORDER BY f.count DESC, f.text"
    )
    ranked = sorted(store.rows(sql, (store.pack(best),)), key=lambda row: -best[row[0]])
    found: dict[int, tuple[int, str, float | None]] = {}
    for number, founder, form in ranked:
        found.setdefault(founder, (founder, form, best[number]))
    return list(found.values())


def _begins(store: Store, prefix: str, kinds: Iterable[EntityKind], limit: int) -> list[tuple[int, str]]:
    """Founders with a form whose folded text begins with `prefix`, the most frequent form first."""
    rows = store.rows(
        "SELECT n.entity, f.text, f.count FROM form f JOIN node n ON n.id = f.node "
        f"WHERE f.folded >= ? AND f.folded < ? AND {store.among('n.kind')} ORDER BY f.count DESC, f.text, n.entity",
        (prefix, prefix + _AFTER_ALL, store.pack(kinds)),
    )
    found: dict[int, str] = {}
    for founder, text, _ in rows:
        found.setdefault(founder, text)
    return list(found.items())[:limit]
