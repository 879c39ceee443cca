"""What speaks for and against two names being one person's, as numbers, for many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from pipeline.names.align import Alignment, Lexicon
from pipeline.names.edits import Floats, Ints
from pipeline.names.facts import LATIN, SYLLABIC, VOWELLESS, Facts
from pipeline.names.initials import match_initials
from pipeline.names.units import MOST_WORDS

FEATURES = (
    "words_min", "words_max", "matched", "unmatched_min", "unmatched_max", "letters_unmatched_min",
    "letters_unmatched_max", "score_sum", "score_best", "score_worst", "cost_sum", "cost_worst", "cost_per_letter",
    "chance_sum", "chance_worst", "common_sum", "common_worst", "last_last", "first_first", "last_first",
    "initials_min", "initials_max", "initials_matched", "initials_against", "patronymics_matched",
    "patronymics_against", "patronymics", "genders_against", "families_against", "families_one", "in_order", "joined",
    "sorted", "consonants", "letters_min", "letters_ratio", "vowelless", "syllabic", "foreign",
    "weak_shared", "weak_different", "inverted", "unmatched_near",
)  # fmt: skip
COLUMN = {name: number for number, name in enumerate(FEATURES)}

Columns = dict[str, Any]
"""Arrays with a value a pair, by feature."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of names, places of names in `facts`, with what was matched; `free` are the words that were not."""

    facts: Facts
    found: Alignment
    matched: Any
    left: Ints
    right: Ints
    free_a: Ints
    free_b: Ints


def features(lexicon: Lexicon, common: Floats, facts: Facts, found: Alignment, left: Ints, right: Ints) -> Floats:
    """A row a pair, with a column each of `FEATURES`; the same for (a, b) and (b, a).

    `common` says of each unit of the lexicon how common a word of names it is (logarithm of a count).
    """
    covered_a, covered_b = (np.bitwise_or.reduce(bits, axis=1) for bits in (found.left_bits, found.right_bits))
    free_a, free_b = facts.words[left] & ~covered_a, facts.words[right] & ~covered_b
    free_a, free_b, agree, against = match_initials(facts, left, right, free_a, free_b)
    pairs = _Pairs(facts, found, found.left >= 0, left, right, free_a, free_b)
    out = {
        "initials_matched": agree,
        "initials_against": against,
        **_of_words(pairs),
        **_of_letters(pairs, lexicon, common),
        **_of_places(pairs),
        **_of_surnames(pairs),
        **_of_spelling(pairs),
        **_of_writing(pairs),
    }
    result = np.empty((len(left), len(FEATURES)))
    for name, column in COLUMN.items():
        result[:, column] = out[name]
    return result


def _of_words(pairs: _Pairs) -> Columns:
    """How many words there are, how many are matched and left."""
    facts, left, right, a, b = pairs.facts, pairs.left, pairs.right, pairs.free_a, pairs.free_b
    return {
        **_spread("words", np.bitwise_count(facts.words[left]), np.bitwise_count(facts.words[right])),
        **_spread("unmatched", np.bitwise_count(a), np.bitwise_count(b)),
        **_spread("letters_unmatched", _sum(facts.letters[left], a), _sum(facts.letters[right], b)),
        **_spread("initials", np.bitwise_count(facts.initials[left]), np.bitwise_count(facts.initials[right])),
        "matched": pairs.matched.sum(axis=1),
        "unmatched_near": _near(facts, left, right, a, b),
    }


def _of_letters(pairs: _Pairs, lexicon: Lexicon, common: Floats) -> Columns:
    """How probable the edits are, and how rare the words that are matched."""
    matched, found = pairs.matched, pairs.found
    a, b, score, cost = found.left, found.right, found.score, found.cost
    rarity = np.where(matched, -(lexicon.chance[a] + lexicon.chance[b]) / 2, 0.0)
    letters = np.where(matched, (lexicon.lengths[a] + lexicon.lengths[b] - 4) / 2, 0.0)
    often = np.where(matched, np.maximum(common[a], common[b]), 0.0)
    cost_sum = cost.sum(axis=1)
    return {
        "score_sum": score.sum(axis=1),
        "score_best": np.where(matched, score, 0).max(axis=1),
        "score_worst": np.where(matched, score, 99).min(axis=1),
        "cost_sum": cost_sum,
        "cost_worst": np.where(matched, cost, 0).max(axis=1),
        "cost_per_letter": cost_sum / np.maximum(letters.sum(axis=1), 1),
        "chance_sum": rarity.sum(axis=1),
        "chance_worst": np.where(matched, rarity, 99).min(axis=1),
        "common_sum": often.sum(axis=1),
        "common_worst": np.where(matched, often, 99).min(axis=1),
    }


def _of_places(pairs: _Pairs) -> Columns:
    """Whether first and last words are matched with each other, and in which order."""
    facts, score, bits_a, bits_b = pairs.facts, pairs.found.score, pairs.found.left_bits, pairs.found.right_bits
    last_a = (bits_a & facts.last[pairs.left][:, None]) != 0
    last_b = (bits_b & facts.last[pairs.right][:, None]) != 0
    first_a, first_b = (bits_a & 1) != 0, (bits_b & 1) != 0
    forward = (bits_a[:, 0] - bits_a[:, 1]) * (bits_b[:, 0] - bits_b[:, 1])
    return {
        "last_last": (score * (last_a & last_b)).max(axis=1),
        "first_first": (score * (first_a & first_b)).max(axis=1),
        "last_first": (score * ((last_a & first_b) | (first_a & last_b))).max(axis=1),
        "in_order": np.where(pairs.matched[:, 1], np.sign(forward), 0),
    }


