"""Gold files of any format, read for training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.gold.model import GoldArticle
from pipeline.gold.read import read_gold


def read_articles(paths: Sequence[Path]) -> Iterator[GoldArticle]:
    """The articles of gold files and folders of any format, one after the other.

    Raises `InputError` for gold that cannot be read: labels silently left out would change what is learned.
    """
    for path in paths:
        for item in read_gold(path):
            if isinstance(item, GoldArticle):
                yield item
            elif not item.warning:
                raise InputError(str(item))
