"""Tags to spans: the best sequence of none / begin / inside tags (Viterbi); no inside stands without its beginning."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def spans_of(scores: NDArray[np.float32]) -> list[tuple[int, int, int, float]]:
    """The spans of the best tag sequence: first word, word after the last, label, and mean probability of its tags.

    `scores` is words x (1 + 2 * labels): none, then begin and inside of each label, as unscaled log-probabilities.
    """
    words = len(scores)
    if not words:
        return []
    log = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    path = log.argmax(axis=1)
    if not _is_valid(path):
        path = _best_path(log)
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


def _best_path(log: NDArray[np.float32]) -> NDArray[np.int64]:
    """The likeliest tags in which no inside stands without its beginning."""
    words, tags = log.shape
    sizes = (tags - 1) // 2
    best = np.empty((words, tags), dtype=np.float32)
    back = np.empty((words, tags), dtype=np.int64)
    best[0] = log[0]
    best[0, 2::2] = -1e9
    inside, begin = 2 + 2 * np.arange(sizes), 1 + 2 * np.arange(sizes)
    for n in range(1, words):
        before = best[n - 1]
        top = int(before.argmax())
        best[n] = log[n] + before[top]
        back[n] = top
        from_begin = before[begin] >= before[inside]
        back[n, inside] = np.where(from_begin, begin, inside)
        best[n, inside] = log[n, inside] + np.where(from_begin, before[begin], before[inside])
    path = np.empty(words, dtype=np.int64)
    path[-1] = best[-1].argmax()
    for n in range(words - 1, 0, -1):
        path[n - 1] = back[n, path[n]]
    return path
