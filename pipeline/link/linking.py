"""Linking: sightings and imported entities into the registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.link.compare import likely_pairs
from pipeline.link.components import Union
from pipeline.link.counting import Tally
from pipeline.link.matcher import Matcher
from pipeline.link.placing import Placed, place
from pipeline.link.settle import decided, refresh, settle
from pipeline.link.sighting import ArticleSightings, ImportedEntity, Node
from pipeline.link.store import RegistryError, Store


@dataclass(frozen=True, slots=True)
class _Entered:
    """Nodes that are in the registry: the number of each, the founder and the id of its entity, and which are new.

    `changed` are the components whose entities are to be counted anew: new ones, merged ones, and those that a
    decision keeps in parts. The entities of the others are `steady`.
    """

    numbers: dict[Node, int]
    founders: dict[Node, int]
    ids: dict[Node, str]
    new: set[int]
    changed: set[int]
    steady: set[int]


def link_articles(store: Store, matcher: Matcher, articles: Iterable[ArticleSightings]) -> list[tuple[str, ...]]:
    """Link the sightings of articles in one transaction; the ids, article by article, sighting by sighting.

    An article whose digest was linked before is not counted again.
    """
    read = [(a, [place(s.kind, s.forms, s.country, matcher) for s in a.sightings]) for a in articles]
    with store.writing():
        if not check(store, matcher):
            note_matcher(store, matcher)
        entered = _enter(store, matcher, [placed for _, all_placed in read for placed in all_placed])
        tally = Tally(entered.numbers)
        seen = _new_articles(store, [article for article, _ in read])
        raised: set[tuple[int, int]] = set()
        for index, (article, all_placed) in enumerate(read):
            number = seen.get(index)
            for sighting, placed in zip(article.sightings, all_placed, strict=True):
                if number is not None:
                    tally.add(placed, sighting.positions, number, article.day)
                    raised.update((entered.founders[node], number) for node in placed.nodes)
                elif any(entered.numbers[node] in entered.new for node in placed.nodes):
                    tally.add_unseen(placed, ())
        tally.write(store)
        refresh(store, entered.changed)
        counts = Counter(founder for founder, _ in raised if founder in entered.steady)
        store.run_many(
            "UPDATE entity SET documents = documents + ? WHERE id = ?",
            [(count, founder) for founder, count in sorted(counts.items())],
        )
    return [tuple(entered.ids[placed.nodes[0]] for placed in all_placed) for _, all_placed in read]


def import_entities(store: Store, matcher: Matcher, entities: Iterable[ImportedEntity]) -> list[str]:
    """Add entities of a reference list in one transaction: names and positions that no article has shown yet.

    Returns the id of each. A list may be imported again: what is there already stays as it is.
    """
    read = [(e, place(e.kind, [(name, 0) for name in e.names], e.country, matcher)) for e in entities]
    with store.writing():
        if not check(store, matcher):
            note_matcher(store, matcher)
        entered = _enter(store, matcher, [placed for _, placed in read])
        tally = Tally(entered.numbers)
        for entity, placed in read:
            tally.add_unseen(placed, entity.positions)
        tally.write(store)
        store.run_many(
            "INSERT INTO wikidata VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(entered.numbers[placed.nodes[0]], entity.wikidata) for entity, placed in read if entity.wikidata],
        )
        refresh(store, entered.changed)
    return [entered.ids[placed.nodes[0]] for _, placed in read]


def check(store: Store, matcher: Matcher) -> bool:
    """Whether a registry is linked by this matcher; False for a new one. Raises `RegistryError` for another matcher."""
    before: dict[str, str] = dict(store.rows("SELECT name, value FROM meta WHERE name <> 'schema'"))
    if not before:
        return False
    now = _facts(matcher)
    if before != now:
        raise RegistryError(
            f"{store.place}: linked by {before['matcher']} at {before['threshold']}, "
            f"not {now['matcher']} at {now['threshold']}; rebuild the registry first"
        )
    return True


def note_matcher(store: Store, matcher: Matcher) -> None:
    """Keep by which matcher a registry is linked."""
    store.rows("DELETE FROM meta WHERE name <> 'schema'")
    store.run_many("INSERT INTO meta VALUES (?, ?)", sorted(_facts(matcher).items()))


def _facts(matcher: Matcher) -> dict[str, str]:
    return {"matcher": matcher.name, "threshold": repr(float(matcher.threshold))}


def _enter(store: Store, matcher: Matcher, groups: Sequence[Placed]) -> _Entered:
    """Put in the nodes that are new, and unite those that are one entity by evidence or likely one."""
    by_key = {node.key: node for group in groups for node in group.nodes}
    sql = f"SELECT key, id, component FROM node WHERE {store.among('key')}"
    there = store.rows(sql, (store.pack(by_key),))
    numbers = {by_key[key]: number for key, number, _ in there}
    component: dict[int, int] = {number: its_component for _, number, its_component in there}
    ((last,),) = store.rows("SELECT COALESCE(MAX(id), 0) FROM node")
    fresh = dict(enumerate((node for node in by_key.values() if node not in numbers), last + 1))
    numbers |= {node: number for number, node in fresh.items()}
    component |= {number: number for number in fresh}

    evidence = sorted({_pair(numbers[g.nodes[0]], numbers[node]) for g in groups for node in g.nodes[1:]})
    likely = sorted((b, a, probability) for a, b, probability in likely_pairs(store, matcher, fresh))
    far = {number for number, _, _ in likely if number not in component}
    component |= dict(store.rows(f"SELECT id, component FROM node WHERE {store.among('id')}", (store.pack(far),)))
    union = Union()
    for a, b in [*evidence, *((a, b) for a, b, _ in likely)]:
        union.join(component[a], component[b])

    store.run_many("INSERT INTO evidence_edge VALUES (?, ?) ON CONFLICT DO NOTHING", evidence)
    store.run_many("INSERT INTO likely_edge VALUES (?, ?, ?)", likely)
    made = [(i, n.key, n.kind, n.normal, n.country, n.entity_id, union.find(i)) for i, n in fresh.items()]
    store.run_many("INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)", [(*row, row[-1]) for row in made])
    merged = {number: least for number, least in union.joined().items() if number <= last}
    store.run_many(
        "UPDATE node SET component = ?, entity = ? WHERE component = ?",
        [(least, least, number) for number, least in merged.items()],
    )

    touched = {union.find(number) for number in (*fresh, *merged, *(component[a] for a, _ in evidence))}
    parted = decided(store, touched)
    if parted:
        settle(store, parted)
    changed = {c for c in touched if c > last} | set(merged.values()) | parted
    rows = store.rows(
        "SELECT n.key, n.component, n.entity, f.entity_id FROM node n JOIN node f ON f.id = n.entity "
        f"WHERE {store.among('n.key')}",
        (store.pack(by_key),),
    )
    return _Entered(
        numbers,
        {by_key[key]: founder for key, _, founder, _ in rows},
        {by_key[key]: id for key, _, _, id in rows},
        set(fresh),
        changed,
        {founder for _, its_component, founder, _ in rows if its_component not in changed},
    )


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _new_articles(store: Store, articles: Sequence[ArticleSightings]) -> dict[int, int]:
    """Number the articles that were not linked before: the number of each by its place among `articles`."""
    digests = {article.sha256 for article in articles}
    rows = store.rows(f"SELECT sha256 FROM article WHERE {store.among('sha256')}", (store.pack(digests),))
    linked = {sha256 for (sha256,) in rows}
    ((number,),) = store.rows("SELECT COALESCE(MAX(id), 0) FROM article")
    found: dict[int, int] = {}
    for index, article in enumerate(articles):
        if article.sha256 not in linked:
            linked.add(article.sha256)
            number += 1
            found[index] = number
    store.run_many(
        "INSERT INTO article VALUES (?, ?, ?, ?)",
        [
            (number, articles[i].sha256, articles[i].doc_id, day.isoformat() if (day := articles[i].day) else None)
            for i, number in found.items()
        ],
    )
    return found
