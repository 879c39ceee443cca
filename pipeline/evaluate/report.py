"""The report of an evaluation (`report.json`, format `report/1`): figures, counts, and every event's outcome."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.evaluate.model import Verdict
from pipeline.record import SpanRecord

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
    path: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
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
    """One article. `tally` holds its counts, from which any figure over any articles can be added up again."""

    id: str
    outlet: str | None
    words: int
    rejected: str | None
    tally: dict[str, float]
    events: list[EventOutcome]
    differences: list[DifferenceLine]


class Report(Part):
    """The content of report.json. `predictions` is the folder they were read from, or null when the line was run."""

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
