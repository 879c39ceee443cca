"""A line that does what a test of the run around it wants."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext

from pipeline.build import Result
from pipeline.config import Settings
from pipeline.document import Article, Document
from pipeline.record import EventRecord
from pipeline.stage import Rejection
from tests.records import document_record, entity, event_values, ident


class Line:
    """An extractor that finds one event in each article, and does `before` each batch of two."""

    models = {"spacy": "none"}  # noqa: RUF012
    forgetting = nullcontext

    def __init__(self, before: Callable[[int], None] = lambda batch: None) -> None:
        self._before = before
        self._number = itertools.count()

    def __call__(self, settings: Settings) -> Line:
        return self

    def run(self, articles: Iterable[Article]) -> Iterator[Result | Rejection]:
        stream = iter(articles)
        while batch := list(itertools.islice(stream, 2)):
            self._before(next(self._number))
            yield from map(self._one, batch)

    def _one(self, article: Article) -> Result | Rejection:
        if article.text == "bad":
            return Rejection(article, "clean", "language", "no English")
        values = event_values(id=ident(int(article.doc_id), "evt"))
        values["source"]["doc_id"] = article.doc_id
        event = EventRecord.model_validate(values)
        document = document_record(article.doc_id, entity(1, "person", "Ann Lee", "Lee"), events=(event.id,))
        return Result(document, (event,), article, Document(article))
