from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from pipeline.config import SegmentSettings
from pipeline.document import Article, Document, Mention, Paragraph, View
from pipeline.recognise.recognise import Recognise
from pipeline.recognise.words import Words, read_words
from pipeline.text.segment import load_model

Read = Callable[[str], tuple[Mention, ...]]


@pytest.fixture(scope="session")
def model() -> Language:
    return load_model(SegmentSettings())


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


@pytest.fixture(scope="session")
def read(model: Language) -> Read:
    """The mentions of a text that is its own view."""

    def mentions(text: str) -> tuple[Mention, ...]:
        view = View(text, range(len(text)), range(1, len(text) + 1), paragraphs(text))
        [document] = Recognise()([Document(Article("test", text), view=view, parse=model(text))])
        return document.mentions

    return mentions


@pytest.fixture(scope="session")
def words_of(model: Language) -> Callable[[str], Words]:
    return lambda text: read_words(model(text), paragraphs(text))


@pytest.fixture(scope="session")
def surfaces(read: Read) -> Callable[[str, str], list[str]]:
    """The texts of the mentions of one label."""
    return lambda text, label: [mention.text for mention in read(text) if mention.label == label]
