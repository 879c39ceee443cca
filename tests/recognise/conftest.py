from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from pipeline.document import Article, Document, Mention, View
from pipeline.recognise.recognise import Recognise
from tests.paragraphs import paragraphs

Read = Callable[[str], tuple[Mention, ...]]


@pytest.fixture(scope="session")
def read(model: Language) -> Read:
    """The mentions of a text that is its own view."""

    def mentions(text: str) -> tuple[Mention, ...]:
        view = View(text, range(len(text)), range(1, len(text) + 1), paragraphs(text))
        [document] = Recognise()([Document(Article("test", text), view=view, parse=model(text))])
        return document.mentions

    return mentions


@pytest.fixture(scope="session")
def surfaces(read: Read) -> Callable[[str, str], list[str]]:
    """The texts of the mentions of one label."""
    return lambda text, label: [mention.text for mention in read(text) if mention.label == label]
