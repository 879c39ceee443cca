"""Which words of two names belong together, for many pairs of names at once."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

from pipeline.names.edits import EditModel, Floats, Ints, chance, encode, itself, likelihood
from pipeline.names.units import MOST_WORDS, Units, signature, sounds

LEAST = 0.0
"""The score from which units belong together: more probable as spellings of one word than by chance."""
EQUAL = 1.0
"""The least score of equal units: those of very common letters would be no likelier as one word than by chance."""
NEAR = 0.55
"""How like the consonants of two units must be, by class and order, to be compared letter by letter."""
BATCH = 8192
MOST_KEPT = 1 << 19
"""How many units are kept, about 50 MB."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Distinct units of names: `own` is the likelihood of each as two equal spellings, `chance` as a word by itself."""

    romans: list[str]
    sounds: list[str]
    codes: NDArray[np.int16]
    lengths: Ints
    signatures: NDArray[np.uint16]
    own: Floats
    chance: Floats


@dataclass(frozen=True, slots=True)
class Table:
    """Units of names, one name after the other: those of name i stand from `starts[i]` to `starts[i + 1]`.

    `ids` are unit numbers of the lexicon, `bits` the words covered, `single` whether a unit is one written word.
    """

    starts: Ints
    ids: Ints
    bits: Ints
    single: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each pair of names up to `MOST_WORDS` matches, best first; -1 behind.

    `left` and `right` are unit numbers of the lexicon, `left_bits` and `right_bits` the words they cover, `score` the
    logarithm of how much more probable they are as one word than by chance, `cost` how much less probable than equal
    spellings.
    """

    left: Ints
    right: Ints
    left_bits: Ints
    right_bits: Ints
    score: Floats
    cost: Floats


def lexicon_of(model: EditModel, names: Sequence[Units]) -> tuple[Lexicon, Table]:
    """The distinct units of names, and which of them each name has.

    What is found of a unit is kept, so that it costs something only when it is first met; the lexicon has all of them.
    """
    memory = _memory(model)
    if len(memory.numbers) > MOST_KEPT:
        _memory.cache_clear()
        memory = _memory(model)
    numbers = memory.numbers
    spelled = list(chain.from_iterable(name.spelled for name in names))
    try:
        ids = np.fromiter(map(numbers.__getitem__, spelled), np.int64, len(spelled))
    except KeyError:
        for roman in dict.fromkeys(spelled):
            numbers.setdefault(roman, len(numbers))
        ids = np.fromiter(map(numbers.__getitem__, spelled), np.int64, len(spelled))
    bits, single = np.concatenate([np.zeros((2, 0), dtype=np.int64), *(name.shape for name in names)], axis=1)
    starts = np.cumsum([0, *(len(name.units) for name in names)])
    return memory.lexicon(), Table(starts, ids, bits, single.astype(np.bool_))


class _Memory:
    """What was found of units so far, by their numbers."""

    def __init__(self, model: EditModel) -> None:
        self.numbers = {"": 0}
        self._model = model
        self._known = _lexicon(model, [""])

    def lexicon(self) -> Lexicon:
        """The lexicon of all units that have a number."""
        known = self._known
        if len(self.numbers) > len(known.romans):
            new = _lexicon(self._model, list(islice(self.numbers, len(known.romans), None)))
            self._known = Lexicon(
                [*known.romans, *new.romans],
                [*known.sounds, *new.sounds],
                *(
                    np.concatenate([getattr(known, name), getattr(new, name)])
                    for name in ("codes", "lengths", "signatures", "own", "chance")
                ),
            )
        return self._known


@functools.lru_cache(maxsize=1)
def _memory(model: EditModel) -> _Memory:
    return _Memory(model)


def _lexicon(model: EditModel, romans: list[str]) -> Lexicon:
    codes, lengths = encode(romans)
    return Lexicon(
        romans,
        [sounds(roman) for roman in romans],
        codes,
        lengths,
        np.array([signature(roman) for roman in romans], dtype=np.uint16),
        itself(model, codes, lengths),
        chance(model, codes, lengths),
    )


def align(model: EditModel, lexicon: Lexicon, table: Table, left: Ints, right: Ints) -> Alignment:
    """The best one-to-one matches of the units of names `left[i]` and `right[i]` (numbers of names in the table)."""
    pair, a, b = _combinations(lexicon, table, left, right)
    keys, back = np.unique(table.ids[a] * len(lexicon.romans) + table.ids[b], return_inverse=True)
    score, cost = _scores(model, lexicon, keys // len(lexicon.romans), keys % len(lexicon.romans))
    score, cost = score[back], cost[back]
    good = np.nonzero(score > LEAST)[0]
    order = good[np.lexsort((b[good], a[good], -score[good], pair[good]))]
    return _assign(len(left), table, pair[order], a[order], b[order], score[order], cost[order])


def _combinations(lexicon: Lexicon, table: Table, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Units to compare: the number of the pair of names, and the places of both units in the table."""
    many_a, many_b = (table.starts[names + 1] - table.starts[names] for names in (left, right))
    many = many_a * many_b
    pair = np.repeat(np.arange(len(left)), many)
    place = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    wide = many_b[pair]
    a, b = table.starts[left][pair] + place // wide, table.starts[right][pair] + place % wide
    x, y = table.ids[a], table.ids[b]
    mine, other = lexicon.signatures[x], lexicon.signatures[y]
    fewest = np.minimum(np.bitwise_count(mine), np.bitwise_count(other))
    long_a, long_b = lexicon.lengths[x], lexicon.lengths[y]
    near = (np.bitwise_count(mine & other) * 2 >= fewest) & (table.single[a] | table.single[b])
    near &= np.minimum(long_a, long_b) * 2 + 2 >= np.maximum(long_a, long_b)
    return pair[near], a[near], b[near]


