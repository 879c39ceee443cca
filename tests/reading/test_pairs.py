"""Buckets of distances."""

from __future__ import annotations

import numpy as np

from pipeline.reading.pairs import BUCKETS, EDGES, distances


def test_before_and_behind_are_told_apart_and_far_is_one_bucket() -> None:
    last, far = len(EDGES), EDGES[-1]
    found = distances(np.array([0]), np.array([-far - 99, -far - 1, -far, -2, -1, 0, 1, 2, far, far + 1, far + 99]))
    assert found.tolist() == [
        [last, last, last - 1, 1, 0, 0, last + 1, last + 2, 2 * last, 2 * last + 1, 2 * last + 1]
    ]  # fmt: skip


def test_every_bucket_has_a_number() -> None:
    words = np.arange(0, EDGES[-1] + 2)
    found = distances(words, words)
    assert sorted(set(found.flatten().tolist())) == list(range(BUCKETS))
    assert found.shape == (len(words), len(words))


def test_no_spans() -> None:
    assert distances(np.array([], dtype=np.int64), np.array([1, 2])).shape == (0, 2)
