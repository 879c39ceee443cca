"""The report of an evaluation (`report.json`, format `report/1`): figures, counts, and every event's outcome."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from pipeline.evaluate.model import Verdict
from pipeline.record import Sha256, SpanRecord

FORMAT = "report/1"


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FigureValue(Part):
    """One figure, over all articles or a group of them.

    `name` is the figure's, `part` the slice of it (an event type, a mention type), null for the whole. `value` is F1
    for a figure with precision and recall; null where neither gold nor predictions have anything to count. `low` and
    `high` bound the 95 % interval, `counts` are the sums it was made of.
    """

    name: str
    part: str | None
    value: float | None
    low: float | None = None
    high: float | None = None
    precision: float | None = None
    recall: float | None = None
    counts: dict[str, float]


class Group(Part):
    """The figures of the articles that share an outlet or a class of length."""

    by: Literal["outlet", "length"]
    group: str
    articles: int
    figures: list[FigureValue]


class Confused(Part):
    """How often gold `TYPE/mode` was predicted as another; the empty word stands for none."""

    gold: str
    predicted: str
    count: int


class CalibrationBin(Part):
    """Predicted events by confidence from `low` to below `high`: how many, their mean confidence, how many right."""

    low: float
    high: float
    n: int
    confidence: float | None
    right: float | None


class GoldFile(Part):
    """A gold file or folder; `sha256` is the digest of its articles as gold/1 lines, whatever format they stand in."""

    path: str
    sha256: Sha256
    articles: int


class EventSketch(Part):
    """An event as the report shows it; participants by name with their country."""

    id: str
    type: str
    mode: str | None
    status: str
    date: str | None
    country: str | None
    city: str | None
    actors: list[str]
    recipients: list[str]
    optional: list[str] = []
    contexts: list[str]
    trigger: SpanRecord
    core: bool = True
    confidence: float | None = None


class EventOutcome(Part):
    """A gold event, a predicted one, or both aligned; `differs` names the fields that disagree."""

    gold: EventSketch | None
    predicted: EventSketch | None
    verdict: Verdict
    differs: list[str]


class DifferenceLine(Part):
    """A difference outside of events: see `pipeline.evaluate.model.Difference`."""

    layer: str
    kind: Literal["missed", "extra", "wrong"]
    gold: str | None
    predicted: str | None
    start: int | None
    end: int | None


class ArticleReport(Part):
    """One article. `tally` holds its counts, from which any figure over any articles can be added up again.

    `gold_sha256` is the digest of its gold as a gold/1 line: articles are compared only where it is the same.
    `confusion` is its part of the report's.
    """

    id: str
    outlet: str | None
    words: int
    rejected: str | None
    tally: dict[str, float]
    events: list[EventOutcome]
    differences: list[DifferenceLine]
    gold_sha256: Sha256
    confusion: list[Confused] = []


class ComparedFigure(Part):
    """A figure before and now, over the articles that both reports have.

    `low` and `high` bound the 95 % interval of the difference (paired bootstrap); `p` is how often a difference as
    large comes about when it is left to chance which of the two systems said what of an article (approximate
    randomisation). Null where either has nothing to count.
    """

    name: str
    old: float | None
    new: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None


class ChangedEvent(Part):
    """A gold event that is predicted better or worse than before."""

    article: str
    gold: EventSketch
    before: Verdict
    now: Verdict


class LeftOut(Part):
    """An article that only one report has, or whose gold is another."""

    article: str
    reason: str


class Comparison(Part):
    """What became better and worse since an older report.

    Events are won and lost by being found, records by being right in everything. False alarms are predicted events
    without gold: of the same type, mode and trigger they are the same.
    """

    made: dt.datetime
    dragoman: str
    articles: int
    left_out: list[LeftOut]
    rounds: int
    seed: int
    figures: list[ComparedFigure]
    events_won: list[ChangedEvent]
    events_lost: list[ChangedEvent]
    records_won: list[ChangedEvent]
    records_lost: list[ChangedEvent]
    new_false_alarms: int
    gone_false_alarms: int


class Report(Part):
    """The content of report.json. `predictions` is the folder they were read from, or null when the line was run.

    `missing` are gold articles without any prediction, `unknown` predicted ones without gold. `against` is the
    comparison with an older report, when one was asked for.
    """

    format: Literal["report/1"] = "report/1"
    dragoman: str
    made: dt.datetime
    gold: list[GoldFile]
    predictions: str | None
    extractor: dict[str, Any]
    rounds: int
    seed: int
    figures: list[FigureValue]
    groups: list[Group]
    confusion: list[Confused]
    calibration: list[CalibrationBin]
    articles: list[ArticleReport]
    missing: list[str] = []
    unknown: list[str] = []
    against: Comparison | None = None
