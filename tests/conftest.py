"""Settings of the whole test suite."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import settings
from spacy.language import Language

from pipeline.config import SegmentSettings
from pipeline.lookup.words import Words, read_words
from pipeline.text.segment import load_model
from tests.paragraphs import paragraphs

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden anew instead of comparing with it"
    )


@pytest.fixture(scope="session")
def model() -> Language:
    """The spaCy pipeline of the baseline."""
    return load_model(SegmentSettings())


@pytest.fixture(scope="session")
def words_of(model: Language) -> Callable[[str], Words]:
    return lambda text: read_words(model(text), paragraphs(text))
