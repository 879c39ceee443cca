"""Buckets of distances."""

from __future__ import annotations

import numpy as np

from pipeline.reading.pairs import BUCKETS, EDGES, distances


def test_before_and_behind_are_told_apart_and_far_is_one_bucket() -> None:
    found = distances(np.array([200]), np.array([0, 55, 56, 199, 200, 201, 344, 345, 999]))
    last = len(EDGES)
    assert found.tolist() == [[last, last, last - 1, 0, 0, last + 1, 2 * last, 2 * last + 1, 2 * last + 1]]


def test_every_bucket_has_a_number() -> None:
    found = distances(np.arange(0, 400), np.arange(0, 400))
    assert sorted(set(found.flatten().tolist())) == list(range(BUCKETS))
    assert found.shape == (400, 400)


def test_no_spans() -> None:
    assert distances(np.array([], dtype=np.int64), np.array([1, 2])).shape == (0, 2)
