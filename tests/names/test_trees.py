"""Boosted trees as arrays."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.names.trees import Trees


def test_rows_at_most_the_threshold_go_left() -> None:
    trees = Trees(
        feature=np.array([[1, 0, 0]], dtype=np.int16),
        threshold=np.array([[0.5, np.inf, np.inf]]),
        left=np.array([[1, 1, 2]], dtype=np.int16),
        value=np.array([[0.0, -1.0, 2.0]]),
        start=0.25,
        depth=1,
    )
    rows = np.array([[9.0, 0.5], [-9.0, 0.6], [0.0, -1.0]])
    assert trees.log_odds(rows).tolist() == pytest.approx([-0.75, 2.25, -0.75])
    assert trees.log_odds(rows[:0]).tolist() == []


def test_trees_add_up_and_leaves_stay_where_they_are() -> None:
    trees = Trees(
        feature=np.zeros((2, 3), dtype=np.int16),
        threshold=np.array([[0.0, np.inf, np.inf], [np.inf, np.inf, np.inf]]),
        left=np.array([[1, 1, 2], [0, 0, 0]], dtype=np.int16),
        value=np.array([[0.0, 1.0, 2.0], [0.5, 0.0, 0.0]]),
        start=0.0,
        depth=4,
    )
    assert trees.log_odds(np.array([[-1.0], [1.0]])).tolist() == pytest.approx([1.5, 2.5])
