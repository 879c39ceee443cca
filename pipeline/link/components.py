"""Which nodes are one entity: connected components, and human decisions that join and part them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision in force. A merge puts one node of `left` and one of `right` together.

    A split holds the nodes of each side together and keeps the sides apart. `number` rises with time.
    """

    number: int
    action: Literal["merge", "split"]
    left: frozenset[int]
    right: frozenset[int]


class Union:
    """Disjoint sets of numbers, each known by its least member; a number not heard of is a set of its own."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def find(self, number: int) -> int:
        """The least number of the set that `number` is in."""
        parent, root = self._parent, number
        while (up := parent.get(root, root)) != root:
            root = up
        while (up := parent.get(number, number)) != root:
            parent[number] = root
            number = up
        return root

    def join(self, one: int, other: int) -> bool:
        """Make two sets one; False when they are one already."""
        one, other = self.find(one), self.find(other)
        if one == other:
            return False
        self._parent[max(one, other)] = min(one, other)
        return True

    def joined(self) -> dict[int, int]:
        """The numbers that are not the least of their set, each with the least."""
        return {number: self.find(number) for number in self._parent if self.find(number) != number}


class _Parted:
    """Disjoint sets some of which must not become one: those that bear the two sides of one split."""

    def __init__(self) -> None:
        self._sets = Union()
        self._sides: dict[int, frozenset[tuple[int, bool]]] = {}

    def find(self, number: int) -> int:
        return self._sets.find(number)

    def mark(self, root: int, ruling: int, right: bool) -> None:
        self._sides[root] = self._sides.get(root, frozenset()) | {(ruling, right)}

    def join(self, one: int, other: int) -> None:
        """Make two sets one, unless that is forbidden."""
        one, other = self.find(one), self.find(other)
        mine, theirs = self._sides.get(one, frozenset()), self._sides.get(other, frozenset())
        if one == other or any((ruling, not right) in theirs for ruling, right in mine):
            return
        self._sets.join(one, other)
        if mine or theirs:
            self._sides[self.find(one)] = mine | theirs

    def hold(self, numbers: Sequence[int]) -> set[int]:
        """Put numbers together as far as that is allowed; the sets they are in then."""
        apart: list[int] = []
        for number in numbers:
            for root in apart:
                self.join(root, number)
            if all(self.find(root) != self.find(number) for root in apart):
                apart.append(number)
        return {self.find(number) for number in apart}


def components(
    nodes: Iterable[int], edges: Iterable[tuple[int, int]], rulings: Iterable[Ruling] = ()
) -> dict[int, int]:
    """For each node the least node that it is connected to when nothing is kept apart.

    Merges and the sides of splits connect as edges do.
    """
    union = Union()
    for one, other in edges:
        union.join(one, other)
    for ruling in rulings:
        for side in (ruling.left | ruling.right,) if ruling.action == "merge" else (ruling.left, ruling.right):
            first, *rest = side
            for node in rest:
                union.join(first, node)
    return {node: union.find(node) for node in nodes}


def entities(
    keys: Mapping[int, str],
    evidence: Iterable[tuple[int, int]],
    likely: Iterable[tuple[int, int, float]],
    rulings: Iterable[Ruling],
) -> dict[int, int]:
    """For each node of a component the least node of its entity, with human decisions in force.

    `keys` are the nodes with a text each that tells them apart whatever their numbers; `evidence` are pairs that one
    article says are one, `likely` pairs with their probability. The latest decision comes first, then evidence, then
    the likelier pair; pairs that are equal so far come in the order of their keys. What comes later never joins what
    came before keeps apart, so the result depends on nothing but what is given. Constrained single-linkage
    clustering as in Davidson & Ravi, "Agglomerative Hierarchical Clustering with Constraints", PKDD 2005.
    """
    groups = _Parted()
    for ruling in sorted(rulings, key=lambda r: -r.number):
        left, right = (sorted(side & keys.keys(), key=keys.__getitem__) for side in (ruling.left, ruling.right))
        if ruling.action == "merge":
            groups.hold(left + right)
            continue
        ours, theirs = groups.hold(left), groups.hold(right)
        for root in ours - theirs:
            groups.mark(root, ruling.number, False)
        for root in theirs - ours:
            groups.mark(root, ruling.number, True)
    ranked = [(-2.0, sorted((keys[a], keys[b])), a, b) for a, b in evidence]
    ranked += [(-p, sorted((keys[a], keys[b])), a, b) for a, b, p in likely]
    for _, _, one, other in sorted(ranked):
        groups.join(one, other)
    return {node: groups.find(node) for node in keys}
