"""`dragoman validate`: do output files keep the output contract?"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.commands.kept_texts import Texts, misplaced
from pipeline.commands.validate_store import damages, is_store, store_files
from pipeline.errors import InputError
from pipeline.record import FILES, Record


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one line; `line` is 1-based, None for a file that is one object."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}" if self.line is None else f"{self.file}:{self.line}: {self.reason}"


def output_files(paths: Sequence[Path], kind: str | None) -> list[tuple[Path, type[Record]]]:
    """The files to check and the model of their lines: by name, or `kind` for all of them.

    A folder stands for the output files in it, a store for its parts. Raises `InputError` for what is missing or has a
    name that tells nothing.
    """
    if kind is not None and kind not in FILES:
        raise InputError(f"{kind}: no output file; there are {', '.join(FILES)}")
    found: list[tuple[Path, type[Record]]] = []
    for path in paths:
        if is_store(path):
            found += store_files(path)
            continue
        files = [path / name for name in FILES if (path / name).exists()] if path.is_dir() else [path]
        if not files:
            raise InputError(f"{path}: no output file in it")
        for file in files:
            model = FILES.get(kind or file.name)
            if not file.exists():
                raise InputError(f"{file}: no such file")
            if model is None:
                raise InputError(f"{file}: say what it is: --as {'|'.join(FILES)}")
            found.append((file, model))
    return found


def damaged(paths: Sequence[Path]) -> Iterator[Problem]:
    """The parts of stores among the paths that are gone, or not as they were written. Raises `InputError`."""
    for path in filter(is_store, paths):
        yield from (Problem(str(part), None, reason) for part, reason in damages(path))


def problems(path: Path, model: type[Record]) -> Iterator[Problem]:
    """Everything wrong with an output file; raises `InputError` when it cannot be read.

    Where the text of an article is kept, spans that say something else than the text are wrong too.
    """
    try:
        with path.open("rb") as file:
            if model is FILES["run.json"]:
                yield from (Problem(str(path), None, reason) for reason in _reasons(file.read(), model))
            else:
                yield from _of_lines(path, file, model, Texts(path, model))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _of_lines(path: Path, file: io.BufferedReader, model: type[Record], texts: Texts) -> Iterator[Problem]:
    line = b"\n"
    number = 0
    for number, line in enumerate(file, 1):
        for reason in _reasons(line, model, texts):
            yield Problem(str(path), number, reason)
    if not line.endswith(b"\n"):
        yield Problem(str(path), number, "the last line has no end: the file may be cut off")


def _reasons(raw: bytes, model: type[Record], texts: Texts | None = None) -> list[str]:
    if not raw.strip():
        return ["nothing in it"]
    try:
        record = model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        return [f"{'.'.join(map(str, e['loc'])) or 'line'}: {e['msg']}" for e in error.errors()]
    missing = {key for key, field in model.model_fields.items() if not field.exclude_if} - record.model_fields_set
    text = texts.text_of(record) if texts else None
    return [f"{key}: Field required" for key in sorted(missing)] + ([] if text is None else [*misplaced(record, text)])