def _assign(n: int, table: Table, pair: Ints, a: Ints, b: Ints, score: Floats, cost: Floats) -> Alignment:
    """The best match of each pair, then the best of those that share no word with it, and so on."""
    shape = (n, MOST_WORDS)
    found = Alignment(
        left=np.full(shape, -1, dtype=np.int64),
        right=np.full(shape, -1, dtype=np.int64),
        left_bits=np.zeros(shape, dtype=np.int64),
        right_bits=np.zeros(shape, dtype=np.int64),
        score=np.zeros(shape),
        cost=np.zeros(shape),
    )
    taken_a, taken_b = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for step in range(MOST_WORDS):
        if len(pair) == 0:
            break
        first = np.nonzero(np.diff(pair, prepend=-1))[0]
        who, i, j = pair[first], a[first], b[first]
        found.left[who, step], found.right[who, step] = table.ids[i], table.ids[j]
        found.left_bits[who, step], found.right_bits[who, step] = table.bits[i], table.bits[j]
        found.score[who, step], found.cost[who, step] = score[first], cost[first]
        taken_a[who] |= table.bits[i]
        taken_b[who] |= table.bits[j]
        free = ((table.bits[a] & taken_a[pair]) == 0) & ((table.bits[b] & taken_b[pair]) == 0)
        pair, a, b, score, cost = pair[free], a[free], b[free], score[free], cost[free]
    return found


def _scores(model: EditModel, lexicon: Lexicon, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """Score and cost of pairs of units; those whose consonants are too different have the score `LEAST`."""
    score, cost = np.full(len(left), LEAST), np.zeros(len(left))
    equal = left == right
    same, rest = left[equal], np.nonzero(~equal)[0]
    score[equal] = np.maximum(lexicon.own[same] - 2 * lexicon.chance[same], EQUAL)
    said = lexicon.sounds
    alike = process.cpdist(
        [said[i] for i in left[rest].tolist()],
        [said[j] for j in right[rest].tolist()],
        scorer=Indel.normalized_similarity,
    )
    near = rest[alike >= NEAR]
    a, b = left[near], right[near]
    joint = _likelihoods(model, lexicon.codes, lexicon.lengths, a, b)
    score[near] = joint - lexicon.chance[a] - lexicon.chance[b]
    cost[near] = (lexicon.own[a] + lexicon.own[b]) / 2 - joint
    return score, cost


def _likelihoods(model: EditModel, codes: NDArray[np.int16], lengths: Ints, left: Ints, right: Ints) -> Floats:
    """In batches of like length, so that short words are not read as long ones."""
    found = np.zeros(len(left))
    order = np.lexsort((lengths[right], lengths[left]))
    for start in range(0, len(order), BATCH):
        part = order[start : start + BATCH]
        i, j = left[part], right[part]
        found[part] = likelihood(model, codes[i], lengths[i], codes[j], lengths[j])
    return found
