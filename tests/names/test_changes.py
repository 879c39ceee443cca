"""Which letters differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.changes import changes


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Rəfiyev", "Rafiyev", ["ə→a"]),
        ("Yalçın", "Yalchin", ["ç→ch", "ı→i"]),
        ("Ceyhun", "Jeyhun", ["c→j"]),
        ("Xələf", "Khalaf", ["x→kh", "ə→a"]),
        ("Mirziyoyev", "Mirziyoev", ["-y"]),
        ("Mirziyoev", "Mirziyoyev", ["+y"]),
        ("Zhomart", "Jomart", ["zh→j"]),
        ("Ivanoff", "Ivanov", ["ff→v"]),
        ("İLHAM", "ilham", []),
        ("Зеленский", "Зеленський", ["с→сь"]),
    ],
)
def test_changes(a: str, b: str, expected: list[str]) -> None:
    assert list(changes(a, b)) == expected


@given(st.text("abcçəsh"), st.text("abcçəsh"))
def test_nothing_changes_only_where_nothing_differs(a: str, b: str) -> None:
    assert (changes(a, b) == ()) == (a == b)
