"""Tags to spans: the best sequence of none / begin / inside tags (Viterbi); no inside stands without its beginning."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

NEVER = -1e9


@functools.cache
def impossible(tags: int) -> NDArray[np.bool_]:
    """Which tags cannot stand behind a tag, (1 + tags) x tags; the first row is for the beginning of a text."""
    found = np.zeros((1 + tags, tags), dtype=np.bool_)
    found[:, 2::2] = True
    for inside in range(2, tags, 2):
        found[[inside, 1 + inside], inside] = False
    return found


def spans_of(scores: Floats, steps: Floats | None = None) -> list[tuple[int, int, int, float]]:
    """The spans of the best tag sequence: first word, word after the last, label, and mean probability of its tags.

    `scores` is words x (1 + 2 * labels): none, then begin and inside of each label, as unscaled log-probabilities;
    `steps`, tags x tags, is what a tag is worth behind another, nothing when it is missing.
    """
    words = len(scores)
    if not words:
        return []
    log = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    path = log.argmax(axis=1)
    if steps is not None or not _is_valid(path):
        path = _best_path(log, steps)
    chances = np.exp(log[np.arange(words), path])
    found = []
    n = 0
    while n < words:
        if path[n] == 0:
            n += 1
            continue
        end = n + 1
        while end < words and path[end] == path[n] + 1:
            end += 1
        found.append((n, end, int((path[n] - 1) // 2), float(chances[n:end].mean())))
        n = end
    return found


def _is_valid(path: NDArray[np.int64]) -> bool:
    """Whether every inside stands behind the beginning or inside of its label: then no other sequence is better."""
    inside = (path > 0) & (path % 2 == 0)
    before = np.concatenate([[0], path[:-1]])
    return bool(((before == path) | (before == path - 1) | ~inside).all())


def _best_path(log: Floats, steps: Floats | None) -> NDArray[np.int64]:
    """The likeliest tags in which no inside stands without its beginning."""
    words, tags = log.shape
    never = np.where(impossible(tags), np.float32(NEVER), np.float32(0))
    worth = never[1:] if steps is None else never[1:] + steps
    best = log[0] + never[0]
    back = np.zeros((words, tags), dtype=np.int64)
    for n in range(1, words):
        total = best[:, None] + worth
        back[n] = total.argmax(axis=0)
        best = total[back[n], np.arange(tags)] + log[n]
    path = np.empty(words, dtype=np.int64)
    path[-1] = best.argmax()
    for n in range(words - 1, 0, -1):
        path[n - 1] = back[n, path[n]]
    return path
