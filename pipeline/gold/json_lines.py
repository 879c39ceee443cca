"""gold/1: JSON Lines, one article a line, gzipped when the file's name says so."""

from __future__ import annotations

import codecs
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem, reasons
from pipeline.io.streams import BrokenInput, bounded_lines, decompressed, reading

LINE_BYTES = 1 << 26


def read(path: Path) -> Iterator[GoldArticle | Problem]:
    """The articles of a gold/1 file, and a Problem for everything wrong with a line.

    Raises `InputError` when the file cannot be read.
    """
    return (item for _, item in numbered(path))


def numbered(path: Path) -> Iterator[tuple[int, GoldArticle | Problem]]:
    """As `read`, with the 1-based number of the line."""
    try:
        with path.open("rb") as file, reading():
            for number, line, whole in bounded_lines(decompressed(file, path), LINE_BYTES):
                if not whole:
                    yield number, Problem(str(path), number, None, f"the line has over {LINE_BYTES:,} bytes")
                elif line.strip():
                    yield from ((number, item) for item in _article(line, str(path), number))
    except BrokenInput as error:
        raise InputError(f"{path}: {error.message}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _article(line: bytes, file: str, number: int) -> Iterator[GoldArticle | Problem]:
    try:
        yield GoldArticle.model_validate_json(line.removeprefix(codecs.BOM_UTF8).rstrip(), strict=True)
    except ValidationError as error:
        article = _id(line)
        for reason in reasons(error):
            yield Problem(file, number, article, reason.replace(" at line 1 column ", " at byte "))


def _id(line: bytes) -> str | None:
    """The id of an article that has something wrong with it."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    found = values.get("id") if isinstance(values, dict) else None
    return found if isinstance(found, str) else None


def write(articles: Iterable[GoldArticle], out: Path) -> None:
    """Write the articles, one a line."""
    with gzip.GzipFile(out, "wb", mtime=0) if out.suffix == ".gz" else out.open("wb") as file:
        for article in articles:
            file.write(article.model_dump_json().encode() + b"\n")
