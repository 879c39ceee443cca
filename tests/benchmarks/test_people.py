"""Persons found by two systems, counted alike."""

from __future__ import annotations

import pytest

from benchmarks.people import named, row, tally


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("They saw President Ana Lopez there.", "President Ana Lopez", "Ana Lopez"),
        ("They saw Ana Lopez's house.", "Ana Lopez's", "Ana Lopez"),
        ("They saw Mr. Lopez.", "Mr. Lopez", "Lopez"),
        ("They saw the minister.", "the minister", None),
    ],
)
def test_titles_are_cut_off(text: str, mention: str, name: str | None) -> None:
    start = text.index(mention)
    found = named(text, [(start, start + len(mention))])
    assert [text[a:b] for a, b in found] == ([] if name is None else [name])


def test_what_is_counted() -> None:
    count = tally([{(0, 3), (5, 9)}, {(1, 2)}], [{(0, 3)}, {(4, 6)}])
    assert count == {"right": 1, "found": 2, "wanted": 3}
    assert "P 0.500  R 0.333  F1 0.400" in row("x", count)
