"""Windows: the parts of an article that the encoder reads at once, cut between paragraphs where it can be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

MARKS = 2
"""Pieces of a window that are no words: one before them and one after them."""
_STOPS = frozenset(".!?")

Range = tuple[int, int]
"""Half-open range of words."""


def paragraphs_of(words: Sequence[str]) -> list[int]:
    """The first words of all paragraphs but the first."""
    return [n for n in range(1, len(words)) if words[n - 1].isspace() and "\n" in words[n - 1]]


def cut(words: Sequence[str], sizes: Sequence[int], limit: int) -> list[Range]:
    """Ranges of words that cover all of them, each of at most `limit` pieces, marks included.

    `sizes` are the pieces of each word. Paragraphs stay whole; one that is too long is cut after the last full stop,
    question or exclamation mark that leaves it short enough, one without these where it is full. Of these parts as few
    windows as possible are made, the longest of them as short as can be. Raises `ValueError` for a limit that a word
    does not fit in.
    """
    room = limit - MARKS
    if any(size > room for size in sizes):
        raise ValueError(f"a word has more than {room} pieces")
    total = [0]
    for size in sizes:
        total.append(total[-1] + size)
    stops = [n for n in range(1, len(words)) if words[n - 1] in _STOPS]
    bounds = [0, *paragraphs_of(words), len(words)]
    parts = [part for start, end in pairwise(bounds) for part in _fitting(start, end, stops, total, room)]
    fewest = len(_packed(parts, total, room))
    return _packed(
        parts, total, bisect_left(range(room), True, key=lambda size: len(_packed(parts, total, size)) <= fewest)
    )


def _fitting(start: int, end: int, stops: Sequence[int], total: Sequence[int], room: int) -> list[Range]:
    """A paragraph in parts that have room."""
    parts = []
    while total[end] - total[start] > room:
        inside = [n for n in stops if start < n < end and total[n] - total[start] <= room]
        at = inside[-1] if inside else max(n for n in range(start + 1, end) if total[n] - total[start] <= room)
        parts.append((start, at))
        start = at
    return [*parts, (start, end)] if start < end else parts


def _packed(parts: Sequence[Range], total: Sequence[int], room: int) -> list[Range]:
    """Neighbouring parts joined while there is room; a part that is longer stays as it is."""
    windows: list[Range] = []
    for start, end in parts:
        if windows and total[end] - total[windows[-1][0]] <= room:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows
