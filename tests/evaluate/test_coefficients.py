"""Kappa and alpha against published examples."""

from __future__ import annotations

import pytest

from pipeline.evaluate.coefficients import cohen_kappa, krippendorff_alpha


def test_alpha_of_two_observers() -> None:
    """Krippendorff 2011, section B: nominal data, two observers, no missing data."""
    units = zip("aabbdcccedda", "babbbccceddd", strict=True)
    assert krippendorff_alpha(units) == pytest.approx(0.692, abs=5e-4)


def test_alpha_of_four_observers_with_missing_data() -> None:
    """Krippendorff 2011, section C: nominal data, any number of observers, missing data."""
    rows = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [[label for label in unit if label != "."] for unit in zip(*rows, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_kappa_of_a_table() -> None:
    """20 both yes, 5 and 10 divided, 15 both no: observed 0.7, by chance 0.5."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize("pairs", [[], [("a", "a")], [("a", "a")] * 5], ids=["none", "one", "one label"])
def test_without_anything_to_disagree_about_nothing_is_defined(pairs: list[tuple[str, str]]) -> None:
    assert cohen_kappa(pairs) is None
    assert krippendorff_alpha(pairs) is None


def test_agreement_worse_than_chance_is_negative() -> None:
    pairs = [("a", "b"), ("b", "a")]
    assert cohen_kappa(pairs) == -1
    assert krippendorff_alpha(pairs) == pytest.approx(-0.5)
