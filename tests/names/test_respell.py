"""Spellings by the learned edits of letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.model import load
from pipeline.names.respell import respell, usual


def spellings(word: str, *, most: int = 100) -> list[str]:
    return [spelling for spelling, _ in respell(load().edits, word, most=most)]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("aliyev", "aliev"),
        ("bayramov", "bairamov"),
        ("khalilzad", "halilzad"),
        ("qasim", "kasim"),
        ("sergey", "sergei"),
        ("orxan", "orkhan"),
        ("guliyev", "guliev"),
        ("jeyhun", "ceyhun"),
    ],
)
def test_spellings_that_romanisations_exchange(word: str, other: str) -> None:
    assert other in spellings(word)


def test_the_likeliest_come_first() -> None:
    weights = [weight for _, weight in respell(load().edits, "bayramov", most=20)]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) == 20
    assert spellings("bayramov", most=3) == spellings("bayramov")[:3]


def test_letters_that_do_not_follow_each_other_are_unusual() -> None:
    likely, unlikely = usual(load().edits, ["sergey", "srgy"])
    assert likely > unlikely
    assert spellings("sergey").index("sergei") < [*spellings("sergey"), "srgey"].index("srgey")


@given(st.text("abdeghijkmsvyz", min_size=1, max_size=20))
def test_other_words_in_plain_letters(word: str) -> None:
    found = spellings(word, most=5)
    assert word not in found
    assert len(set(found)) == len(found) <= 5
    assert all("a" <= letter <= "z" for spelling in found for letter in spelling)
