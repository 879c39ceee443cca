"""Which new nodes are likely one entity with which nodes: candidates by blocking key, scored together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from pipeline.link.matcher import Matcher
from pipeline.link.sighting import SEPARATOR, Node
from pipeline.link.store import Store

PAIRS = 20_000
"""How many pairs the matcher gets in one call, at most; also what bounds the memory that a huge block takes."""

NODES = 1_000
"""For how many nodes candidates are looked up together."""

T = TypeVar("T")


def kept_keys(matcher: Matcher, node: Node) -> set[str]:
    """The blocking keys that a node is kept under: apart by kind, and full forms apart from short ones.

    A short form ("Aliyev") is never compared with a full one: it would fit several people, and connect them.
    """
    full = matcher.is_full(node.kind, node.normal)
    return _marked(node, full, matcher.keys(node.kind, node.normal, node.country))


def asked_keys(matcher: Matcher, node: Node, *, full: bool | None = None) -> set[str]:
    """The blocking keys of the nodes to compare a node with, as they are kept.

    `full` says whether those are of full or of short forms; by default they are what the node is.
    """
    if full is None:
        full = matcher.is_full(node.kind, node.normal)
    return _marked(node, full, matcher.asks(node.kind, node.normal, node.country))


def _marked(node: Node, full: bool, keys: Collection[str]) -> set[str]:
    return {f"{node.kind}{SEPARATOR}{'full' if full else 'short'}{SEPARATOR}{key}" for key in keys}


def likely_pairs(store: Store, matcher: Matcher, fresh: Mapping[int, Node]) -> Iterator[tuple[int, int, float]]:
    """Add the blocking keys of new nodes, by number; yields the likely pairs of each with nodes of lower number.

    Every pair of a block is compared, however many there are. A limit on that would depend on what came
    before, and then so would the entities.
    """
    for numbers in chunks(sorted(fresh), NODES):
        kept = sorted((key, number) for number in numbers for key in kept_keys(matcher, fresh[number]))
        store.run_many("INSERT INTO blocking_key VALUES (?, ?)", kept)
        asked = {number: asked_keys(matcher, fresh[number]) for number in numbers}
        blocks = nodes_by_key(store, set().union(*asked.values()))
        pairs = (
            (number, other)
            for number in numbers
            for other in {o for key in asked[number] for o in blocks.get(key, ()) if o < number}
        )
        for some in chunks(pairs, PAIRS):
            nodes = {**nodes_of(store, {o for _, o in some if o not in fresh}), **fresh}
            for (a, b), probability in zip(some, scores(matcher, [(nodes[a], nodes[b]) for a, b in some]), strict=True):
                if probability >= matcher.threshold:
                    yield a, b, probability


def scores(matcher: Matcher, pairs: Collection[tuple[Node, Node]]) -> list[float]:
    """The probability of each pair: rounded, the lesser node first, so that it is the same in any order and batch."""
    found = matcher.probabilities([(a, b) if _order(a) < _order(b) else (b, a) for a, b in pairs])
    return [round(float(probability), 6) for probability in found]


def _order(node: Node) -> tuple[str, str]:
    return node.normal, node.country or ""


def nodes_by_key(store: Store, keys: Collection[str]) -> dict[str, list[int]]:
    """The numbers of the nodes that have each key."""
    blocks: dict[str, list[int]] = {}
    condition = store.among("key")
    for key, node in store.rows(f"SELECT key, node FROM blocking_key WHERE {condition}", (store.pack(keys),)):
        blocks.setdefault(key, []).append(node)
    return blocks


def nodes_of(store: Store, numbers: Collection[int]) -> dict[int, Node]:
    """Nodes by number."""
    condition = store.among("id")
    rows = store.rows(f"SELECT id, kind, normal, country FROM node WHERE {condition}", (store.pack(numbers),))
    return {number: Node(kind, normal, country) for number, kind, normal, country in rows}


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
