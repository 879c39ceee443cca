"""Boosted decision trees as plain arrays (Friedman, "Greedy function approximation", 2001)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees side by side, a row each; every node has a column.

    At a node, rows whose `feature` is at most `threshold` go to the node `left`, others to the next to it (`left` + 1);
    a leaf is its own left node with an infinite threshold. `value` is what a leaf adds to the log-odds, `start` what
    there is before the first tree, `depth` how many steps lead to every leaf.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int16]
    value: NDArray[np.float64]
    start: float
    depth: int

    def log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The logarithm of the odds for each row of features."""
        columns = np.ascontiguousarray(rows.T).reshape(-1)
        each = np.arange(len(rows))
        total = np.full(len(rows), self.start)
        for feature, threshold, left, value in zip(self.feature, self.threshold, self.left, self.value, strict=True):
            column = feature.astype(np.intp) * len(rows)
            node = np.zeros(len(rows), dtype=np.intp)
            for _ in range(self.depth):
                node = left.take(node) + (columns.take(column.take(node) + each) > threshold.take(node))
            total += value.take(node)
        return total
