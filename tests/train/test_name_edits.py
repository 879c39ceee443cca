"""Learning of letter edits."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.names.edits import EDGE, EditModel, encode, likelihood, ready
from pipeline.train.name_edits import Pair, first_guess, learn, learn_chance

WORDS = ["jeyhun", "javid", "jamil", "aliyev", "guliyev", "khalil", "rashad"]
PAIRS: list[Pair] = [
    (word, word.replace("j", "c").replace("kh", "x"))
    for word in ("jeyhun", "javid", "jamil", "khalil", "jalal", "khasan", "khan", "jon")
] * 5


def code(letter: str) -> int:
    return ord(letter) - ord("a")


def logarithm(model: EditModel, a: str, b: str) -> float:
    left, right = encode([a]), encode([b])
    return float(likelihood(ready(model), *left, *right)[0])


@pytest.fixture(scope="module")
def learned() -> EditModel:
    return learn(PAIRS, WORDS)


def mass(model: EditModel) -> float:
    tables = (model.one_one, model.one_none, model.none_one, model.two_one, model.one_two)
    return sum(float(table.sum()) for table in tables)


def test_probabilities_sum_to_one(learned: EditModel) -> None:
    assert mass(first_guess(learned.chance)) == pytest.approx(1)
    assert mass(learned) == pytest.approx(1)


def test_edits_that_were_seen_become_likely(learned: EditModel) -> None:
    guess = first_guess(learned.chance)
    j, c, k, h, x = map(code, "jckhx")
    assert learned.one_one[j, c] > 10 * guess.one_one[j, c]
    assert learned.two_one[k, h, x] > 10 * guess.two_one[k, h, x]
    assert learned.one_one[j, c] > 10 * learned.one_one[j, code("m")]
    assert logarithm(learned, "jafar", "cafar") > logarithm(guess, "jafar", "cafar")


def test_both_directions_are_learned(learned: EditModel) -> None:
    assert learned.one_one == pytest.approx(learned.one_one.T)
    assert learned.one_none == pytest.approx(learned.none_one)
    assert learned.two_one == pytest.approx(learned.one_two.transpose(1, 2, 0))


def test_the_pairs_become_likelier_than_by_the_first_guess(learned: EditModel) -> None:
    guess = first_guess(learned.chance)
    before, after = (sum(logarithm(model, a, b) for a, b in PAIRS) for model in (guess, learned))
    assert after > before


def test_chance_knows_letters_that_follow_each_other() -> None:
    chance = learn_chance(WORDS)
    assert np.exp(chance).sum(axis=1) == pytest.approx(np.ones(len(chance)))
    assert chance[EDGE, code("j")] > chance[EDGE, code("v")]
    assert chance[code("e"), code("v")] > chance[code("e"), code("j")]
