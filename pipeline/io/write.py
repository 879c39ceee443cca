"""Writing the output files so that a valid set is always there, whatever happens to the run."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import jsonlines
from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import to_json

from pipeline.errors import OutputError
from pipeline.record import FILES, Record, RunRecord

RUN_FILE = "run.json"
LOCK = ".dragoman.lock"
STATE = ".dragoman.state"
SCRATCH = ".dragoman.scratch"


class _State(BaseModel):
    """What a run that was stopped left behind: how long its files were when it wrote `note`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    sizes: dict[str, int]
    note: dict[str, Any]


class OutputFolder:
    """The output files of one run, in one folder that no other run can write to meanwhile.

    Lines go to temporary files in the folder. `commit` flushes them to the disk and puts each in
    the place of the file of an earlier run, run.json last; without it the files of the earlier run
    stay. `checkpoint` makes what is written so far outlast this run: a later one with the same `key`
    finds it, and in `left` the note that came with it, and goes on from there; one with another key,
    without a key or told to begin `anew` does not. Every method raises `OutputError` when the folder
    cannot be written.
    """

    def __init__(self, path: Path, *, key: str | None = None, anew: bool = False) -> None:
        self._path = path
        self._key = key
        self._anew = anew
        self._lock = FileLock(path / LOCK, timeout=0)
        self._files: dict[str, IO[bytes]] = {}
        self._writers: dict[str, jsonlines.Writer] = {}
        self.left: dict[str, Any] | None = None
        self.dropped = False
        """Whether another run had left something, which is gone now."""

    def __enter__(self) -> Self:
        with self._failing():
            self._path.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire()
            except Timeout as error:
                raise OutputError(f"{self._path}: another run is writing here") from error
        try:
            with self._failing():
                state = self._state()
                if state is None:
                    self._begin()
                else:
                    self._go_on(state)
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

    def written(self, name: str) -> Iterator[bytes]:
        """The lines of an output file that the run before this one left."""
        with self._failing():
            self._files[name].flush()
            with self._temporary(name).open("rb") as file:
                yield from file

    @property
    def scratch(self) -> Path:
        """A file for what the run has to remember; it stays as long as what a checkpoint keeps. There is none yet
        when a run begins anew."""
        return self._path / SCRATCH

    def checkpoint(self, note: dict[str, Any]) -> None:
        """Keep what is written so far for a later run; `note` is anything that JSON can hold. Needs a key."""
        if self._key is None:
            raise ValueError("a folder without a key keeps nothing")
        with self._failing():
            sizes = {}
            for name, file in self._files.items():
                _sync(file)
                sizes[name] = os.fstat(file.fileno()).st_size
            state = _State(key=self._key, sizes=sizes, note=note)
            with self._new(STATE).open("wb") as file:
                file.write(state.model_dump_json().encode())
                _sync(file)
            os.replace(self._new(STATE), self._path / STATE)
            sync_folder(self._path)

    def commit(self, run: RunRecord) -> None:
        """Write run.json and make all files the folder's. After a run that has not finished, what its last
        checkpoint kept stays for a later one."""
        with self._failing():
            self._files[RUN_FILE].write(run.model_dump_json(indent=2).encode() + b"\n")
            for file in self._files.values():
                _sync(file)
            if run.finished or not (self._path / STATE).exists():
                (self._path / STATE).unlink(missing_ok=True)
                for name, file in self._files.items():
                    file.close()
                    os.replace(self._temporary(name), self._path / name)
                self._files.clear()
            else:
                for name in FILES:
                    with self._temporary(name).open("rb") as file, self._new(name).open("wb") as copy:
                        shutil.copyfileobj(file, copy)
                        _sync(copy)
                for name in FILES:
                    os.replace(self._new(name), self._path / name)
            sync_folder(self._path)

    def _state(self) -> _State | None:
        """What the run before left for one with this key."""
        try:
            state = _State.model_validate_json((self._path / STATE).read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError:
            self.dropped = True
            return None
        known = all(
            self._temporary(name).is_file() and self._temporary(name).stat().st_size >= size
            for name, size in state.sizes.items()
        )
        if not self._anew and state.key == self._key and known and state.sizes.keys() == FILES.keys():
            return state
        self.dropped = True
        return None

    def _begin(self) -> None:
        (self._path / STATE).unlink(missing_ok=True)
        self._forget()
        for name in FILES:
            self._temporary(name).unlink(missing_ok=True)
        for name in FILES:
            self._open(name, "wb")

    def _go_on(self, state: _State) -> None:
        for name, size in state.sizes.items():
            os.truncate(self._temporary(name), size)
            self._open(name, "ab")
        self.left = state.note

    def _open(self, name: str, mode: str) -> None:
        self._files[name] = file = self._temporary(name).open(mode)
        self._writers[name] = jsonlines.Writer(file, dumps=to_json)

    def _temporary(self, name: str) -> Path:
        return self._path / f".{name}.tmp"

    def _new(self, name: str) -> Path:
        return self._path / f".{name}.new"

    def _discard(self) -> None:
        for file in self._files.values():
            with contextlib.suppress(OSError):  # a full disk refuses what is still in the buffer
                file.close()
        self._files.clear()
        kept = (self._path / STATE).exists()
        if not kept:
            self._forget()
        for name in (*FILES, STATE):
            self._new(name).unlink(missing_ok=True)
            if not kept:
                self._temporary(name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # some systems keep open files; another run that waits here makes its own
            (self._path / LOCK).unlink(missing_ok=True)
        self._lock.release()

    def _forget(self) -> None:
        for path in self._path.glob(f"{SCRATCH}*"):  # SQLite has a journal beside its file
            path.unlink(missing_ok=True)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(f"{self._path}: cannot be written: {error.strerror or error}") from error


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Make the renames last through a power cut, where the system can open folders."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
