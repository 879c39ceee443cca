"""Migrate: records that an earlier release wrote, in the present schema."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json

from pipeline.errors import InputError, OutputError
from pipeline.io.write import sync_folder
from pipeline.record import FILES, SCHEMA_VERSION, Record

Line = dict[str, Any]

STEPS: Mapping[int, Callable[[str, Line], Line]] = {}
"""By schema version what brings a line of a file with it to the next version; the file's name comes first."""


def migrated(name: str, raw: bytes, *, where: str) -> bytes:
    """A line of the file `name` (or all of run.json) in the present schema; the same bytes when it has that already.

    Keys that came within a schema version and are missing get their default. Raises `InputError`, with `where` it
    stands, for what a later release wrote and for what is no such record.
    """
    kind = FILES[name]
    line = _parsed(raw, where)
    version = line.get("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise InputError(f"{where}: schema version {version}; this release knows {SCHEMA_VERSION} and those before")
    changed = line
    for step in range(version, SCHEMA_VERSION):
        changed = {**STEPS[step](name, changed), "schema_version": step + 1}
    new = to_json(_checked(kind, changed, where), indent=2 if name == "run.json" else None) + b"\n"
    return raw if json.loads(new) == line else new


def migrated_lines(path: Path, name: str) -> Iterator[bytes]:
    """The lines of a file of records in the present schema. Raises `InputError`."""
    try:
        with path.open("rb") as file:
            if name == "run.json":
                yield migrated(name, file.read(), where=str(path))
            else:
                for number, raw in enumerate(file, 1):
                    yield migrated(name, raw, where=f"{path}:{number}")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def needs_migration(path: Path, name: str) -> bool:
    """Whether a file of records has a line that is not in the present schema. Raises `InputError`."""
    with path.open("rb") as file:
        before = iter([file.read()]) if name == "run.json" else file
        return any(old != new for old, new in zip(before, migrated_lines(path, name), strict=True))


def migrate_folder(folder: Path) -> list[str]:
    """Bring the output files in a folder to the present schema; the names of those that were changed or made.

    Each file is replaced as a whole. Raises `InputError` before anything is changed when a line cannot be read, and
    `OutputError`.
    """
    found = [name for name in FILES if (folder / name).is_file()]
    if not found:
        raise InputError(f"{folder}: neither a store nor a folder with output files")
    old = [name for name in found if needs_migration(folder / name, name)]
    try:
        for name in old:
            write_lines(folder / f".{name}.new", migrated_lines(folder / name, name))
            os.replace(folder / f".{name}.new", folder / name)
        missing = [name for name in FILES if name not in found and name != "run.json"]
        for name in missing:
            write_lines(folder / name, iter(()))
        sync_folder(folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}") from error
    return [*old, *missing]


def write_lines(path: Path, lines: Iterator[bytes]) -> None:
    """Write lines to a file and bring it to the disk. Raises `OSError`."""
    with path.open("wb") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _parsed(raw: bytes, where: str) -> Line:
    try:
        line = json.loads(raw)
    except ValueError as error:
        raise InputError(f"{where}: no JSON: {error}") from error
    if not isinstance(line, dict):
        raise InputError(f"{where}: no JSON object")
    return line


def _checked(kind: type[Record], line: Line, where: str) -> Record:
    try:
        return kind.model_validate(line)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
