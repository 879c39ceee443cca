"""A folder of labelled articles: the seeds beside their labels."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.articles import SEEDS
from pipeline.document import Document
from pipeline.gold.marked import parse
from pipeline.gold.model import GoldArticle
from pipeline.train.labels import LabelledArticle
from pipeline.train.line import read_until
from tests.augmented import BODY, HEAD

Until = Callable[[str], list[tuple[LabelledArticle, Document]]]


@pytest.fixture(scope="session")
def article() -> GoldArticle:
    """An article of which changed copies are made."""
    return parse(HEAD + BODY)


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny encoder; for tests that have torch."""
    from tests.tiny_model import write_encoder

    folder = tmp_path_factory.mktemp("encoder")
    write_encoder(folder)
    return folder


@pytest.fixture(scope="session")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("labelled")
    for label in (SEEDS / "gold").glob("*.yaml"):
        shutil.copy(label, folder)
        shutil.copy(SEEDS / f"{label.stem}.txt", folder)
    return folder


@pytest.fixture(scope="session")
def until(labelled: Path) -> Until:
    """The labelled articles filled by all stages before the one named; each stage is read up to once."""
    return functools.cache(lambda stage: read_until(stage, [labelled]))
