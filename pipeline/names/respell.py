"""Respell: the spellings of a word that the learned edits of letters make likely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.names.edits import EDGE, LETTERS, LONGEST, SCALE, EditModel, Floats, chance, encode

BEAM = 48
"""How many beginnings of spellings are kept at each letter."""
EDITS = 8
"""How many edits of each kind are tried at each letter."""

_WRITTEN = (*range(LETTERS), EDGE)
"""The symbols that a spelling is written in: letters and the edges of the word."""

_Edit = tuple[int, tuple[int, ...], float]
"""How many symbols of the word an edit reads, which it writes, and its probability."""


def respell(model: EditModel, roman: str, *, most: int) -> tuple[tuple[str, float], ...]:
    """Other spellings of a word in letters a–z, at most `most`, the likeliest first.

    Each comes with a logarithm: how much more probable it is, as a spelling of this word, than the word itself; a
    spelling whose letters follow each other less usually than those of the word loses as much as they do. `model` is
    one made ready. Beginnings of spellings are kept as long as they are among the best (beam search).
    """
    codes, lengths = encode([roman])
    symbols = tuple(codes[0, : lengths[0]].tolist())
    found: list[dict[tuple[int, ...], float]] = [defaultdict(float) for _ in range(len(symbols) + 1)]
    found[0][()] = 1.0
    for place in range(len(symbols)):
        best = sorted(found[place].items(), key=lambda item: -item[1])[:BEAM]
        for read, written, factor in _edits(model, symbols[place : place + 2]):
            for said, probability in best:
                found[place + read][*said, *written] += probability * factor
    whole = {
        "".join(chr(ord("a") + symbol) for symbol in said[1:-1]): probability
        for said, probability in found[-1].items()
        if len(said) > 2 and said[0] == said[-1] == EDGE and EDGE not in said[1:-1]
    }
    own = whole.pop(roman[:LONGEST], 0.0)
    if not own or not whole:
        return ()
    like = usual(model, [roman, *whole])
    weights = np.log(np.array([*whole.values()]) / own) + np.minimum(like[1:] - like[0], 0.0) * len(symbols)
    ranked = sorted(zip(whole, weights.tolist(), strict=True), key=lambda item: (-item[1], item[0]))
    return tuple(ranked[:most])


def usual(model: EditModel, words: Sequence[str]) -> Floats:
    """How usually the letters of each word follow each other: the mean logarithm of their probability."""
    codes, lengths = encode(words)
    return np.asarray(chance(model, codes, lengths) / (lengths - 1))


def _edits(model: EditModel, ahead: tuple[int, ...]) -> list[_Edit]:
    """The most probable edits that read the next symbol or two; a letter is added only after one that stays."""
    first = ahead[0]
    same = float(model.one_one[first, first]) / SCALE**2
    edits: list[_Edit] = [(1, (), float(model.one_none[first]) / SCALE)]
    edits += [(1, written, p) for written, p in _best(model.one_one[first], SCALE**2)]
    edits += [(1, written, p) for written, p in _best(model.one_two[first], SCALE**3)]
    edits += [(1, (first, *written), same * p) for written, p in _best(model.none_one, SCALE)]
    if len(ahead) > 1:
        edits += [(2, written, p) for written, p in _best(model.two_one[first, ahead[1]], SCALE**3)]
    return edits


def _best(table: NDArray[Any], scale: float) -> list[tuple[tuple[int, ...], float]]:
    """The most probable entries of a table of letters and edges, by what they write."""
    letters = np.ix_(*([_WRITTEN] * table.ndim))
    there = table[letters]
    places = np.argsort(-there, axis=None)[:EDITS]
    found = zip(zip(*np.unravel_index(places, there.shape), strict=True), there.flat[places], strict=True)
    return [(tuple(_WRITTEN[n] for n in place), float(p) / scale) for place, p in found if p > 0]
