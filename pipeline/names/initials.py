"""Initials: "A." may be "Abbas", but not "Hassan"."""

from __future__ import annotations

import numpy as np

from pipeline.names.edits import Ints
from pipeline.names.facts import Facts
from pipeline.names.units import MOST_WORDS


def match_initials(facts: Facts, left: Ints, right: Ints, free_a: Ints, free_b: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Initials against words and initials that are left, for pairs of names by their places in `facts`.

    Takes the words that are still free as bit masks; gives what stays free of them, and for each pair how many initials
    fit and how many do not though there is something left for them.
    """
    agree, against = np.zeros(len(left), dtype=np.int64), np.zeros(len(left), dtype=np.int64)
    some = np.nonzero((facts.initials[left] | facts.initials[right]) != 0)[0]
    if len(some) == 0:
        return free_a, free_b, agree, against
    free_a, free_b = free_a.copy(), free_b.copy()
    rows_a, rows_b = left[some], right[some]
    open_a, open_b = facts.initials[rows_a].copy(), facts.initials[rows_b].copy()
    left_a, left_b = free_a[some], free_b[some]
    sounds_a, sounds_b = facts.sounds[rows_a], facts.sounds[rows_b]
    said = np.zeros(len(some), dtype=np.int64)
    for i in range(MOST_WORDS):
        for j in range(MOST_WORDS):
            a, b = 1 << i, 1 << j
            alike = (sounds_a[:, i] & sounds_b[:, j]) != 0
            there_a, there_b = ((open_a | left_a) & a) != 0, ((open_b | left_b) & b) != 0
            one = ((open_a & a) != 0) | ((open_b & b) != 0)
            hit = alike & there_a & there_b & one
            open_a[hit] &= ~a
            left_a[hit] &= ~a
            open_b[hit] &= ~b
            left_b[hit] &= ~b
            said += hit
    agree[some] = said
    free_a[some], free_b[some] = left_a, left_b
    lost_a = np.minimum(np.bitwise_count(open_a), np.bitwise_count(open_b | left_b))
    lost_b = np.minimum(np.bitwise_count(open_b), np.bitwise_count(open_a | left_a))
    against[some] = np.maximum(lost_a, lost_b)
    return free_a, free_b, agree, against
