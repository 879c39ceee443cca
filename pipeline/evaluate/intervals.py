"""How far a figure would move on other articles: percentile bootstrap.

Articles are drawn with replacement, since what stands in one article hangs together. Efron and Tibshirani, An
Introduction to the Bootstrap (1993), chapter 13.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipeline.evaluate.figures import Array, Counts, Name, values

LEVEL = 0.95
ROUNDS = 1000


def intervals(
    counts: Counts, names: Iterable[Name], *, rounds: int = ROUNDS, seed: int = 0
) -> dict[Name, tuple[float, float]]:
    """The 95 % interval of each figure over the articles that are the rows of `counts`.

    Without an interval, and so left out, are figures that no sample has something to count for, and all of them with
    fewer than two articles. Samples in which a figure has nothing to count do not enter its interval.
    """
    articles = len(counts.rows)
    if articles < 2:
        return {}
    samples = counts.weighted(draws(articles, rounds=rounds, seed=seed))
    found = {name: percentiles(values(samples, name)) for name in names}
    return {name: interval for name, interval in found.items() if interval is not None}


def draws(articles: int, *, rounds: int, seed: int) -> Array:
    """How often each article is in each sample: a row a sample, a column an article."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(articles, np.full(articles, 1 / articles), size=rounds).astype(np.float64)


def percentiles(sampled: Array) -> tuple[float, float] | None:
    """The middle 95 % of what is no NaN."""
    defined = sampled[~np.isnan(sampled)]
    if not len(defined):
        return None
    low, high = np.quantile(defined, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)
