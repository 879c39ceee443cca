"""The model of letter edits."""

from __future__ import annotations

import functools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.edits import EDGE, LONGEST, EditModel, chance, encode, likelihood, ready
from pipeline.names.model import load
from pipeline.train.name_edits import first_guess, learn_chance

WORDS = st.text(st.sampled_from("abeghijksvy"), min_size=1, max_size=5)


@functools.cache
def model() -> EditModel:
    return first_guess(learn_chance(["aliyev", "bayramov", "mammadov", "ilham"]))


def logarithm(a: str, b: str, *, edits: EditModel | None = None) -> float:
    left, left_lengths = encode([a])
    right, right_lengths = encode([b])
    return float(likelihood(edits or ready(model()), left, left_lengths, right, right_lengths)[0])


def brute(edits: EditModel, x: tuple[int, ...], y: tuple[int, ...]) -> float:
    """The sum over every way to read two words, written as the definition has it."""
    if not x and not y:
        return 1.0
    total = 0.0
    if x:
        total += edits.one_none[x[0]] * brute(edits, x[1:], y)
    if y:
        total += edits.none_one[y[0]] * brute(edits, x, y[1:])
    if x and y:
        total += edits.one_one[x[0], y[0]] * brute(edits, x[1:], y[1:])
    if len(x) > 1 and y:
        total += edits.two_one[x[0], x[1], y[0]] * brute(edits, x[2:], y[1:])
    if x and len(y) > 1:
        total += edits.one_two[x[0], y[0], y[1]] * brute(edits, x[1:], y[2:])
    return float(total)


def symbols(word: str) -> tuple[int, ...]:
    return (EDGE, *(ord(letter) - ord("a") for letter in word), EDGE)


@given(st.text(st.sampled_from("aky"), max_size=3), st.text(st.sampled_from("aky"), max_size=3))
def test_likelihood_sums_over_all_ways_to_read_two_words(a: str, b: str) -> None:
    assert logarithm(a, b) == pytest.approx(math.log(brute(model(), symbols(a), symbols(b))), abs=1e-4)


@given(WORDS, WORDS)
def test_likelihood_does_not_depend_on_the_order(a: str, b: str) -> None:
    assert logarithm(a, b) == pytest.approx(logarithm(b, a), abs=1e-4)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_a_batch_is_read_like_each_pair_alone(pairs: list[tuple[str, str]]) -> None:
    sides = zip(*pairs, strict=True)
    encoded = [part for side in sides for part in encode(list(side))]
    together = likelihood(ready(model()), *encoded)
    assert together.tolist() == pytest.approx([logarithm(a, b) for a, b in pairs], abs=1e-6)


def test_words_are_read_up_to_a_length() -> None:
    codes, lengths = encode(["a" * (LONGEST + 5), "bk"])
    assert lengths.tolist() == [LONGEST + 2, 4]
    assert codes[0, -1] == EDGE
    assert codes[1, :5].tolist() == [EDGE, 1, 10, EDGE, -1]


def test_chance_is_the_product_over_letter_pairs() -> None:
    codes, lengths = encode(["ab", "abba"])
    pairs = model().chance
    a, b = 0, 1
    assert chance(model(), codes, lengths)[0] == pytest.approx(pairs[EDGE, a] + pairs[a, b] + pairs[b, EDGE])
    assert np.exp(pairs).sum(axis=1) == pytest.approx(np.ones(len(pairs)))


@pytest.mark.parametrize(
    ("word", "likely", "unlikely"),
    [
        ("jeyhun", "ceyhun", "meyhun"),
        ("khalaf", "xalaf", "palaf"),
        ("guliyev", "quliyev", "buliyev"),
        ("aliyev", "aliev", "alimev"),
        ("yalchin", "yalcin", "yaltin"),
        ("sergey", "sergei", "sergel"),
    ],
)
def test_learned_edits_know_romanisations(word: str, likely: str, unlikely: str) -> None:
    edits = load().edits
    assert logarithm(word, likely, edits=edits) > logarithm(word, unlikely, edits=edits) + 2
