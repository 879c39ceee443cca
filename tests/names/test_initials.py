"""Initials against words."""

from __future__ import annotations

import pytest

from tests.names.comparing import evidence


@pytest.mark.parametrize(
    ("a", "b", "fit", "not_fit", "left"),
    [
        ("A. Karzai", "Abbas Karzai", 1, 0, 0),
        ("A. Karzai", "Hasan Karzai", 0, 1, 1),
        ("A. Karzai", "Karzai", 0, 0, 0),
        ("V. V. Putin", "Vladimir Vladimirovich Putin", 2, 0, 0),
        ("V. V. Putin", "Vladimir Putin", 1, 0, 0),
        ("V. V. Putin", "V. Putin", 1, 0, 0),
        ("J. Bayramov", "C. Bayramov", 1, 0, 0),
        ("J. Smith", "P. Smith", 0, 1, 0),
        ("Ilham Aliyev", "Ilham Aliyev", 0, 0, 0),
    ],
)
def test_initials_that_fit_and_that_do_not(a: str, b: str, fit: int, not_fit: int, left: int) -> None:
    for found in (evidence(a, b), evidence(b, a)):
        assert found["initials_matched"] == fit
        assert found["initials_against"] == not_fit
        assert found["unmatched_max"] == left
