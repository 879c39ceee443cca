"""The figures of an evaluation: what there is, and how each is made of summed counts.

docs/evaluation.md defines what the layers count. Here counts only become figures: precision is right / predicted,
recall found / gold, F1 their harmonic mean. A figure with nothing to count in gold and predictions is None (NaN in
arrays).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.calibration import BINS
from pipeline.evaluate.model import Tally
from pipeline.evaluate.report import FigureValue

Array = NDArray[np.float64]
Kind = Literal["prf", "rate", "macro", "mean", "brier", "ece"]
Name = tuple[str, str | None]
"""A figure and its slice (an event type, a mention type), None for the whole."""

PER_ARTICLE = "events.per_article"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what it is called, how it is made, what it says.

    `prf` is F1 of the figure's own counts, `rate` is ok / n, `macro` the mean F1 of the slices of the figure in `of`,
    `mean` the mean F1 of the figures in `of`. `group` is where it is shown.
    """

    name: str
    kind: Kind
    group: str
    title: str
    meaning: str
    of: tuple[str, ...] = ()

    @property
    def better(self) -> Literal["higher", "lower"]:
        return "lower" if self.kind in ("brier", "ece") else "higher"


FIGURES = (
    Figure("events", "prf", "events", "Events", "type and mode agree, and at least half of the participants"),
    Figure("events.macro", "macro", "events", "Events, by type", "mean over event types", ("events",)),
    Figure(PER_ARTICLE, "rate", "events", "Events, by article", "mean over articles"),
    Figure("records", "prf", "events", "Records", "found, and status, date, country and everyone's role agree"),
    Figure("records.macro", "macro", "events", "Records, by type", "mean over event types", ("records",)),
    Figure("arguments", "prf", "events", "Arguments", "participants of events in their roles"),
    Figure("dyads", "prf", "events", "Dyads", "type and pair of countries, once an article"),
    Figure("status", "rate", "found events", "Status", "of found events"),
    Figure("date", "rate", "found events", "Date", "of found events"),
    Figure("country", "rate", "found events", "Country", "of found events"),
    Figure("city", "rate", "found events", "City", "of found events whose gold has a city"),
    Figure("contexts", "prf", "found events", "Contexts", "what found events were about"),
    Figure("people", "prf", "people", "People", "distinct persons who act or hold a position"),
    Figure("positions", "prf", "people", "Positions", "person, office-giver and title"),
    Figure("relations", "prf", "people", "Relations", "type, subject and object"),
    Figure("cited", "prf", "people", "Cited sources", "whom the outlet cites for the story"),
    Figure("mentions.strict", "prf", "mentions", "Mentions, strict", "type and both ends agree"),
    Figure("mentions.partial", "prf", "mentions", "Mentions, partial", "boundaries alone; half a point for overlap"),
    Figure("mentions.macro", "macro", "mentions", "Mentions, by type", "mean of strict ones", ("mentions.strict",)),
    Figure("date_values", "prf", "mentions", "Date values", "date mentions with their calendar value"),
    Figure("clusters.muc", "prf", "clusters", "MUC", "links between mentions"),
    Figure("clusters.b_cubed", "prf", "clusters", "B-cubed", "each mention's cluster"),
    Figure("clusters.ceaf_e", "prf", "clusters", "CEAF-e", "clusters aligned one to one"),
    Figure(
        "clusters.conll", "mean", "clusters", "CoNLL mean", "mean of MUC, B-cubed and CEAF-e",
        ("clusters.muc", "clusters.b_cubed", "clusters.ceaf_e"),
    ),
    Figure("clusters.lea", "prf", "clusters", "LEA", "resolved entities, weighted by size"),
    Figure("calibration.brier", "brier", "calibration", "Brier score", "mean squared error of the confidence"),
    Figure("calibration.ece", "ece", "calibration", "Calibration error", "mean gap of confidence and truth (ECE)"),
)  # fmt: skip
"""Every figure, in the order in which it is shown."""

COUNTS = {"prf": ("right", "predicted", "found", "gold"), "rate": ("ok", "n")}


@cache
def figures() -> dict[str, Figure]:
    """The figures by name."""
    return {figure.name: figure for figure in FIGURES}


@dataclass(frozen=True, slots=True)
class Counts:
    """Tallies as a matrix: a row for an article or a sample of articles, a column for a key."""

    columns: dict[str, int]
    rows: Array

    def column(self, key: str) -> Array:
        """The counts under a key, 0 where nothing was counted."""
        place = self.columns.get(key)
        return np.zeros(len(self.rows)) if place is None else self.rows[:, place]

    def weighted(self, weights: Array) -> Counts:
        """Sums over the rows: a row for each row of `weights`, which has a column for each row of these counts."""
        return Counts(self.columns, weights @ self.rows)

    def names(self) -> list[Name]:
        """Every figure, and the slices that were counted, in the order of FIGURES."""
        parts: dict[str, set[str]] = {}
        for key in self.columns:
            name, _, part = key.rpartition(".")[0].partition("@")
            if part:
                parts.setdefault(name, set()).add(part)
        slices = {
            figure.name: sorted(parts.get(figure.name, ())) for figure in FIGURES if figure.kind in ("prf", "rate")
        }
        return [(figure.name, part) for figure in FIGURES for part in (None, *slices.get(figure.name, ()))]


