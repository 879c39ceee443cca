"""Learn the edits between spellings of one name by expectation maximisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.names.edits import EDGE, LETTERS, SYMBOLS, Codes, EditModel, encode, forward

Places = NDArray[np.intp]

Pair = tuple[str, str]
"""Two spellings of a word in letters a–z."""

PRIOR = 60.0
"""How many edits the first guess counts for beside those that are seen."""
ROUNDS = 6
BATCH = 4096
VOWELS = "aeiouy"


def learn(pairs: Sequence[Pair], words: Sequence[str]) -> EditModel:
    """The edit model of spellings that belong together; `words` are names for the model of chance."""
    both = [*pairs, *((b, a) for a, b in pairs)]
    left, left_lengths = encode([a for a, _ in both])
    right, right_lengths = encode([b for _, b in both])
    model = first_guess(learn_chance(words))
    for _ in range(ROUNDS):
        counts = _zero()
        for start in range(0, len(both), BATCH):
            part = slice(start, start + BATCH)
            _expect(model, left[part], left_lengths[part], right[part], right_lengths[part], counts)
        model = _maximise(counts, model.chance)
    return model


def learn_chance(words: Sequence[str], *, pseudo: float = 0.5) -> NDArray[np.float64]:
    """Logarithms of how probable a letter is after another."""
    codes, lengths = encode(words)
    counts = np.zeros((SYMBOLS, SYMBOLS))
    there = np.arange(1, codes.shape[1])[None, :] < lengths[:, None]
    np.add.at(counts, (codes[:, :-1][there], codes[:, 1:][there]), 1.0)
    counts += pseudo * (counts.sum(axis=0) + 1) / (counts.sum() + SYMBOLS) * 20
    return np.asarray(np.log(counts / counts.sum(axis=1, keepdims=True)))


def _zero() -> list[NDArray[np.float64]]:
    s = SYMBOLS
    return [np.zeros(shape) for shape in ((s, s), (s,), (s,), (s, s, s), (s, s, s))]


def first_guess(chance: NDArray[np.float64]) -> EditModel:
    """Edits before any is seen: mostly equal letters, then vowels for vowels and vowels left out."""
    one_one = np.full((SYMBOLS, SYMBOLS), 0.02)
    letters = np.arange(LETTERS)
    vowels = [ord(v) - ord("a") for v in VOWELS]
    one_one[np.ix_(vowels, vowels)] = 0.3
    one_one[letters, letters] = 20.0
    one_one[EDGE, :] = one_one[:, EDGE] = 0.0
    one_one[EDGE, EDGE] = 150.0
    one_none = np.full(SYMBOLS, 0.3)
    one_none[vowels] = 2.0
    one_none[EDGE] = 0.0
    two_one = np.full((SYMBOLS, SYMBOLS, SYMBOLS), 0.0004)
    two_one[EDGE, EDGE, :] = 0.0
    two_one[EDGE, :, :EDGE] = two_one[:, EDGE, :EDGE] = 0.0
    two_one[:EDGE, :EDGE, EDGE] = 0.0
    return _maximise([one_one, one_none, one_none.copy(), two_one, two_one.transpose(2, 0, 1).copy()], chance, prior=0)


def _maximise(counts: list[NDArray[np.float64]], chance: NDArray[np.float64], *, prior: float = PRIOR) -> EditModel:
    if prior:
        guess = first_guess(chance)
        tables = (guess.one_one, guess.one_none, guess.none_one, guess.two_one, guess.one_two)
        counts = [c + prior * g for c, g in zip(counts, tables, strict=True)]
    whole = sum(float(c.sum()) for c in counts)
    one_one, one_none, none_one, two_one, one_two = (c / whole for c in counts)
    return EditModel(one_one, one_none, none_one, two_one, one_two, chance)


def _expect(
    model: EditModel,
    left: Codes,
    left_lengths: NDArray[np.int64],
    right: Codes,
    right_lengths: NDArray[np.int64],
    counts: list[NDArray[np.float64]],
) -> None:
    """Add how often each edit is expected to have been made in reading these pairs."""
    rows, columns = int(left_lengths.max()), int(right_lengths.max())
    alpha = forward(model, left, right, rows, columns)
    each = np.arange(len(left))
    beta = np.zeros_like(alpha)
    beta[left_lengths, right_lengths, each] = 1.0 / np.maximum(alpha[left_lengths, right_lengths, each], 1e-300)
    x, y = left.T.astype(np.intp), right.T.astype(np.intp)
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            later = beta[i, j]
            for di, dj, table, index in _edits(x, y, i, j):
                mass = later * _probabilities(model, table)[index]
                beta[i - di, j - dj] += mass
                np.add.at(counts[table], index, alpha[i - di, j - dj] * mass)


def _edits(x: Places, y: Places, i: int, j: int) -> Iterator[tuple[int, int, int, tuple[Places, ...]]]:
    """The edits that end at a cell: symbols read of both words, number of the table, places in it."""
    if i and j:
        yield 1, 1, 0, (x[i - 1], y[j - 1])
    if i:
        yield 1, 0, 1, (x[i - 1],)
    if j:
        yield 0, 1, 2, (y[j - 1],)
    if i > 1 and j:
        yield 2, 1, 3, (x[i - 2], x[i - 1], y[j - 1])
    if i and j > 1:
        yield 1, 2, 4, (x[i - 1], y[j - 2], y[j - 1])


def _probabilities(model: EditModel, table: int) -> NDArray[np.float64]:
    return (model.one_one, model.one_none, model.none_one, model.two_one, model.one_two)[table]
