"""Two reports on the same gold: is the difference more than chance, and what was won and lost.

Approximate randomisation: if the systems were equally good, it would not matter which of them said what of an article.
So the counts of each article are swapped or not by the toss of a coin, and p is how often the difference is then as
large as the one found, the one found counted in. Noreen, Computer-Intensive Methods for Testing Hypotheses (1989);
Yeh, More accurate tests for the statistical significance of result differences (COLING 2000).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.errors import InputError
from pipeline.evaluate.figures import FIGURES, Array, Counts, Name, counts_of, summed, values
from pipeline.evaluate.intervals import draws, percentiles
from pipeline.evaluate.model import Verdict
from pipeline.evaluate.report import (
    ArticleReport,
    ChangedEvent,
    ComparedFigure,
    Comparison,
    LeftOut,
    Report,
)

ROUNDS = 10_000
CHUNK = 1_000
TOLERANCE = 1e-9
"""Sums of fractions differ in their last digits with the order of adding; a difference so small is none."""


@dataclass(frozen=True, slots=True)
class _Both:
    old: ArticleReport
    new: ArticleReport


def compare(old: Report, new: Report, *, rounds: int = ROUNDS, seed: int = 0) -> Comparison:
    """What became better and worse from the old report to the new one, over the articles whose gold is the same.

    Raises `InputError` when there is no such article.
    """
    both, left_out = _shared(old, new)
    if not both:
        raise InputError("the older report has no article with the same gold: nothing to compare")
    changes = list(_changes(both))
    before, now = (_false_alarms(reports) for reports in ([pair.old for pair in both], [pair.new for pair in both]))
    return Comparison(
        made=old.made,
        dragoman=old.dragoman,
        articles=len(both),
        left_out=left_out,
        rounds=rounds,
        seed=seed,
        figures=list(_figures(both, rounds=rounds, seed=seed)),
        events_won=[change for change in changes if _found(change.now) and not _found(change.before)],
        events_lost=[change for change in changes if _found(change.before) and not _found(change.now)],
        records_won=[change for change in changes if change.now == "right"],
        records_lost=[change for change in changes if change.before == "right"],
        new_false_alarms=(now - before).total(),
        gone_false_alarms=(before - now).total(),
    )


def _shared(old: Report, new: Report) -> tuple[list[_Both], list[LeftOut]]:
    """The articles with the same gold in both, and those without, with the reason."""
    before, now = ({article.id: article for article in report.articles} for report in (old, new))
    both, left_out = [], []
    for name in sorted(before | now):
        if name not in now:
            left_out.append(LeftOut(article=name, reason="only in the older report"))
        elif name not in before:
            left_out.append(LeftOut(article=name, reason="not in the older report"))
        elif before[name].gold_sha256 != now[name].gold_sha256:
            left_out.append(LeftOut(article=name, reason="its gold is another"))
        else:
            both.append(_Both(before[name], now[name]))
    return both, left_out


def _figures(both: Sequence[_Both], *, rounds: int, seed: int) -> Iterator[ComparedFigure]:
    tallies = [[pair.old.tally for pair in both], [pair.new.tally for pair in both]]
    keys = {key for side in tallies for tally in side for key in tally if "/" not in key}  # no figure needs modes
    before, now = (counts_of(side, keys=keys) for side in tallies)
    names: list[Name] = [(figure.name, None) for figure in FIGURES]
    first, second = summed(before), summed(now)
    old, new = ({name: float(values(counts, name)[0]) for name in names} for counts in (first, second))
    observed = {name: new[name] - old[name] for name in names}
    beyond = _beyond(before, now, observed, rounds=rounds, seed=seed)
    samples = draws(len(both), rounds=min(rounds, CHUNK), seed=seed) if len(both) > 1 else None
    resampled = [counts.weighted(samples) for counts in (before, now)] if samples is not None else None
    for name in names:
        defined = not np.isnan(observed[name])
        bounds = None
        if defined and resampled is not None:
            bounds = percentiles(values(resampled[1], name) - values(resampled[0], name))
        yield ComparedFigure(
            name=name[0],
            old=_number(old[name]),
            new=_number(new[name]),
            difference=_number(observed[name]),
            low=bounds[0] if bounds else None,
            high=bounds[1] if bounds else None,
            p=(1 + beyond[name]) / (1 + rounds) if defined else None,
        )


def _beyond(before: Counts, now: Counts, observed: dict[Name, float], *, rounds: int, seed: int) -> dict[Name, int]:
    """How many of the random swaps give each figure a difference at least as large as the one observed.

    A swap that leaves a figure nothing to count is taken for one: p is then too high rather than too low.
    """
    generator = np.random.default_rng(seed)
    change = Counts(before.columns, now.rows - before.rows)
    old, new = summed(before).rows, summed(now).rows
    beyond = dict.fromkeys(observed, 0)
    for start in range(0, rounds, CHUNK):
        swaps = generator.integers(0, 2, size=(min(CHUNK, rounds - start), len(before.rows))).astype(np.float64)
        moved = change.weighted(swaps).rows
        sides = Counts(before.columns, old + moved), Counts(before.columns, new - moved)
        for name, difference in observed.items():
            by_chance: Array = np.abs(values(sides[1], name) - values(sides[0], name))
            beyond[name] += int(np.count_nonzero(~(by_chance < abs(difference) - TOLERANCE)))
    return beyond


def _changes(both: Sequence[_Both]) -> Iterator[ChangedEvent]:
    """The gold events whose outcome is another than before."""
    for pair in both:
        before = {event.gold.id: event.verdict for event in pair.old.events if event.gold}
        for event in pair.new.events:
            if event.gold is not None and (earlier := before.get(event.gold.id)) not in (None, event.verdict):
                yield ChangedEvent(article=pair.new.id, gold=event.gold, before=earlier, now=event.verdict)


def _found(verdict: Verdict) -> bool:
    return verdict in ("right", "partly")


def _false_alarms(articles: Sequence[ArticleReport]) -> Counter[tuple[object, ...]]:
    """How many predicted events without gold there are of each type, mode and trigger of an article."""
    return Counter(
        (article.id, event.predicted.type, event.predicted.mode, event.predicted.trigger.start)
        for article in articles
        for event in article.events
        if event.predicted and event.verdict == "extra"
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value
