"""Which letters differ between two spellings of a word, for people to read."""

from __future__ import annotations

from pipeline.data import fold
from pipeline.names.units import sounds

_VOWELS = frozenset("aeiouyəıöü")
_EDITS = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))


def changes(a: str, b: str) -> tuple[str, ...]:
    """What was done to the letters of `a` to make `b`: "ə→a", "ç→ch", "+y", "-h"; case counts for nothing.

    Letters are read together so that few change, and those into letters that are like them.
    """
    x, y = (word.replace("İ", "i").lower() for word in (a, b))
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    for i in range(len(x) + 1):
        for j in range(len(y) + 1):
            ways = []
            for old, new in _EDITS:
                if old <= i and new <= j:
                    cost, said = best[i - old, j - new]
                    left, right = x[i - old : i], y[j - new : j]
                    ways.append((cost + _cost(left, right), said if left == right else (*said, _said(left, right))))
            if ways:
                best[i, j] = min(ways, key=lambda way: way[0])
    return tuple(dict.fromkeys(best[len(x), len(y)][1]))


def _cost(left: str, right: str) -> float:
    """1 for a letter alone; two letters for one are cheap where they are consonants ("sh", "kh", "ff")."""
    short, long = sorted((left, right), key=len)
    if not short:
        return 1.0
    if len(long) == 1:
        return _unlike(short, long)
    together = 1.1 if set(long) & _VOWELS else 0.4
    return together + min(_unlike(short, letter) for letter in long)


def _unlike(x: str, y: str) -> float:
    if x == y:
        return 0.0
    mine, other = fold(x), fold(y)
    if mine == other:
        return 0.3
    return 0.8 if sounds(mine) == sounds(other) else 1.2


def _said(left: str, right: str) -> str:
    return f"{left}→{right}" if left and right else f"-{left}" if left else f"+{right}"
