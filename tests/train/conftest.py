"""A folder of labelled articles: the seeds beside their labels."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.articles import SEEDS


@pytest.fixture(scope="session")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("labelled")
    for label in (SEEDS / "gold").glob("*.yaml"):
        shutil.copy(label, folder)
        shutil.copy(SEEDS / f"{label.stem}.txt", folder)
    return folder
