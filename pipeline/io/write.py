"""Writing the output files so that a valid set is always there, whatever happens to the run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import jsonlines
from filelock import FileLock, Timeout
from pydantic_core import to_json

from pipeline.errors import OutputError
from pipeline.record import FILES, Record, RunRecord

RUN_FILE = "run.json"
LOCK = ".dragoman.lock"


class OutputFolder:
    """The output files of one run, in one folder that no other run can write to meanwhile.

    Lines go to temporary files in the folder. `commit` flushes them to the disk and puts each in
    the place of the file of an earlier run, run.json last; without it, leaving the context removes
    them and nothing has changed. What a killed run left behind is removed at the start. Every
    method raises `OutputError` when the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path / LOCK, timeout=0)
        self._files: dict[str, IO[bytes]] = {}
        self._writers: dict[str, jsonlines.Writer] = {}

    def __enter__(self) -> Self:
        with self._failing():
            self._path.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire()
            except Timeout as error:
                raise OutputError(f"{self._path}: another run is writing here") from error
        try:
            with self._failing():
                for name in FILES:
                    self._temporary(name).unlink(missing_ok=True)
                for name in FILES:
                    self._files[name] = self._temporary(name).open("wb")
                    self._writers[name] = jsonlines.Writer(self._files[name], dumps=to_json)
        except OutputError:
            self._discard()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._discard()

    def write(self, name: str, record: Record) -> None:
        """Add a line to the output file `name`."""
        with self._failing():
            self._writers[name].write(record)

    def commit(self, run: RunRecord) -> None:
        """Write run.json and make all files the folder's."""
        with self._failing():
            self._files[RUN_FILE].write(run.model_dump_json(indent=2).encode() + b"\n")
            for file in self._files.values():
                file.flush()
                os.fsync(file.fileno())
                file.close()
            for name in FILES:
                os.replace(self._temporary(name), self._path / name)
            self._files.clear()
            _sync_folder(self._path)

    def _temporary(self, name: str) -> Path:
        return self._path / f".{name}.tmp"

    def _discard(self) -> None:
        for name, file in self._files.items():
            with contextlib.suppress(OSError):  # a full disk refuses what is still in the buffer
                file.close()
            self._temporary(name).unlink(missing_ok=True)
        self._files.clear()
        with contextlib.suppress(OSError):  # some systems keep open files; another run that waits here makes its own
            (self._path / LOCK).unlink(missing_ok=True)
        self._lock.release()

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(f"{self._path}: cannot be written: {error.strerror or error}") from error


def _sync_folder(path: Path) -> None:
    """Make the renames last through a power cut, where the system can open folders."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
