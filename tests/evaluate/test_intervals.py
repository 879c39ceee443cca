"""The bootstrap over articles."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.evaluate.figures import Name, counts_of
from pipeline.evaluate.intervals import draws, intervals, percentiles
from pipeline.evaluate.model import Tally, count

EVENTS: Name = ("events", None)


def article(right: int, gold: int = 10) -> Tally:
    tally: Tally = {}
    count(tally, "events", right=right, predicted=gold, gold=gold)
    return tally


def test_every_sample_has_as_many_articles() -> None:
    drawn = draws(7, rounds=50, seed=1)
    assert drawn.shape == (50, 7)
    assert set(drawn.sum(axis=1)) == {7}
    assert (drawn > 1).any()


def test_an_interval_is_that_of_the_mean_of_independent_articles() -> None:
    chance = np.random.default_rng(5)
    rights = [int(chance.integers(0, 11)) for _ in range(400)]
    low, high = intervals(counts_of([article(right) for right in rights]), [EVENTS], rounds=2000, seed=3)[EVENTS]
    mean, error = np.mean(rights) / 10, np.std(rights) / 10 / np.sqrt(len(rights))
    assert low == pytest.approx(mean - 1.96 * error, abs=error / 4)
    assert high == pytest.approx(mean + 1.96 * error, abs=error / 4)


def test_the_same_seed_gives_the_same_interval() -> None:
    counts = counts_of([article(right) for right in range(10)])
    first, again, other = (intervals(counts, [EVENTS], rounds=200, seed=seed)[EVENTS] for seed in (1, 1, 2))
    assert first == again != other


def test_equal_articles_leave_no_doubt() -> None:
    assert intervals(counts_of([article(5)] * 3), [EVENTS], rounds=100)[EVENTS] == (0.5, 0.5)


def test_one_article_has_no_interval() -> None:
    assert intervals(counts_of([article(5)]), [EVENTS]) == {}
    assert intervals(counts_of([]), [EVENTS]) == {}


def test_samples_without_the_slice_do_not_enter_its_interval() -> None:
    rare: Tally = {}
    count(rare, "events@AID", right=1, predicted=1, gold=1)
    names: list[Name] = [("events", "AID"), EVENTS]
    found = intervals(counts_of([rare, {}, {}]), names, rounds=200)
    assert found == {("events", "AID"): (1.0, 1.0)}


def test_an_interval_holds_the_middle_95_percent() -> None:
    assert percentiles(np.arange(1001.0)) == (pytest.approx(25), pytest.approx(975))
