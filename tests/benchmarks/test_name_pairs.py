from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.name_pairs import best_threshold, f1, measures, recall_at, scripts

SAME = np.array([True, True, False, True, False])
SCORES = np.array([0.9, 0.8, 0.7, 0.6, 0.1])


def pair(
    same: bool, a: str = "Latn", b: str = "Latn", region: str = "turkey", sub: str | None = None
) -> dict[str, Any]:
    kind = "transliteration" if same else "hard-negative"
    return {"same": same, "script_a": a, "script_b": b, "region": region, "kind": kind, "sub": sub}


def test_the_best_threshold_is_the_lowest_score_that_is_worth_taking() -> None:
    assert best_threshold(SAME, SCORES) == 0.6
    assert f1(SAME, SCORES >= 0.6) == pytest.approx(6 / 7)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=1).filter(lambda rows: any(s for s, _ in rows)))
def test_no_threshold_is_better_than_the_best(rows: list[tuple[bool, int]]) -> None:
    same = np.array([row[0] for row in rows])
    scores = np.array([float(row[1]) for row in rows])
    best = f1(same, scores >= best_threshold(same, scores))
    assert best == pytest.approx(max(f1(same, scores >= threshold) for threshold in scores))


@pytest.mark.parametrize(("precision", "recall"), [(0.99, 2 / 3), (0.75, 1.0)])
def test_recall_at_a_precision(precision: float, recall: float) -> None:
    assert recall_at(SAME, SCORES, precision) == pytest.approx(recall)


def test_recall_at_a_precision_that_no_threshold_has_is_nothing() -> None:
    assert recall_at(np.array([True, False]), np.array([0.5, 0.5]), 0.99) == 0.0


@pytest.mark.parametrize(
    ("a", "b", "name"),
    [
        ("Latn", "Latn", "Latin–Latin"),
        ("Cyrl", "Latn", "Latin–Cyrillic"),
        ("Latn", "Arab", "Latin–Arabic"),
        ("Geor", "Latn", "other scripts"),
    ],
)
def test_a_slice_by_script_does_not_depend_on_the_side(a: str, b: str, name: str) -> None:
    assert scripts(pair(True, a, b)) == name


def test_figures_of_slices_hold_their_own_pairs_only() -> None:
    pairs = [
        pair(True),
        pair(True, b="Arab"),
        pair(False, b="Arab", region="azerbaijan", sub="patronymic"),
        pair(False, region="central-asia", sub="near-edit"),
        pair(True, region="central-asia"),
    ]
    figures = measures(pairs, np.array([0.9, 0.4, 0.8, 0.1, 0.7]), 0.5)
    assert figures["F1"] == pytest.approx(2 / 3)
    assert figures["F1, Latin–Latin"] == 1.0
    assert figures["F1, Latin–Arabic"] == 0.0
    assert figures["F1, azerbaijan and central-asia"] == pytest.approx(2 / 3)
    assert figures["F1, turkey"] == pytest.approx(2 / 3)
    assert figures["recall, transliteration"] == pytest.approx(2 / 3)
    assert figures["false positives, patronymic"] == 1.0
    assert figures["false positives, near-edit"] == 0.0
    assert figures["false positives, patronymic and near-edit"] == 0.5
    assert "F1, Latin–Cyrillic" not in figures
