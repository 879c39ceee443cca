"""`dragoman validate` of a store: are its parts there, and what they were when they were written?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pipeline.record import FILES, Record
from pipeline.store.folder import DATABASE, read_parts, reading


def is_store(path: Path) -> bool:
    """Whether a folder is a store."""
    return (path / DATABASE).is_file()


def store_files(store: Path) -> list[tuple[Path, type[Record]]]:
    """The parts of a store that are there, and the model of their lines. Raises `InputError`."""
    with reading(store) as database:
        found = [(store / part.path, FILES[f"{part.kind}.jsonl"]) for part in read_parts(database)]
    return [(path, model) for path, model in found if path.is_file()]


def damages(store: Path) -> Iterator[tuple[Path, str]]:
    """The parts of a store that are not there or not as they were written, with the reason. Raises `InputError`."""
    with reading(store) as database:
        parts = [part for part in read_parts(database) if part.waiting is None]
    for part in parts:
        path = store / part.path
        if not path.is_file():
            yield path, "it is gone"
        else:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest != part.sha256:
                yield path, "it is not as it was written: another digest than in the store's database"
