"""Tags to spans: the best sequence of none / begin / inside tags (Viterbi); no inside stands without its beginning."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

NEVER = -1e9
SURE = 8.0
"""How much more no tag must score than any other for a word to be surely outside."""


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
    path = _best_path(scores, steps) if steps is not None else _repaired(scores, scores.argmax(axis=1))
    chances = np.zeros(words, dtype=np.float32)
    marked = np.flatnonzero(path)
    top = scores[marked].max(axis=1, keepdims=True)
    parts = np.exp(scores[marked] - top)
    chances[marked] = parts[np.arange(len(marked)), path[marked]] / parts.sum(axis=1)
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


def _repaired(scores: Floats, path: NDArray[np.int64]) -> NDArray[np.int64]:
    """The path with its stretches that are not valid made the best that are; words that are none by far part them."""
    loose = _loose(path)
    if not len(loose):
        return path
    none = np.flatnonzero(scores[:, 0] - scores[:, 1:].max(axis=1) > SURE)
    edges = np.array([0, *(none + 1), len(path)])
    for after in np.unique(np.searchsorted(edges, loose, side="right")):
        start, end = edges[after - 1], edges[after]
        path[start:end] = _best_path(scores[start:end], None)
    return path


def _loose(path: NDArray[np.int64]) -> NDArray[np.intp]:
    """The words tagged inside without the beginning or inside of their label before them.

    A path that has none is the best sequence, as each of its tags is the best one.
    """
    before = np.concatenate([[0], path[:-1]])
    return np.flatnonzero((path > 0) & (path % 2 == 0) & (before != path) & (before != path - 1))


def _best_path(scores: Floats, steps: Floats | None) -> NDArray[np.int64]:
    """The likeliest tags in which no inside stands without its beginning."""
    words, tags = scores.shape
    never = np.where(impossible(tags), np.float32(NEVER), np.float32(0))
    worth = never[1:] if steps is None else never[1:] + steps
    best = scores[0] + never[0]
    back = np.zeros((words, tags), dtype=np.int64)
    for n in range(1, words):
        total = best[:, None] + worth
        back[n] = total.argmax(axis=0)
        best = total[back[n], np.arange(tags)] + scores[n]
    path = np.empty(words, dtype=np.int64)
    path[-1] = best.argmax()
    for n in range(words - 1, 0, -1):
        path[n - 1] = back[n, path[n]]
    return path
