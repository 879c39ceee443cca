"""Windows cover an article, keep their limit, and are as few as whole paragraphs allow."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.encode.windows import MARKS, cut, paragraphs_of

WORDS = st.lists(st.tuples(st.sampled_from(["a", "b", ".", "?", "\n\n", " "]), st.integers(1, 4)), max_size=60)
LIMITS = st.integers(4 + MARKS, 40)


def fewest(sizes: list[int], room: int) -> tuple[int, int]:
    """How few groups of neighbours fit in the room, and how small the largest of so few can be; by trying all."""
    best = [(0, 0)]
    for end in range(1, len(sizes) + 1):
        found = [
            (best[start][0] + 1, max(best[start][1], sum(sizes[start:end])))
            for start in range(end)
            if sum(sizes[start:end]) <= room
        ]
        best.append(min(found))
    return best[-1]


@given(WORDS, LIMITS)
def test_windows_cover_all_words_and_keep_the_limit(article: list[tuple[str, int]], limit: int) -> None:
    words, sizes = [word for word, _ in article], [size for _, size in article]
    windows = cut(words, sizes, limit)
    assert [n for start, end in windows for n in range(start, end)] == list(range(len(words)))
    assert all(start < end and sum(sizes[start:end]) + MARKS <= limit for start, end in windows)


@given(WORDS, LIMITS)
def test_a_paragraph_that_fits_is_whole(article: list[tuple[str, int]], limit: int) -> None:
    words, sizes = [word for word, _ in article], [size for _, size in article]
    inner = {start for start, _ in cut(words, sizes, limit)} - {0}
    for start, end in pairwise([0, *paragraphs_of(words), len(words)]):
        if sum(sizes[start:end]) + MARKS <= limit:
            assert inner.isdisjoint(range(start + 1, end))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=14), st.integers(9, 30))
def test_windows_are_as_few_as_can_be_and_their_longest_as_short(paragraphs: list[int], room: int) -> None:
    words = [word for size in paragraphs for word in (*["a"] * (size - 1), "\n")]
    windows = cut(words, [1] * len(words), room + MARKS)
    assert (len(windows), max(end - start for start, end in windows)) == fewest(paragraphs, room)


def test_a_long_paragraph_is_cut_after_its_last_full_stop_in_reach() -> None:
    for text, windows in {
        "a . b b . c c c c . d": [(0, 5), (5, 11)],
        "a . b ? c ! d .": [(0, 6), (6, 8)],
    }.items():
        words = text.split()
        assert cut(words, [1] * len(words), 6 + MARKS) == windows


def test_a_long_sentence_is_cut_where_the_window_is_full() -> None:
    assert cut(["a"] * 7, [2] * 7, 6 + MARKS) == [(0, 3), (3, 6), (6, 7)]


def test_the_rest_of_a_long_paragraph_joins_the_next_one() -> None:
    words = [*["a"] * 8, "\n", "b", "b"]
    assert cut(words, [1] * len(words), 6 + MARKS) == [(0, 6), (6, 11)]


def test_a_word_that_no_window_holds() -> None:
    with pytest.raises(ValueError, match="more than 3 pieces"):
        cut(["a"], [4], 3 + MARKS)


def test_paragraphs_begin_after_line_breaks_not_after_blanks() -> None:
    assert paragraphs_of(["a", "\n\n", "b", " ", "c", "\n", "d"]) == [2, 6]
    assert paragraphs_of([]) == []
