"""Evidence as numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.features import COLUMN, FEATURES
from tests.names.comparing import NAMES, compared, evidence


@given(NAMES | st.text(), NAMES | st.text())
def test_the_order_of_the_names_does_not_matter(a: str, b: str) -> None:
    assert compared(a, b).rows[0] == pytest.approx(compared(b, a).rows[0], abs=1e-4)


@given(st.text(), st.text())
def test_every_feature_is_a_number(a: str, b: str) -> None:
    row = compared(a, b).rows[0]
    assert len(row) == len(FEATURES) == len(COLUMN)
    assert np.isfinite(row).all()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Ilham Aliyev", "Ilham Aliyev", {"matched": 2, "unmatched_max": 0, "joined": 1, "in_order": 1, "cost_sum": 0}),
        ("Ilham Aliyev", "Aliyev Ilham", {"matched": 2, "in_order": -1, "sorted": 1, "consonants": 1}),
        ("Ilham Aliyev", "Aliyev, Ilham", {"in_order": 1, "inverted": 1}),
        ("Ilham Aliyev", "Heydar Aliyev", {"matched": 1, "unmatched_min": 1, "letters_unmatched_max": 6}),
        ("Ilham Aliyev", "Aliyev", {"words_min": 1, "words_max": 2, "unmatched_min": 0, "unmatched_near": -1}),
        ("Leyla Aliyev", "Leyla Aliyeva", {"genders_against": 1, "families_against": 0}),
        ("Aliyeva Leyla", "Aliyeva Leyla", {"genders_against": 0}),
        ("Ali Bayramov", "Ali Bayramli", {"families_against": 1, "genders_against": 0}),
        ("Ivan Petrovich Popov", "Ivan Petrovich Popov", {"patronymics": 2, "patronymics_matched": 1}),
        ("Ivan Petrovich Popov", "Ivan Olegovich Popov", {"patronymics_against": 1, "patronymics_matched": 0}),
        ("Ivan Petrovich Popov", "Ivan Popov", {"patronymics": 1, "patronymics_against": 0}),
        ("Mr. Ali Khan", "Dr. Ali Khan", {"weak_different": 2, "weak_shared": 0}),
        ("Mr. Ali Khan", "Mr. Ali Khan", {"weak_different": 0, "weak_shared": 1}),
        ("Ali Khan", "علي خان", {"vowelless": 1, "foreign": 1, "syllabic": 0}),
        ("김정은", "习近平", {"syllabic": 2, "foreign": 2}),
    ],
)
def test_evidence(a: str, b: str, expected: dict[str, float]) -> None:
    found = evidence(a, b)
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=0.02)


def test_common_words_weigh_less() -> None:
    assert evidence("Ali", "Ali")["common_sum"] > evidence("Zbigniew", "Zbigniew")["common_sum"]
