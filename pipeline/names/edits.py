"""How probable it is that two spellings are one word: a joint model of letter edits against chance.

Two words are read together as a sequence of edits, each taking up to two letters of one word and up to two of the
other ("sh" – "s", "ə" – "a", "" – "e"). The probabilities of edits are learned from spellings of the same names by
expectation maximisation (Ristad and Yianilos, "Learning string-edit distance", 1998; many-to-many edits as in
Jiampojamarn, Kondrak and Sherif, "Applying many-to-many alignments and hidden Markov models to letter-to-phoneme
conversion", 2007). Chance is a model of letter pairs of each word alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST = 16
"""Letters of a word that are read."""
LETTERS = 26
EDGE = LETTERS
"""The symbol before and after every word; 0–25 are letters."""
SYMBOLS = EDGE + 1
ROWS = LONGEST + 2
SCALE = 6.0
"""About one by the root of the probability of an edit of equal letters."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Codes = NDArray[np.int16]
"""Words as rows of symbols, `EDGE` first and last, -1 behind."""


@dataclass(frozen=True, slots=True, eq=False)
class EditModel:
    """Probabilities of edits and of letters by chance. Models are told by identity.

    `one_one[x, y]`, `one_none[x]`, `none_one[y]`, `two_one[x1, x2, y]`, `one_two[x, y1, y2]` are joint probabilities
    over all edits; `chance[x, y]` is the logarithm of the probability of symbol y after x.
    """

    one_one: NDArray[Any]
    one_none: NDArray[Any]
    none_one: NDArray[Any]
    two_one: NDArray[Any]
    one_two: NDArray[Any]
    chance: Floats


def encode(words: Sequence[str]) -> tuple[Codes, Ints]:
    """The symbols of words in letters a–z, and how many symbols each has with its edges."""
    codes = np.full((len(words), ROWS), -1, dtype=np.int16)
    if not words:
        return codes, np.zeros(0, dtype=np.int64)
    raw = np.array(words, dtype=f"S{LONGEST}").view(np.uint8).reshape(len(words), LONGEST).astype(np.int16)
    there = raw > 0
    codes[:, 1 : LONGEST + 1] = np.where(there, raw - ord("a"), -1)
    lengths = there.sum(axis=1) + 2
    codes[:, 0] = codes[np.arange(len(words)), lengths - 1] = EDGE
    return codes, lengths


def chance(model: EditModel, codes: Codes, lengths: Ints) -> Floats:
    """The logarithm of the probability of each word by itself."""
    there = np.arange(1, codes.shape[1])[None, :] < lengths[:, None]
    return np.asarray((model.chance[codes[:, :-1], codes[:, 1:]] * there).sum(axis=1))


def itself(model: EditModel, codes: Codes, lengths: Ints) -> Floats:
    """The logarithm of the probability of each word as two equal spellings, letter by letter; `model` is `ready`."""
    there = np.arange(codes.shape[1])[None, :] < lengths[:, None]
    equal = np.log(np.maximum(np.diagonal(model.one_one), 1e-38)).astype(np.float64)
    return np.asarray((equal[codes] * there).sum(axis=1) - 2 * lengths * np.log(SCALE))


def ready(model: EditModel) -> EditModel:
    """The model for `likelihood`: in single precision, each probability times `SCALE` for every symbol that is read.

    So the product over a whole word stays near one, where single precision holds it.
    """

    def scaled(table: Floats, read: int) -> NDArray[np.float32]:
        return (table * SCALE**read).astype(np.float32)

    return EditModel(
        scaled(model.one_one, 2),
        scaled(model.one_none, 1),
        scaled(model.none_one, 1),
        scaled(model.two_one, 3),
        scaled(model.one_two, 3),
        model.chance,
    )


def likelihood(model: EditModel, left: Codes, left_lengths: Ints, right: Codes, right_lengths: Ints) -> Floats:
    """The logarithm of the joint probability of each pair of words, row by row, over all ways to read them.

    `model` is one made `ready`.
    """
    grid = forward(model, left, right, int(left_lengths.max()), int(right_lengths.max()))
    ends = grid[left_lengths, right_lengths, np.arange(len(left))].astype(np.float64)
    return np.asarray(np.log(np.maximum(ends, 1e-38)) - (left_lengths + right_lengths) * np.log(SCALE))


def forward(model: EditModel, left: Codes, right: Codes, rows: int, columns: int) -> NDArray[Any]:
    """The probability of having read i and j symbols of each pair: shape (rows + 1, columns + 1, pairs)."""
    grid = np.zeros((rows + 1, columns + 1, len(left)), dtype=model.one_one.dtype)
    grid[0, 0] = 1.0
    x, y = (np.ascontiguousarray(codes.T).astype(np.intp) for codes in (left, right))
    x_before, x_later = x * SYMBOLS, x * SYMBOLS * SYMBOLS
    x_two = (x_later[:-1] + x_before[1:])[:rows]
    y_two = (y[:-1] * SYMBOLS + y[1:])[:columns]
    one_one, two_one, one_two = (t.reshape(-1) for t in (model.one_one, model.two_one, model.one_two))
    x_none, y_none = model.one_none.take(x, mode="wrap"), model.none_one.take(y, mode="wrap")
    index = np.empty(len(left), dtype=np.intp)
    step = np.empty(len(left), dtype=grid.dtype)

    def add(
        cell: NDArray[Any], before: NDArray[Any], table: NDArray[Any], a: NDArray[np.intp], b: NDArray[np.intp]
    ) -> None:
        np.add(a, b, out=index)
        table.take(index, out=step, mode="wrap")
        np.multiply(step, before, out=step)
        np.add(cell, step, out=cell)

    for i in range(rows + 1):
        for j in range(columns + 1):
            cell = grid[i, j]
            if i:
                np.multiply(grid[i - 1, j], x_none[i - 1], out=step)
                np.add(cell, step, out=cell)
            if j:
                np.multiply(grid[i, j - 1], y_none[j - 1], out=step)
                np.add(cell, step, out=cell)
            if i and j:
                add(cell, grid[i - 1, j - 1], one_one, x_before[i - 1], y[j - 1])
                if i > 1:
                    add(cell, grid[i - 2, j - 1], two_one, x_two[i - 2], y[j - 1])
                if j > 1:
                    add(cell, grid[i - 1, j - 2], one_two, x_later[i - 1], y_two[j - 2])
    return grid