def _of_surnames(pairs: _Pairs) -> Columns:
    """Patronymics, surnames of men and women, endings that make surnames."""
    facts, found, matched, left, right = pairs.facts, pairs.found, pairs.matched, pairs.left, pairs.right
    pat_a, pat_b = facts.patronymics[left], facts.patronymics[right]
    both = (pat_a != 0) & (pat_b != 0)
    together = (((found.left_bits & pat_a[:, None]) != 0) & ((found.right_bits & pat_b[:, None]) != 0)).any(axis=1)
    man, woman = (
        _of_match(facts.genders[names], bits) for names, bits in ((left, found.left_bits), (right, found.right_bits))
    )
    mine, other = (
        _of_match(facts.families[names], bits) for names, bits in ((left, found.left_bits), (right, found.right_bits))
    )
    parted = (matched & (mine != other) & (mine > 0) & (other > 0)).sum(axis=1)
    return {
        "patronymics": (pat_a != 0).astype(np.int64) + (pat_b != 0),
        "patronymics_matched": both & together,
        "patronymics_against": both & ~together,
        "genders_against": (matched & (man * woman == 2)).any(axis=1),
        "families_against": parted + _free_families(facts, left, right, pairs.free_a, pairs.free_b),
        "families_one": (matched & ((mine > 0) != (other > 0))).sum(axis=1),
    }


def _of_spelling(pairs: _Pairs) -> Columns:
    """How like all words together are spelled."""
    facts, left, right = pairs.facts, pairs.left, pairs.right
    a, b = facts.letters[left].sum(axis=1), facts.letters[right].sum(axis=1)
    return {
        "sorted": _cpdist(facts.sorted, left, right, Levenshtein.normalized_similarity),
        "consonants": _cpdist(facts.consonants, left, right, Levenshtein.normalized_similarity),
        "joined": _cpdist(facts.joined, left, right, Levenshtein.normalized_similarity),
        "letters_min": np.minimum(a, b),
        "letters_ratio": np.minimum(a, b) / np.maximum(np.maximum(a, b), 1),
    }


def _of_writing(pairs: _Pairs) -> Columns:
    """Scripts, weak words, and whether a surname was written first with a comma."""
    facts, left, right = pairs.facts, pairs.left, pairs.right
    scripts = facts.script[left], facts.script[right]
    some = np.array([bool(weak) for weak in facts.weak], dtype=np.bool_)
    shared, different = np.zeros(len(left), dtype=np.int64), np.zeros(len(left), dtype=np.int64)
    for row in np.nonzero(some[left] | some[right])[0].tolist():
        one, other = facts.weak[left[row]], facts.weak[right[row]]
        shared[row], different[row] = len(one & other), len(one ^ other)
    return {
        "vowelless": sum((script == VOWELLESS).astype(np.int64) for script in scripts),
        "syllabic": sum((script == SYLLABIC).astype(np.int64) for script in scripts),
        "foreign": sum((script != LATIN).astype(np.int64) for script in scripts),
        "weak_shared": shared,
        "weak_different": different,
        "inverted": facts.inverted[left].astype(np.int64) + facts.inverted[right],
    }


def _spread(name: str, a: Any, b: Any) -> Columns:
    return {f"{name}_min": np.minimum(a, b), f"{name}_max": np.maximum(a, b)}


def _sum(columns: Ints, mask: Ints) -> Ints:
    bits = (mask[:, None] >> np.arange(MOST_WORDS)) & 1
    return np.asarray((columns * bits).sum(axis=1))


def _of_match(columns: Ints, bits: Ints) -> Ints:
    """For each match the value of the last word that it covers."""
    place = np.zeros_like(bits)
    for column in range(1, MOST_WORDS):
        place[(bits >> column) > 0] = column
    return np.asarray(np.take_along_axis(columns, place, axis=1) * (bits > 0))


def _cpdist(texts: Sequence[str], left: Ints, right: Ints, scorer: Any) -> Floats:
    a, b = [texts[i] for i in left.tolist()], [texts[i] for i in right.tolist()]
    return np.asarray(process.cpdist(a, b, scorer=scorer, dtype=np.float32), dtype=np.float64)


def _free_families(facts: Facts, left: Ints, right: Ints, free_a: Ints, free_b: Ints) -> Ints:
    """Whether the first words that each name has left have endings of two families."""
    mine = _of_match(facts.families[left], (free_a & -free_a)[:, None])[:, 0]
    other = _of_match(facts.families[right], (free_b & -free_b)[:, None])[:, 0]
    return np.asarray((mine != other) & (mine > 0) & (other > 0), dtype=np.int64)


def _near(facts: Facts, left: Ints, right: Ints, free_a: Ints, free_b: Ints) -> Floats:
    """How like the first words are that each name has left; -1 where one has none."""
    result = np.full(len(left), -1.0)
    rows = np.nonzero((free_a != 0) & (free_b != 0))[0]
    if len(rows):
        first_a = [facts.main[left[r]][(int(free_a[r]) & -int(free_a[r])).bit_length() - 1] for r in rows]
        first_b = [facts.main[right[r]][(int(free_b[r]) & -int(free_b[r])).bit_length() - 1] for r in rows]
        result[rows] = process.cpdist(first_a, first_b, scorer=JaroWinkler.normalized_similarity, dtype=np.float32)
    return result
