"""Human decisions: which entities are one and which are not, kept in a log that is only ever added to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

from pipeline.link.registered import Action, Decision
from pipeline.link.settle import refresh, settle
from pipeline.link.sighting import one_line
from pipeline.link.store import RegistryError, Store

_LOG = "SELECT id, at, action, note, entities, forms, target FROM decision ORDER BY id"


def merge(store: Store, one: str, other: str, *, note: str) -> str:
    """Decide that two entities are one; its id. Raises `RegistryError` when they are one or of two kinds."""
    with store.writing():
        (first, kind), (second, other_kind) = _founder(store, one), _founder(store, other)
        if first == second:
            raise RegistryError(f"{one} and {other} are one entity already")
        if kind != other_kind:
            raise RegistryError(f"{one} is of kind {kind}, {other} of kind {other_kind}: they cannot be one")
        _decide(store, "merge", note, (one, other), (), [(first, 0), (second, 1)])
        return _id_of(store, first)


def split(store: Store, id: str, forms: Iterable[str], *, country: str | None, note: str) -> str:
    """Decide that some forms of an entity are another entity; the id of that one.

    With `country`, only where the form was seen with that country. Forms that differ in nothing that the matcher
    sees go together. Raises `RegistryError` when the entity has no such forms, or no others, or they are short forms.
    """
    texts = tuple(dict.fromkeys(map(one_line, forms)))
    if not texts:
        raise RegistryError("no form is named to split off")
    with store.writing():
        founder, _ = _founder(store, id)
        rows = store.rows(
            "SELECT f.text, f.own, n.id, n.country FROM form f JOIN node n ON n.id = f.node WHERE n.entity = ?",
            (founder,),
        )
        off: set[int] = set()
        for text in texts:
            has = [(own, node) for form, own, node, its in rows if form == text and country in (None, its)]
            if not has:
                raise RegistryError(f"{id} has no form {text!r}{f' with country {country}' if country else ''}")
            nodes = {node for own, node in has if own}
            if not nodes:
                raise RegistryError(f"{text!r} is a short form: split off the full form that it was seen with")
            off |= nodes
        left = {node for (node,) in store.rows("SELECT id FROM node WHERE entity = ?", (founder,))} - off
        if not left:
            raise RegistryError(f"nothing of {id} is left when these forms are split off")
        sides = [(node, 0) for node in sorted(left)] + [(node, 1) for node in sorted(off)]
        _decide(store, "split", note, (id,), texts, sides)
        return _id_of(store, min(off))


def undo(store: Store, *, note: str) -> Decision:
    """Take back the last decision that is in force. Raises `RegistryError` when there is none."""
    with store.writing():
        inforce = [d for d in log(store) if d.action != "undo" and not d.undone]
        if not inforce:
            raise RegistryError(f"{store.place}: no decision to undo")
        last = inforce[-1]
        _record(store, "undo", note, last.entities, last.forms, last.number)
        _apply(store, last.number)
    return next(d for d in log(store) if d.number == last.number)


def log(store: Store) -> list[Decision]:
    """All decisions, the oldest first."""
    rows = store.rows(_LOG)
    undone = {target for *_, target in rows if target is not None}
    return [
        Decision(
            number, dt.datetime.fromisoformat(at), action, note,
            tuple(json.loads(entities)), tuple(json.loads(forms)), target, number in undone,
        )
        for number, at, action, note, entities, forms, target in rows
    ]  # fmt: skip


def _founder(store: Store, id: str) -> tuple[int, str]:
    rows = store.rows("SELECT entity, kind FROM node WHERE entity_id = ?", (id,))
    if not rows:
        raise RegistryError(f"{store.place}: no entity {id}")
    founder, kind = rows[0]
    return founder, kind


def _id_of(store: Store, node: int) -> str:
    sql = "SELECT f.entity_id FROM node n JOIN node f ON f.id = n.entity WHERE n.id = ?"
    ((id,),) = store.rows(sql, (node,))
    return str(id)


def _decide(
    store: Store,
    action: Action,
    note: str,
    entities: tuple[str, ...],
    forms: tuple[str, ...],
    sides: list[tuple[int, int]],
) -> None:
    number = _record(store, action, note, entities, forms, None)
    store.run_many("INSERT INTO decision_node VALUES (?, ?, ?)", [(number, node, side) for node, side in sides])
    _apply(store, number)


def _record(
    store: Store, action: Action, note: str, entities: tuple[str, ...], forms: tuple[str, ...], target: int | None
) -> int:
    ((number,),) = store.rows("SELECT COALESCE(MAX(id), 0) + 1 FROM decision")
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    row = (number, at, action, one_line(note), json.dumps(entities), json.dumps(forms), target)
    store.run_many("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?)", [row])
    return int(number)


def _apply(store: Store, number: int) -> None:
    """Bring a decision, or that it is undone, in force."""
    rows = store.rows(
        "SELECT DISTINCT n.component FROM decision_node d JOIN node n ON n.id = d.node WHERE d.decision = ?", (number,)
    )
    refresh(store, settle(store, {component for (component,) in rows}))
