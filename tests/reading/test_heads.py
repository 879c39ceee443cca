"""The heads of a model in NumPy, against the sums written out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ModelError
from pipeline.reading.heads import Heads, read_heads
from pipeline.reading.labels import read_labels
from pipeline.reading.pairs import distances
from tests.encoders import TINY

LABELS = read_labels(TINY / "labels.json")
RNG = np.random.default_rng(7)


def some(*shape: int) -> np.ndarray:
    return RNG.normal(size=shape).astype(np.float32)


@pytest.fixture(scope="module")
def heads() -> Heads:
    return read_heads(TINY / "heads.npz", LABELS)


def test_a_kind_scores_with_its_type(heads: Heads) -> None:
    spans = some(3, 8)
    types, own = heads.linear("category", spans), heads.linear("kind", spans)
    for k, kind in enumerate(LABELS.kinds):
        column = LABELS.types().index(kind.split("/")[0])
        assert heads.kinds(spans)[:, k] == pytest.approx(types[:, column] + own[:, k], abs=1e-5)


def test_a_pair_scores_by_its_spans_its_label_and_its_distance(heads: Heads) -> None:
    left, right, labels = some(2, 8), some(3, 8), np.array([0, 5, 5])
    gap = distances(np.array([4, 9]), np.array([0, 5, 60]))
    found = heads.pairs("role", left, right, labels, gap)
    assert found.shape == (2, 3, len(LABELS.roles))
    a, b = heads.linear("role.left", left), heads.linear("role.right", right)
    c, d = heads.linear("role.left_sum", left), heads.linear("role.right_sum", right)
    for n in range(2):
        for m in range(3):
            for role in range(len(LABELS.roles)):
                keys = slice(4 * role, 4 * role + 4)
                score = a[n, keys] @ b[m, keys] / 2
                score += heads.weights["role.by_label"][labels[m], role]
                score += heads.weights["role.by_distance"][gap[n, m], role]
                together = c[n, keys] + d[m, keys]
                together = together + heads.weights["role.label_sum"][labels[m], keys]
                together = together + heads.weights["role.distance_sum"][gap[n, m], keys]
                score += np.maximum(together, 0) @ heads.weights["role.weigh"][role]
                assert found[n, m, role] == pytest.approx(score, abs=1e-4)


def test_being_one_event_is_mutual(heads: Heads) -> None:
    found = heads.same(some(4, 8), np.array([0, 3, 9, 50]))
    assert found.shape == (4, 4)
    assert np.array_equal(found, found.T)


def test_arcs_and_their_labels_are_of_what_is_above_nothing(heads: Heads) -> None:
    dependents, above = some(3, 8), some(3, 8)
    by_hand = (np.maximum(dependents, 0) @ heads.weights["arc"] + heads.weights["arc_bias"]) @ np.maximum(above, 0).T
    assert heads.arcs(dependents, above) == pytest.approx(by_hand, abs=1e-4)
    assert np.array_equal(heads.arcs(-np.abs(dependents), above)[0], heads.arcs(-np.abs(dependents), above)[1])
    assert heads.arc_labels(some(3, 4), some(3, 4)).shape == (3, len(LABELS.arcs))


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 broken", b"no arrays"])
def test_no_heads(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "heads.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="no heads"):
        read_heads(path, LABELS)
