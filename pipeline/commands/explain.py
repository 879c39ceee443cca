"""`dragoman explain`: which mentions, relations and rules made each record of one article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType

from pipeline import load
from pipeline.commands.explanation import of_article, of_event
from pipeline.config import changed, load_settings
from pipeline.document import Article
from pipeline.errors import InputError, RejectArticle
from pipeline.formats import Format
from pipeline.io.articles import parse_mapping
from pipeline.io.read import Reader
from pipeline.record import RejectRecord
from pipeline.stage import Rejection

if TYPE_CHECKING:
    from pipeline.build import Extractor

EVENT_PREFIX = "evt_"


def explain(
    given: str, *, id: str | None, config: Path | None, mapping: str | None, format: Format | None = None
) -> RenderableType:
    """The explanation of the article with the id, of the event with the id, or of the input's only article.

    `format` is that of standard input, where its content does not tell.
    Raises `InputError` when there is none such, `RejectArticle` when the article cannot be processed.
    """
    settings = changed(load_settings(config), format=format)
    articles = _articles(Reader([given], settings.read, mapping=parse_mapping(mapping)), id)
    if id is not None and id.startswith(EVENT_PREFIX):
        return _explain_event(articles, id, load(settings))
    if id is not None:
        articles = (article for article in articles if article.doc_id == id)
    chosen = next(articles, None)
    if chosen is None:
        raise InputError(f"{given}: no article with the id {id}")
    if id is None and next(articles, None) is not None:
        raise InputError(f"{given}: more than one article; choose with --id")
    outcome = next(iter(load(settings).run([chosen])))
    if isinstance(outcome, Rejection):
        raise RejectArticle(outcome.code, f"{outcome.stage}: {outcome.message}")
    return of_article(outcome)


def _explain_event(articles: Iterable[Article], id: str, extractor: Extractor) -> RenderableType:
    for outcome in extractor.run(articles):
        if not isinstance(outcome, Rejection):
            for event in outcome.events:
                if event.id == id:
                    return of_event(outcome, event)
    raise InputError(f"no event with the id {id}")


def _articles(reader: Reader, id: str | None) -> Iterator[Article]:
    """The articles; raises the reject of the article with the id, and that of an input with no good article."""
    fault: RejectRecord | None = None
    found = False
    for item in reader:
        if isinstance(item, RejectRecord):
            fault = fault or item
            if item.doc_id is not None and item.doc_id == id:
                raise _reject(item)
        else:
            found = True
            yield item
    if fault is not None and not found:
        raise _reject(fault)


def _reject(record: RejectRecord) -> RejectArticle:
    where = record.input if record.line is None else f"{record.input}:{record.line}"
    return RejectArticle(record.error, f"{where}: {record.message}")
