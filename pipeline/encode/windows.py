"""Windows: the parts of an article that the encoder reads at once, cut between paragraphs where it can be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

MARKS = 2
"""Pieces of a window that are no words: one before them and one after them."""


def cut(sizes: Sequence[int], breaks: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Half-open ranges of words that cover all of them, each of at most `limit` pieces, marks included.

    `sizes` are the pieces of each word, `breaks` the first words of paragraphs and sentences, the better ones
    to cut at being negative (-1 - word). As few windows as possible are made, about equally long; a stretch without
    breaks that is too long is cut where it is full. Raises `ValueError` for a limit that a word does not fit in.
    """
    room = limit - MARKS
    if any(size > room for size in sizes):
        raise ValueError(f"a word has more than {room} pieces")
    total = [0]
    for size in sizes:
        total.append(total[-1] + size)
    good = sorted({-1 - b for b in breaks if b < 0} | {0, len(sizes)})
    any_break = sorted({b if b >= 0 else -1 - b for b in breaks} | {0, len(sizes)})
    stretches = [part for start, end in pairwise(good) for part in _fitting(start, end, any_break, total, room)]
    return _packed(stretches, total, room)


def _fitting(start: int, end: int, breaks: Sequence[int], total: Sequence[int], room: int) -> list[tuple[int, int]]:
    """A stretch in parts that have room, cut at breaks where there are any."""
    parts = []
    while total[end] - total[start] > room:
        inside = [b for b in breaks if start < b < end and total[b] - total[start] <= room]
        at = inside[-1] if inside else max(i for i in range(start + 1, end) if total[i] - total[start] <= room)
        parts.append((start, at))
        start = at
    return [*parts, (start, end)] if start < end else parts


def _packed(stretches: Sequence[tuple[int, int]], total: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Neighbouring stretches joined to windows of about equal length."""
    if not stretches:
        return []
    whole = total[stretches[-1][1]] - total[stretches[0][0]]
    fair = whole / -(-whole // room) if whole else room
    windows = [stretches[0]]
    for start, end in stretches[1:]:
        first = windows[-1][0]
        length, longer = total[start] - total[first], total[end] - total[first]
        if longer <= room and longer - fair <= fair - length:
            windows[-1] = (first, end)
        else:
            windows.append((start, end))
    return windows
