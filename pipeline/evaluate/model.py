"""What flows through an evaluation: predictions in, and for each article what was counted and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pipeline.record import DocumentRecord, EventRecord

Tally = dict[str, float]
"""Sums over articles, by key `NAME.COUNT` or, for a part of them, `NAME@PART.COUNT`.

A figure with precision and recall has the counts `right` (of what was predicted), `predicted`, `found` (of the gold)
and `gold`; precision is right / predicted, recall found / gold. A rate has `ok` and `n`. Values may be fractions.
"""

Verdict = Literal["right", "partly", "wrong", "missed", "extra", "ignored"]
"""Of an event: right in everything a record says; found but something differs; aligned but not found; missed gold;
predicted without gold; neither rewarded nor punished."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the system said of one article; no document when it rejected the article or never saw it."""

    doc_id: str
    document: DocumentRecord | None
    events: tuple[EventRecord, ...] = ()
    rejected: str | None = None


@dataclass(frozen=True, slots=True)
class EventPair:
    """A gold event and the predicted one aligned with it, as indices into the article's lists; either may be alone.

    `differs` names what disagrees: mode, participants, status, date, country, city, contexts.
    """

    gold: int | None
    predicted: int | None
    verdict: Verdict
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Gold that was missed, predictions without gold, or gold predicted otherwise, outside of events.

    `layer` is the figure's name (mentions, people, positions, relations, cited …); start and end are offsets into the
    text, of the gold when there is one.
    """

    layer: str
    kind: Literal["missed", "extra", "wrong"]
    gold: str | None
    predicted: str | None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class LayerScore:
    """What one layer counted in one article."""

    tally: Tally
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """Everything that was counted in one article.

    `confusion` counts pairs of gold and predicted `TYPE/mode`, the empty word standing for none.
    """

    doc_id: str
    outlet: str | None
    words: int
    tally: Tally
    pairs: tuple[EventPair, ...] = ()
    differences: tuple[Difference, ...] = ()
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)


def add(tally: Tally, key: str, value: float = 1) -> None:
    """Add to one count."""
    tally[key] = tally.get(key, 0) + value


def count(tally: Tally, name: str, *, right: float, predicted: float, gold: float, found: float | None = None) -> None:
    """Add the four counts of a figure with precision and recall; `found` is `right` where they are the same."""
    add(tally, f"{name}.right", right)
    add(tally, f"{name}.predicted", predicted)
    add(tally, f"{name}.found", right if found is None else found)
    add(tally, f"{name}.gold", gold)


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    whole: Tally = {}
    for tally in tallies:
        for key, value in tally.items():
            add(whole, key, value)
    return whole
