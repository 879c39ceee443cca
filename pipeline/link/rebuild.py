"""Rebuilding: all entities found anew by the matcher of today, with the human decisions of all time."""

from __future__ import annotations

from pipeline.link.compare import NODES, likely_pairs, nodes_of
from pipeline.link.components import Union
from pipeline.link.linking import note_matcher
from pipeline.link.matcher import Matcher
from pipeline.link.settle import decided, refresh, settle
from pipeline.link.store import Store

_BATCH = 5_000
"""How many components are counted together."""


def rebuild(store: Store, matcher: Matcher) -> None:
    """Find the likely pairs, the components and the entities of all nodes anew, in one transaction.

    What articles say together and what people decided stays; every id that ever was resolves. This is also how a
    registry goes over to another matcher or threshold: entities that only the old one held together come apart.
    """
    with store.writing():
        note_matcher(store, matcher)
        store.rows("DELETE FROM blocking_key")
        store.rows("DELETE FROM likely_edge")
        union = Union()
        ((last,),) = store.rows("SELECT COALESCE(MAX(id), 0) FROM node")
        for start in range(1, last + 1, NODES):
            nodes = nodes_of(store, range(start, min(start + NODES, last + 1)))
            edges = [(b, a, probability) for a, b, probability in likely_pairs(store, matcher, nodes)]
            store.run_many("INSERT INTO likely_edge VALUES (?, ?, ?)", sorted(edges))
            for a, b, _ in edges:
                union.join(a, b)
        for a, b in store.rows("SELECT a, b FROM evidence_edge"):
            union.join(a, b)
        joined = union.joined()
        store.rows("UPDATE node SET component = id, entity = id")
        store.run_many(
            "UPDATE node SET component = ?, entity = ? WHERE id = ?",
            [(least, least, number) for number, least in sorted(joined.items())],
        )
        settle(store, decided(store, range(1, last + 1)))
        store.rows("DELETE FROM entity")
        for start in range(1, last + 1, _BATCH):
            refresh(store, range(start, min(start + _BATCH, last + 1)))