def counts_of(tallies: Sequence[Tally], *, keys: Iterable[str] | None = None) -> Counts:
    """The matrix of tallies, a row each; with columns for `keys`, by default for all that occur."""
    names = sorted(set().union(*tallies)) if keys is None else sorted(keys)
    columns = {key: place for place, key in enumerate(names)}
    rows = np.zeros((len(tallies), len(columns)))
    for row, tally in zip(rows, tallies, strict=True):
        for key, value in tally.items():
            if (place := columns.get(key)) is not None:
                row[place] = value
    return Counts(columns, rows)


def summed(counts: Counts) -> Counts:
    """One row: the sums over all."""
    return counts.weighted(np.ones((1, len(counts.rows))))


def per_article(tally: Tally) -> Tally:
    """What one article adds to the mean of F1 over articles; nothing when it has no events to count."""
    [value] = values(counts_of([tally]), ("events", None))
    return {} if np.isnan(value) else {f"{PER_ARTICLE}.ok": float(value), f"{PER_ARTICLE}.n": 1}


def values(counts: Counts, name: Name) -> Array:
    """A figure of each row, NaN where there is nothing to count. Raises `KeyError` for a name not in FIGURES."""
    figure = figures()[name[0]]
    stem = _stem(name)
    match figure.kind:
        case "prf":
            return f1(counts, stem)
        case "rate":
            return _ratio(counts.column(f"{stem}.ok"), counts.column(f"{stem}.n"))
        case "macro" | "mean":
            return _mean(np.array([f1(counts, stem) for stem in _averaged(counts, figure)]), len(counts.rows))
        case "brier":
            return _ratio(counts.column("brier.sum"), counts.column("brier.n"))
        case "ece":
            gaps = [abs(_bin(counts, place, "right") - _bin(counts, place, "confidence")) for place in range(BINS)]
            return _ratio(np.sum(gaps, axis=0), np.sum([_bin(counts, place, "n") for place in range(BINS)], axis=0))


def precision(counts: Counts, stem: str) -> Array:
    """Right of predicted, for the counts under `stem` (`events`, `events@CONSULT`)."""
    return _ratio(counts.column(f"{stem}.right"), counts.column(f"{stem}.predicted"))


def recall(counts: Counts, stem: str) -> Array:
    """Found of gold."""
    return _ratio(counts.column(f"{stem}.found"), counts.column(f"{stem}.gold"))


def f1(counts: Counts, stem: str) -> Array:
    """Harmonic mean of precision and recall; 0 when only one of gold and predictions has something to count."""
    p, r = precision(counts, stem), recall(counts, stem)
    nothing = np.isnan(p) & np.isnan(r)
    p, r = np.nan_to_num(p), np.nan_to_num(r)
    mean = np.zeros_like(p)
    np.divide(2 * p * r, p + r, out=mean, where=p + r > 0)
    return np.where(nothing, np.nan, mean)


def figure_values(counts: Counts, *, slices: bool = True) -> Iterator[FigureValue]:
    """Every figure of the summed counts, without intervals."""
    whole = summed(counts)
    for name in whole.names():
        if not slices and name[1] is not None:
            continue
        figure, stem = figures()[name[0]], _stem(name)
        prf = figure.kind == "prf"
        yield FigureValue(
            name=name[0],
            part=name[1],
            value=_number(values(whole, name)),
            precision=_number(precision(whole, stem)) if prf else None,
            recall=_number(recall(whole, stem)) if prf else None,
            counts=_made_of(whole, figure, stem),
        )


def _made_of(counts: Counts, figure: Figure, stem: str) -> dict[str, float]:
    match figure.kind:
        case "prf" | "rate":
            return {count: float(counts.column(f"{stem}.{count}")[0]) for count in COUNTS[figure.kind]}
        case "macro" | "mean":
            each = np.array([f1(counts, part)[0] for part in _averaged(counts, figure)])
            return {"n": float(np.count_nonzero(~np.isnan(each)))}
        case "brier":
            return {count: float(counts.column(f"brier.{count}")[0]) for count in ("sum", "n")}
        case "ece":
            return {"n": float(sum(_bin(counts, place, "n")[0] for place in range(BINS)))}


def _averaged(counts: Counts, figure: Figure) -> list[str]:
    """What a mean is taken over: figures, or the slices of one that are types (not types with modes)."""
    if figure.kind == "mean":
        return list(figure.of)
    return [_stem(name) for name in counts.names() if name[0] in figure.of and name[1] and "/" not in name[1]]


def _stem(name: Name) -> str:
    return name[0] if name[1] is None else f"{name[0]}@{name[1]}"


def _bin(counts: Counts, place: int, count: str) -> Array:
    return counts.column(f"calibration@{place}.{count}")


def _ratio(over: Array, under: Array) -> Array:
    ratio = np.full(len(over), np.nan)
    np.divide(over, under, out=ratio, where=under != 0)
    return ratio


def _mean(parts: Array, rows: int) -> Array:
    """The mean over the first axis of what is no NaN."""
    if not len(parts):
        return np.full(rows, np.nan)
    return _ratio(np.nansum(parts, axis=0), np.count_nonzero(~np.isnan(parts), axis=0).astype(np.float64))


def _number(value: Array) -> float | None:
    return None if np.isnan(value[0]) else float(value[0])
