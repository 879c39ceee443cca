"""Confidence against truth."""

from __future__ import annotations

import pytest

from pipeline.evaluate.calibration import tally_calibration
from tests.evaluate.planting import at, nobody, trip, without
from tests.evaluate.sorting import aligned
from tests.golds import visit


def test_perfect() -> None:
    tally = tally_calibration(aligned(trip()))
    assert tally == {
        "brier.sum": 0,
        "brier.n": 3,
        "calibration@9.n": 3,
        "calibration@9.confidence": 3,
        "calibration@9.right": 3,
    }


def test_right_is_found() -> None:
    tally = tally_calibration(
        aligned(trip(), at(0, confidence=0.3, status="planned"), at(1, confidence=0.75, mode=None))
    )
    assert tally["brier.sum"] == pytest.approx(0.7**2 + 0.75**2)
    assert (tally["calibration@3.n"], tally["calibration@3.right"]) == (1, 1)
    assert (tally["calibration@7.confidence"], tally["calibration@7.right"]) == (0.75, 0)


def test_false_alarms_count_and_the_rest_does_not() -> None:
    tally = tally_calibration(aligned(visit(), at(0, actors=[nobody()], recipients=[], confidence=0.0), without(1)))
    assert tally == {
        "brier.sum": 0,
        "brier.n": 1,
        "calibration@0.n": 1,
        "calibration@0.confidence": 0,
        "calibration@0.right": 0,
    }
