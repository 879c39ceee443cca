"""What makes tokens and lemmas for the encoder."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.config import SegmentSettings
from pipeline.text.segment import load_tokenizer


@pytest.fixture(scope="session")
def tokens() -> Language:
    return load_tokenizer(SegmentSettings())
