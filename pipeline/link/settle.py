"""Entities from components: human decisions brought in force, and one row for every entity."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.link.components import Ruling, components, entities
from pipeline.link.store import Store


def decided(store: Store, among: Collection[int]) -> set[int]:
    """Those of some components that a human decision touches."""
    rows = store.rows(
        "SELECT DISTINCT n.component FROM decision_node d JOIN node n ON n.id = d.node "
        f"WHERE {store.among('n.component')}",
        (store.pack(among),),
    )
    return {component for (component,) in rows}


def settle(store: Store, among: Collection[int]) -> set[int]:
    """Find the components and entities of all nodes of some components anew, from their edges and the decisions.

    Returns the components they are in now. `refresh` has to follow.
    """
    packed = (store.pack(among),)
    keys: dict[int, str] = {}
    before: dict[int, tuple[int, int]] = {}
    sql = f"SELECT id, key, component, entity FROM node WHERE {store.among('component')}"
    for number, key, component, entity in store.rows(sql, packed):
        keys[number] = key
        before[number] = component, entity
    condition = f"JOIN node n ON n.id = e.a WHERE {store.among('n.component')}"
    evidence = [(a, b) for a, b in store.rows(f"SELECT e.a, e.b FROM evidence_edge e {condition}", packed)]
    likely = [
        (a, b, p) for a, b, p in store.rows(f"SELECT e.a, e.b, e.probability FROM likely_edge e {condition}", packed)
    ]
    rulings = _rulings(store, among)

    component_of = components(keys, [*evidence, *((a, b) for a, b, _ in likely)], rulings)
    ruled = {component_of[n] for r in rulings for n in r.left | r.right if n in component_of}
    parted = {number: keys[number] for number in keys if component_of[number] in ruled}
    entity_of = component_of | entities(
        parted,
        [(a, b) for a, b in evidence if a in parted],
        [(a, b, p) for a, b, p in likely if a in parted],
        rulings,
    )
    changes = [
        (component_of[number], entity_of[number], number)
        for number in keys
        if before[number] != (component_of[number], entity_of[number])
    ]
    store.run_many("UPDATE node SET component = ?, entity = ? WHERE id = ?", changes)
    return set(component_of.values())


def _rulings(store: Store, among: Collection[int]) -> list[Ruling]:
    """The decisions in force that touch some components."""
    rows = store.rows(
        "SELECT d.id, d.action, n.node, n.side FROM decision d JOIN decision_node n ON n.decision = d.id "
        "WHERE d.id NOT IN (SELECT target FROM decision WHERE target IS NOT NULL) AND d.id IN ("
        "SELECT m.decision FROM decision_node m JOIN node ON node.id = m.node "
        f"WHERE {store.among('node.component')})",
        (store.pack(among),),
    )
    sides: dict[tuple[int, str], tuple[set[int], set[int]]] = {}
    for number, action, node, side in rows:
        sides.setdefault((number, action), (set(), set()))[side].add(node)
    return [
        Ruling(number, action, frozenset(left), frozenset(right))  # type: ignore[arg-type]
        for (number, action), (left, right) in sorted(sides.items())
    ]


def refresh(store: Store, among: Collection[int]) -> None:
    """Make the rows of the entities that nodes of some components belong to, counted anew."""
    packed = (store.pack(among),)
    nodes = f"SELECT id FROM node WHERE {store.among('component')}"
    store.rows(f"DELETE FROM entity WHERE id IN ({nodes})", packed)
    store.rows(
        "INSERT INTO entity SELECT n.entity, MIN(n.kind), COUNT(DISTINCT s.article) "
        f"FROM node n LEFT JOIN sighting s ON s.node = n.id WHERE {store.among('n.component')} GROUP BY n.entity",
        packed,
    )
    store.rows(f"UPDATE node SET founded = 1 WHERE founded = 0 AND id = entity AND {store.among('component')}", packed)
