"""Gold to score against, and predictions with mistakes planted in them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import Prediction
from pipeline.gold import json_lines
from pipeline.gold.model import GoldArticle
from pipeline.record import DocumentRecord, EventRecord
from tests.golds import visit

Lines = list[dict[str, Any]]
Mistake = Callable[[dict[str, Any], Lines], None]
"""Changes the objects of a document and its events in place."""

DEV = Path(__file__).parent.parent / "gold" / "dev.jsonl"


@functools.cache
def dev() -> tuple[GoldArticle, ...]:
    """The labelled articles that come with the tests."""
    articles = tuple(article for article in json_lines.read(DEV) if isinstance(article, GoldArticle))
    assert articles
    return articles


def gold_with(**fields: Any) -> GoldArticle:
    """The visit with other fields."""
    return GoldArticle.model_validate(visit().model_dump(mode="json") | fields)


def trip() -> GoldArticle:
    """The visit, with a cited source and its third event core."""
    events = visit().model_dump(mode="json")["events"]
    events[2] |= {"core": True, "contexts": ["human_rights"]}
    return gold_with(events=events, cited=["un"])


def planted(gold: GoldArticle, *mistakes: Mistake) -> Prediction:
    """Perfect predictions but for the mistakes."""
    perfect = prediction_of(gold)
    assert perfect.document is not None
    document = perfect.document.model_dump(mode="json")
    events = [event.model_dump(mode="json") for event in perfect.events]
    for mistake in mistakes:
        mistake(document, events)
    return Prediction(
        doc_id=gold.id,
        document=DocumentRecord.model_validate(document),
        events=tuple(EventRecord.model_validate(event) for event in events),
    )


def at(index: int, **fields: Any) -> Mistake:
    """Fields of one event replaced; of an object, the keys given."""

    def mistake(_: dict[str, Any], events: Lines) -> None:
        event = events[index]
        for name, value in fields.items():
            event[name] = {**event[name], **value} if isinstance(value, dict) else value

    return mistake


def without(index: int) -> Mistake:
    """One event left out."""
    return lambda _, events: events.pop(index) and None


def nobody(name: str = "Marimba Society", **fields: Any) -> dict[str, Any]:
    """A participant whom no gold knows."""
    values = {"entity": f"ent_{'0' * 16}", "kind": "organization", "name": name, "country": None, "sector": None}
    return {**values, "positions": [], "mentions": [], **fields}
