"""Scores of entities from those of their mentions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import MentionLabel
from pipeline.reading.entities import GOLD, chances, choices, grouped, label_numbers
from pipeline.reading.labels import read_labels
from tests.encoders import TINY

SCORES = np.array([[0.0, 1.0, -2.0], [3.0, -1e4, 0.5]], dtype=np.float32)


def test_a_group_scores_as_the_sum_of_the_exponents_of_its_mentions() -> None:
    found = grouped(SCORES, [(0, 2), (1,), ()])
    assert found[0] == pytest.approx([np.log(1 + np.exp(-2)), 1, -1e4])
    assert found[1] == pytest.approx([np.log(np.exp(3) + np.exp(0.5)), -1e4, -1e4])


def test_choices_leave_room_for_none() -> None:
    found = choices(SCORES, [(0,), (1,)])
    weights = np.array([1, np.e, 1])
    assert found[0] == pytest.approx(weights / weights.sum(), abs=1e-6)
    assert choices(SCORES, []).tolist() == [[1.0], [1.0]]


@given(st.lists(st.floats(-1e4, 1e4, width=32), min_size=1, max_size=6))
def test_chances_add_up_and_keep_the_order(scores: list[float]) -> None:
    found = chances(np.array([scores], dtype=np.float32))[0]
    assert found.sum() == pytest.approx(1, abs=1e-5)
    assert found[int(np.argmax(scores))] == found.max()


def test_every_label_of_mentions_has_a_number() -> None:
    labels = read_labels(TINY / "labels.json")
    assert set(GOLD) == set(MentionLabel.__args__)  # type: ignore[attr-defined]
    numbers = label_numbers(["person", "country", "city", "nominal"], labels)
    assert [labels.mentions[n] for n in numbers] == ["PER", "GPE", "GPE", "NOM"]
