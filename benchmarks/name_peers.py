"""What others offer to tell whether two names are one person's, each as it scores best.

A peer that cannot read other scripts is given names in roman letters by anyascii; all but logic-v2 are given them in
lower case without punctuation.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

PART = 250
"""Pairs timed at a time; nomenklatura keeps what it makes of the last 1,000 names."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A scorer of name pairs: `prepare` is done once a name, `score` once a pair, higher for one person."""

    name: str
    prepare: Callable[[str], Any]
    score: Callable[[Any, Any], float]


def installed() -> tuple[list[Peer], dict[str, tuple[str, ...]]]:
    """The peers that can be measured here, and for each of the others the packages that are not installed."""
    peers, missing = [], {}
    for name, (modules, build) in PEERS.items():
        absent = tuple(package for module, package in modules.items() if importlib.util.find_spec(module) is None)
        if absent:
            missing[name] = absent
        else:
            peers.append(build(name))
    return peers, missing


def scores(peer: Peer, names: Sequence[str], pairs: Iterable[tuple[int, int]]) -> NDArray[np.float64]:
    """The score of each pair of names, which are given by their numbers."""
    prepared = [peer.prepare(name) for name in names]
    return np.array([peer.score(prepared[a], prepared[b]) for a, b in pairs], dtype=np.float64)


def rate(peer: Peer, pairs: Sequence[tuple[str, str]]) -> float:
    """Pairs a second of processor time, with what can be done once a name done before.

    Before a part of the pairs is timed, its names are scored in other pairs: so what a peer keeps of a name is there.
    """
    taken = 0.0
    for start in range(0, len(pairs), PART):
        part = [(peer.prepare(a), peer.prepare(b)) for a, b in pairs[start : start + PART]]
        for (a, _), (_, b) in zip(part, part[1:] + part[:1], strict=True):
            peer.score(a, b)
        began = time.process_time()
        for a, b in part:
            peer.score(a, b)
        taken += time.process_time() - began
    return len(pairs) / taken


def romanised(name: str) -> str:
    """A name as lower-case words of roman letters with single blanks between them."""
    from anyascii import anyascii
    from rapidfuzz.utils import default_process

    return " ".join(default_process(anyascii(name)).split())


def _token_sort(name: str) -> Peer:
    from rapidfuzz import fuzz

    return Peer(name, romanised, fuzz.token_sort_ratio)


def _jaro_winkler(name: str) -> Peer:
    from rapidfuzz.distance import JaroWinkler

    return Peer(name, lambda text: romanised(text).split(), lambda a, b: assigned(a, b, JaroWinkler.similarity))


def _double_metaphone(name: str) -> Peer:
    """Both codes of each word; two words are as like as their likest codes by Jaro–Winkler."""
    from metaphone import doublemetaphone
    from rapidfuzz.distance import JaroWinkler

    def prepare(text: str) -> list[tuple[str, ...]]:
        return [tuple(code for code in doublemetaphone(word) if code) for word in romanised(text).split()]

    def likest(a: Sequence[str], b: Sequence[str]) -> float:
        return max((JaroWinkler.similarity(x, y) for x in a for y in b), default=0.0)

    return Peer(name, prepare, lambda a, b: assigned(a, b, likest))


def _logic_v2(name: str) -> Peer:
    """Persons with a name and nothing else; the first name of a pair is the query. It reads other scripts itself."""
    from followthemoney import model
    from nomenklatura.matching import LogicV2

    config = LogicV2.default_config()

    def prepare(text: str) -> Any:
        return model.get_proxy({"id": text, "schema": "Person", "properties": {"name": [text]}})

    return Peer(name, prepare, lambda query, result: LogicV2.compare(query, result, config).score)


def assigned(a: Sequence[Any], b: Sequence[Any], likeness: Callable[[Any, Any], float]) -> float:
    """The mean likeness of words under the best one-to-one assignment of those of the shorter name."""
    from scipy.optimize import linear_sum_assignment

    if not a or not b:
        return 0.0
    table = np.array([[likeness(x, y) for y in b] for x in a])
    return float(table[linear_sum_assignment(table, maximize=True)].mean())


PEERS: Mapping[str, tuple[Mapping[str, str], Callable[[str], Peer]]] = {
    "rapidfuzz token_sort_ratio": ({"rapidfuzz": "RapidFuzz", "anyascii": "anyascii"}, _token_sort),
    "Jaro–Winkler by token": ({"rapidfuzz": "RapidFuzz", "anyascii": "anyascii"}, _jaro_winkler),
    "double metaphone by token": (
        {"metaphone": "Metaphone", "rapidfuzz": "RapidFuzz", "anyascii": "anyascii"},
        _double_metaphone,
    ),
    "nomenklatura logic-v2": ({"nomenklatura": "nomenklatura", "icu": "PyICU"}, _logic_v2),
}
"""By name: the modules a peer needs with the packages they come in, and what builds it."""
