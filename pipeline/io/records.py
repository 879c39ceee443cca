"""Reading output files again, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.record import Record

R = TypeVar("R", bound=Record)


def read_records(path: Path, kind: type[R]) -> Iterator[R]:
    """The records of a file of JSON Lines; raises `InputError`, with the line, for what is none of the kind."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield kind.model_validate_json(line)
                except ValidationError as error:
                    message = f"{path}:{number}: no {kind.__name__}; see dragoman validate {path}"
                    raise InputError(message) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
