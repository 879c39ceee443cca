"""Reading gold of any format."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem

FORMATS = {
    "gold": "json_lines",
    "values": "values",
    "marked": "marked",
    "label-studio": "label_studio",
    "brat": "brat",
    "doccano": "doccano",
    "conll": "conll",
}
"""The formats, and the module of `pipeline.gold` that reads and writes each."""

ENDINGS = {
    ".ann": "brat",
    ".yaml": "values",
    ".yml": "values",
    ".conll": "conll",
    ".bio": "conll",
}
"""Formats that a file's ending tells, in the order in which a folder is searched for them."""

BEGINNINGS = (
    (re.compile(r"---\r?\n"), "marked"),
    (re.compile(r"-DOCSTART-|# article: "), "conll"),
    (re.compile(r'\[|\{.*"data"\s*:'), "label-studio"),
    (re.compile(r'\{.*"(format"\s*:\s*"gold/|annotates"\s*:)'), "gold"),
    (re.compile(r'\{.*"(text|data)"\s*:'), "doccano"),
)
"""Formats that a file's first line tells; inside the strings of a JSON object no quotes stand without a backslash."""

HEAD = 1 << 16


def read_gold(path: Path, *, format: str | None = None, texts: Path | None = None) -> Iterator[GoldArticle | Problem]:
    """The articles of a gold file or folder, and a Problem for each that cannot be read.

    `format` is a key of FORMATS, by default what `detect` finds. `texts` is the folder of the articles' texts,
    which only value labels have apart. Raises `InputError` when nothing can be read at all.
    """
    name = check(format) if format is not None else detect(path)
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    if name == "values":
        from pipeline.gold import values

        return values.read(path, texts=texts)
    if texts is not None:
        raise InputError(f"{path}: is in the format {name}, which has its texts in it; only values take them apart")
    found: Iterator[GoldArticle | Problem] = module(name).read(path)
    return found


def module(format: str) -> Any:
    """The module with the functions `read` and `write` of a format."""
    return import_module(f"pipeline.gold.{FORMATS[format]}")


def check(format: str) -> str:
    """The format; raises `InputError` for one that is not in FORMATS."""
    if format not in FORMATS:
        raise InputError(f"{format}: no gold format; there are {', '.join(FORMATS)}")
    return format


def detect(path: Path) -> str:
    """The format of a file or folder, by its ending and first characters; raises `InputError` when they do not tell."""
    try:
        if not path.is_dir():
            found = ENDINGS.get(path.suffix.lower()) or _by_content(path)
        else:
            files = sorted(path.iterdir())
            endings = {file.suffix.lower() for file in files}
            found = next((format for ending, format in ENDINGS.items() if ending in endings), None)
            if found is None and any(_by_content(file) == "marked" for file in files if file.suffix == ".txt"):
                found = "marked"
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file or folder") from error
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if found is None:
        raise InputError(f"{path}: looks like none of the gold formats {', '.join(FORMATS)}; say which it is")
    return found


def _by_content(file: Path) -> str | None:
    with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as stream:
        head = stream.read(HEAD).decode("utf-8-sig", "replace").lstrip()
    for pattern, format in BEGINNINGS:
        if pattern.match(head):
            return format
    return None
