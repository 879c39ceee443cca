"""The whole line with the real language model, loaded once for all tests, and what it finds by name.

Rules are tested with rules alone: what an encoder says of a sentence is measured, not asserted.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Sequence

from pipeline import load
from pipeline.build import Extractor, Result
from pipeline.config import ModelSettings, Settings
from pipeline.data import countries
from pipeline.document import Article, Document, EventMention
from pipeline.record import EventRecord, Record, SpanRecord
from pipeline.weights import BASELINE

WEDNESDAY = dt.date(2025, 6, 4)
"""The day on which the articles of these tests appeared."""


@functools.cache
def extractor(model: str = BASELINE) -> Extractor:
    return load(Settings(model=ModelSettings(name=model)))


def read(text: str, *, published: dt.date | None = WEDNESDAY, doc_id: str = "article") -> Result:
    """The result of one article; fails the test when it is rejected."""
    return extractor()(text, published=published, doc_id=doc_id)


def read_all(texts: Sequence[str]) -> list[Result]:
    """The results of several articles, read as one batch."""
    results = list(extractor().run(Article(f"article-{n}", text, published=WEDNESDAY) for n, text in enumerate(texts)))
    assert all(isinstance(result, Result) for result in results), results
    return [result for result in results if isinstance(result, Result)]


def names(document: Document, keys: Iterable[str]) -> list[str]:
    """The names of entities or states, sorted."""
    known = {entity.key: entity.name for entity in document.entities}
    return sorted(known[key] if key in known else countries()[key].name for key in keys)


def mentions(document: Document, kind: str, mode: str | None) -> list[EventMention]:
    """The event mentions of one type and mode, in the order of the text."""
    return [m for m in document.event_mentions if (m.type, m.mode) == (kind, mode)]


def told(event: EventRecord) -> tuple[str, str | None, list[str], list[str]]:
    """Type, mode, and the names of actors and recipients, sorted."""
    return event.type, event.mode, sorted(a.name for a in event.actors), sorted(r.name for r in event.recipients)


def spans(record: Record) -> Iterator[SpanRecord]:
    """Every span of a record, however deep."""
    waiting: list[object] = [record]
    while waiting:
        item = waiting.pop()
        if isinstance(item, SpanRecord):
            yield item
        elif isinstance(item, list):
            waiting.extend(item)
        elif hasattr(item, "__dict__"):
            waiting.extend(vars(item).values())
