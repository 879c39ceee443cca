"""Which names are one person's when pairs that score high enough are joined: B-cubed, and what blocking leaves out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Indexes = NDArray[np.intp]
"""Pairs of names as an array of two columns, each row the lower number first."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What joining all pairs that score at least `threshold` gives, in B-cubed."""

    threshold: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def candidates(stored: Sequence[Collection[Hashable]], asked: Sequence[Collection[Hashable]]) -> Indexes:
    """The pairs of names of which one asks for a key that is stored of the other, each once, in order."""
    blocks = defaultdict(list)
    for number, keys in enumerate(stored):
        for key in keys:
            blocks[key].append(number)
    pairs = {
        (min(number, other), max(number, other))
        for number, keys in enumerate(asked)
        for key in keys
        for other in blocks.get(key, ())
        if other != number
    }
    return np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)


def blocking(people: Sequence[str], pairs: Indexes) -> dict[str, float]:
    """The share of one person's pairs that are among the candidates, and of all pairs that are candidates."""
    names = len(people)
    same = sum(size * (size - 1) // 2 for size in Counter(people).values())
    kept = sum(people[a] == people[b] for a, b in pairs.tolist())
    return {"blocking recall": kept / same, "candidates, share of all pairs": len(pairs) / (names * (names - 1) / 2)}


def b_cubed(people: Sequence[Hashable], clusters: Sequence[Hashable]) -> tuple[float, float]:
    """Precision and recall of a partition (Bagga and Baldwin 1998): the cluster and the person of each name."""
    together = Counter(zip(people, clusters, strict=True))
    sizes, found = Counter(people), Counter(clusters)
    precision = sum(count**2 / found[cluster] for (_, cluster), count in together.items())
    recall = sum(count**2 / sizes[person] for (person, _), count in together.items())
    return precision / len(people), recall / len(people)


def components(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The connected components of `count` names: for each the lowest number of a name in its component."""
    parent = list(range(count))
    for pair in pairs:
        a, b = sorted(_root(parent, number) for number in pair)
        parent[b] = a
    return [_root(parent, number) for number in range(count)]


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def cut(people: Sequence[str], pairs: Indexes, scores: NDArray[np.float64], threshold: float) -> Cut:
    """What one threshold gives."""
    joined = components(len(people), map(tuple, pairs[scores >= threshold].tolist()))
    return Cut(threshold, *b_cubed(people, joined))


def best_cut(people: Sequence[str], pairs: Indexes, scores: NDArray[np.float64]) -> Cut:
    """What the threshold with the highest F1 gives; infinite where it is best to join nothing.

    Every score is tried as a threshold: pairs are joined from the highest down, and what a join changes is added.
    """
    sizes = Counter(people)
    parent = list(range(len(people)))
    inside = [Counter([person]) for person in people]
    precision = float(len(people))
    recall = sum(1 / sizes[person] for person in people)
    best = Cut(float("inf"), 1.0, recall / len(people))
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order].tolist()
    for rank, (a, b) in enumerate(pairs[order].tolist()):
        a, b = _root(parent, a), _root(parent, b)
        if a != b:
            if len(inside[a]) < len(inside[b]):
                a, b = b, a
            precision -= _purity(inside[a]) + _purity(inside[b])
            recall += sum(2 * count * inside[a][person] / sizes[person] for person, count in inside[b].items())
            inside[a] += inside[b]
            precision += _purity(inside[a])
            parent[b] = a
        if rank + 1 == len(ranked) or ranked[rank + 1] < ranked[rank]:
            now = Cut(ranked[rank], precision / len(people), recall / len(people))
            best = max(best, now, key=lambda one: one.f1)
    return best


def _purity(cluster: Counter[str]) -> float:
    """What a cluster adds to the sum of precisions."""
    return sum(count**2 for count in cluster.values()) / cluster.total()


def apart(countries: Sequence[str], pairs: Indexes) -> NDArray[np.bool_]:
    """For each pair whether the countries of its names are known and differ."""
    known = np.array(countries)
    a, b = known[pairs[:, 0]], known[pairs[:, 1]]
    return np.asarray((a != b) & (a != "") & (b != ""))
