"""How far apart two spans are, in the buckets that pair scores have a bias for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EDGES = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377)
"""Words between two spans, at which a bucket ends (Fibonacci numbers)."""
BUCKETS = 2 * (len(EDGES) + 1)


def distances(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Buckets of the distances between the first words of spans, n and m to n x m; before and behind are told apart."""
    gap = right[None, :] - left[:, None]
    bucket: NDArray[np.int64] = np.searchsorted(np.array(EDGES), np.abs(gap), side="left").astype(np.int64)
    return bucket + (gap > 0) * (len(EDGES) + 1)
