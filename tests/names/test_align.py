"""Which words of two names belong together."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.align import LEAST, align, lexicon_of
from pipeline.names.edits import itself, likelihood
from pipeline.names.model import load
from pipeline.names.parse import parse_name
from pipeline.names.units import units_of
from tests.names.comparing import NAMES, compared, matched


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Ceyhun Bayramov", "Bayramov Jeyhun", {"ceyhun": "jeyhun", "bayramov": "bayramov"}),
        ("Abdullatif Alzayani", "Abdullatif Al Zayani", {"abdullatif": "abdullatif", "alzayani": "alzayani"}),
        ("Rashid Jung Eun", "Rashid Jungeun", {"rashid": "rashid", "jungeun": "jungeun"}),
        ("Heydar Aliyev", "Ilham Aliyev", {"aliyev": "aliyev"}),
        ("Gary Chan", "Gary Chan", {"gary": "gary", "chan": "chan"}),
        ("Peter", "Olga", {}),
    ],
)
def test_matches(a: str, b: str, expected: dict[str, str]) -> None:
    assert matched(a, b) == expected
    assert matched(b, a) == {other: one for one, other in expected.items()}


@given(NAMES, NAMES)
def test_no_word_is_matched_twice_and_the_best_come_first(a: str, b: str) -> None:
    found = compared(a, b).alignment
    for bits in (found.left_bits[0], found.right_bits[0]):
        assert int(bits.sum()) == int(np.bitwise_or.reduce(bits))
    many = int((found.left[0] >= 0).sum())
    assert (found.left[0, many:] == -1).all()
    scores = found.score[0, :many]
    assert (scores > LEAST).all()
    assert (np.diff(scores) <= 0).all()


@given(st.lists(NAMES, min_size=2, max_size=5, unique=True))
def test_a_batch_is_aligned_like_each_pair_alone(texts: list[str]) -> None:
    edits = load().edits
    lexicon, table = lexicon_of(edits, [units_of(parse_name(text)) for text in texts])
    left, right = np.arange(len(texts) - 1), np.arange(1, len(texts))
    together = align(edits, lexicon, table, left, right)
    for row, (a, b) in enumerate(itertools.pairwise(texts)):
        alone = compared(a, b).alignment
        assert together.left_bits[row].tolist() == alone.left_bits[0].tolist()
        assert together.right_bits[row].tolist() == alone.right_bits[0].tolist()
        assert together.score[row].tolist() == pytest.approx(alone.score[0].tolist(), abs=1e-4)


def test_score_and_cost_are_logarithms_of_likelihoods() -> None:
    found = compared("Jeyhun", "Ceyhun")
    lexicon, edits = found.lexicon, load().edits
    [i], [j] = (side[0, :1].tolist() for side in (found.alignment.left, found.alignment.right))
    codes, lengths = lexicon.codes, lexicon.lengths
    joint = likelihood(edits, codes[[i]], lengths[[i]], codes[[j]], lengths[[j]])[0]
    own = itself(edits, codes[[i, j]], lengths[[i, j]])
    assert found.alignment.score[0, 0] == pytest.approx(joint - lexicon.chance[i] - lexicon.chance[j])
    assert found.alignment.cost[0, 0] == pytest.approx(own.mean() - joint)
