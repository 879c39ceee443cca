"""From counts to figures."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.calibration import BINS
from pipeline.evaluate.figures import (
    FIGURES,
    counts_of,
    f1,
    figure_values,
    figures,
    per_article,
    summed,
    values,
)
from pipeline.evaluate.model import Tally, add, count, total
from pipeline.evaluate.report import FigureValue


def tally(name: str, right: float, predicted: float, gold: float, found: float | None = None) -> Tally:
    made: Tally = {}
    count(made, name, right=right, predicted=predicted, gold=gold, found=found)
    return made


def figure(tallies: list[Tally], name: str, part: str | None = None) -> FigureValue:
    return next(f for f in figure_values(counts_of(tallies)) if (f.name, f.part) == (name, part))


def test_the_table_names_each_figure_once_and_only_figures_are_averaged() -> None:
    assert len(figures()) == len(FIGURES)
    assert {name for f in FIGURES for name in f.of} <= figures().keys()
    assert [f.name for f in FIGURES if f.better == "lower"] == ["calibration.brier", "calibration.ece"]


def test_figures_of_one_group_stand_together() -> None:
    shown = [f.group for f in FIGURES]
    assert sum(a != b for a, b in itertools.pairwise(shown)) + 1 == len(set(shown))


def test_precision_recall_and_their_mean() -> None:
    found = figure([tally("events", 3, 4, 6), tally("events", 0, 2, 0)], "events")
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert found.value == pytest.approx(0.5)
    assert found.counts == {"right": 3, "predicted": 6, "found": 3, "gold": 6}


def test_right_and_found_may_differ() -> None:
    found = figure([tally("clusters.muc", 1, 2, 4, found=3)], "clusters.muc")
    assert (found.precision, found.recall, found.value) == (0.5, 0.75, 0.6)


@pytest.mark.parametrize(
    ("predicted", "gold", "value", "precision", "recall"),
    [(0, 0, None, None, None), (0, 3, 0.0, None, 0.0), (3, 0, 0.0, 0.0, None), (3, 3, 0.0, 0.0, 0.0)],
)
def test_nothing_to_count_is_no_figure_and_nothing_right_is_0(
    predicted: int, gold: int, value: float | None, precision: float | None, recall: float | None
) -> None:
    found = figure([tally("events", 0, predicted, gold)], "events")
    assert (found.value, found.precision, found.recall) == (value, precision, recall)


def test_every_figure_is_there_without_any_counts() -> None:
    found = list(figure_values(counts_of([{}, {}])))
    assert [f.name for f in found] == [f.name for f in FIGURES]
    assert {f.value for f in found} == {None}


def test_rates_and_their_slices() -> None:
    counts: Tally = {"date.ok": 3, "date.n": 4, "date@CONSULT.ok": 1, "date@CONSULT.n": 2}
    assert figure([counts], "date").value == 0.75
    assert figure([counts], "date", "CONSULT").value == 0.5


def test_means_over_types_leave_out_modes_and_types_without_counts() -> None:
    counts = tally("events", 2, 3, 3) | tally("events@CONSULT", 2, 2, 2) | tally("events@AID", 0, 1, 1)
    counts |= tally("events@CONSULT/visit", 0, 9, 9) | tally("events@AGREE", 0, 0, 0)
    found = figure([counts], "events.macro")
    assert (found.value, found.counts) == (0.5, {"n": 2})


def test_a_type_that_is_only_predicted_weighs_in_the_mean() -> None:
    counts = tally("events@CONSULT", 2, 2, 2) | tally("events@AID", 0, 1, 0)
    assert figure([counts], "events.macro").value == 0.5


def test_the_conll_mean_is_of_what_there_is() -> None:
    counts = tally("clusters.muc", 0, 0, 0) | tally("clusters.b_cubed", 2, 2, 2) | tally("clusters.ceaf_e", 1, 2, 2)
    assert figure([counts], "clusters.conll").value == 0.75


def test_the_mean_over_articles_is_of_articles_with_events() -> None:
    articles = [tally("events", 2, 2, 2), tally("events", 0, 2, 2), tally("events", 0, 0, 0)]
    added = [article | per_article(article) for article in articles]
    assert per_article(articles[2]) == {}
    assert figure(added, "events.per_article").value == 0.5


def test_calibration() -> None:
    counts: Tally = {}
    for confidence, right in ((0.95, 1), (0.85, 1), (0.85, 0), (1.0, 1)):
        add(counts, "brier.sum", (confidence - right) ** 2)
        add(counts, "brier.n")
        name = f"calibration@{min(9, int(confidence * 10))}"
        add(counts, f"{name}.n")
        add(counts, f"{name}.confidence", confidence)
        add(counts, f"{name}.right", right)
    assert figure([counts], "calibration.brier").value == pytest.approx((0.05**2 + 0.15**2 + 0.85**2) / 4)
    # the bin 0.8–0.9 has confidence 0.85 and half of it right, the bin 0.9–1 has 0.975 and all of it right
    assert figure([counts], "calibration.ece").value == pytest.approx((2 * 0.35 + 2 * 0.025) / 4)
    assert figure([counts], "calibration.ece").counts == {"n": 4}
    assert BINS == 10


COUNTED = st.fixed_dictionaries(
    {key: st.integers(0, 9).map(float) for key in ("right", "predicted", "found", "gold")}
).map(lambda c: {f"events{part}.{key}": value for part in ("", "@AID") for key, value in c.items()})


@given(st.lists(COUNTED, min_size=1, max_size=5), st.integers(0, 2**32))
def test_many_samples_at_once_are_as_each_alone(articles: list[Tally], seed: int) -> None:
    weights = np.random.default_rng(seed).integers(0, 3, size=(4, len(articles))).astype(np.float64)
    counts = counts_of(articles)
    together = counts.weighted(weights)
    for row, sample in enumerate(weights):
        drawn = [article for article, times in zip(articles, sample, strict=True) for _ in range(int(times))]
        alone = counts_of([total(drawn)], keys=counts.columns)
        for name in counts.names():
            assert_same(values(together, name)[row], values(alone, name)[0])


def assert_same(a: float, b: float) -> None:
    assert (math.isnan(a) and math.isnan(b)) or a == pytest.approx(b)


@given(st.lists(COUNTED, min_size=1, max_size=5))
def test_f1_is_between_0_and_the_better_of_precision_and_recall(articles: list[Tally]) -> None:
    counts = summed(counts_of(articles))
    [found] = f1(counts, "events")
    value = figure(articles, "events")
    assert math.isnan(found) == (value.value is None)
    if value.value is not None:
        assert 0 <= value.value <= max(value.precision or 0, value.recall or 0) + 1e-9
