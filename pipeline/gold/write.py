"""Writing gold in any format."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import CannotWrite, OutputError
from pipeline.gold.model import GoldArticle
from pipeline.gold.read import check, module


def write_gold(articles: Iterable[GoldArticle], out: Path, *, format: str) -> None:
    """Write the articles to a file, or to a folder for formats with a file an article.

    Everything is written beside `out` first and put in place when it is whole; other files of a folder stay.
    Raises `CannotWrite` for an article that the format cannot hold, `InputError` for an unknown format,
    `OutputError` when the disk refuses.
    """
    writer = module(check(format)).write
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
            whole = Path(folder) / out.name
            writer(articles, whole)
            _replace(whole, out)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from error


def unwritable(articles: Iterable[GoldArticle], *, format: str) -> list[CannotWrite]:
    """What a format says of the articles that it cannot hold, each tried alone."""
    writer = module(check(format)).write
    refused = []
    for article in articles:
        with tempfile.TemporaryDirectory() as folder:
            try:
                writer([article], Path(folder) / "gold")
            except CannotWrite as error:
                refused.append(error)
    return refused


def _replace(new: Path, old: Path) -> None:
    if not new.is_dir():
        os.replace(new, old)
        return
    for file in sorted(new.rglob("*")):
        target = old / file.relative_to(new)
        if file.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(file, target)
