"""What the readers of `pipeline.io` make of files."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import ReadSettings
from pipeline.document import Article
from pipeline.io.articles import parse_mapping
from pipeline.io.read import Reader
from pipeline.record import RejectRecord


def read(path: Path, mapping: str | None = None, **settings: object) -> list[Article | RejectRecord]:
    return list(Reader([str(path)], ReadSettings.model_validate(settings), mapping=parse_mapping(mapping)))


def read_bytes(folder: Path, name: str, raw: bytes, **settings: object) -> list[Article | RejectRecord]:
    (folder / name).write_bytes(raw)
    return read(folder / name, **settings)  # type: ignore[arg-type]


def one(items: list[Article | RejectRecord]) -> Article:
    [item] = items
    assert isinstance(item, Article), item
    return item


def codes(items: list[Article | RejectRecord]) -> list[str]:
    """The ids of articles and the errors of rejects."""
    return [item.error if isinstance(item, RejectRecord) else item.doc_id for item in items]
