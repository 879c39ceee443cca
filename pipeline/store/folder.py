"""Store: the folder of a scheduled job, which holds records in parts and a database of what is known.

A commit is one transaction of the database, which names the new parts while they wait under other names; then they are
renamed. A run that dies before that leaves nothing, one that dies after it leaves parts that the next run renames, so
every record is there once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout
from pydantic import BaseModel

from pipeline.errors import InputError, OutputError, StopRun
from pipeline.io.write import sync_folder
from pipeline.store.database import open_database, read_database, writing
from pipeline.store.parts import Part, PartWriter

DATABASE = "store.sqlite"
MANIFEST = "manifest.sha256"
WAITING = ".waiting"
LOCK = ".lock"
HOLDER = ".holder.json"


class StoreBusy(StopRun):
    """Another run is writing to the store."""


class Store:
    """A store to write to; as long as the context lasts no other run can.

    Raises `StoreBusy` when one does, `OutputError` when the folder cannot be written and `InputError` when the
    database is none of a store's, all on entering. Every other method may raise `OutputError`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.left: Mapping[str, Any] | None = None
        """What a run that died had said of itself."""
        self._lock = FileLock(path / LOCK, timeout=0)

    def __enter__(self) -> Self:
        with self._failing():
            (self.path / WAITING).mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire()
            except Timeout as error:
                raise StoreBusy(f"{self.path}: another run is writing here{_described(self._holder())}") from error
        with ExitStack() as undoing:
            undoing.callback(self._release)
            self.left = self._holder()
            with self._failing():
                began = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
                (self.path / HOLDER).write_text(json.dumps({"process": os.getpid(), "began": began}))
            self.database = open_database(self.path / DATABASE)
            undoing.callback(self.database.close)
            with self._failing():
                self._recover()
                self._parts = self._next()
            undoing.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parts.close()
        self.database.close()
        self._release()

    @property
    def number(self) -> int:
        """That of the next commit, and of its parts."""
        return self._parts.number

    def write(self, kind: str, day: dt.date, record: BaseModel) -> None:
        """Add a record ("events", "documents", "tombstones", "rejects") to the next commit."""
        with self._failing():
            self._parts.write(kind, day, record)

    def commit(self, *, run: int, now: dt.datetime) -> None:
        """Make what was written since the last commit part of the store, with what the database was told meanwhile."""
        with self._failing(), writing():
            parts = self._parts.finish()
            if parts:
                values = (self._parts.number, run, now.isoformat())
                self.database.execute("INSERT INTO commits VALUES (?, ?, ?)", values)
            self.database.executemany(
                "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(p.path, p.number, p.kind, p.day.isoformat(), p.lines, p.bytes, p.sha256, p.waiting) for p in parts],
            )
            self.database.commit()
            self._settle()
            self._parts = self._next()

    def drop(self) -> None:
        """Forget what was written since the last commit, and what the database was told meanwhile."""
        self._parts.close()
        self.database.rollback()

    def parts(self) -> Iterator[Part]:
        """The parts, in the order of their commits."""
        return read_parts(self.database)

    def replace(self, part: Part, lines: Iterator[bytes]) -> None:
        """Give a part other lines."""
        waiting = Path(WAITING, part.path.replace("/", "-"))
        digest, size, number = hashlib.sha256(), 0, 0
        with self._failing(), writing():
            with (self.path / waiting).open("wb") as file:
                for line in lines:
                    file.write(line)
                    digest.update(line)
                    size, number = size + len(line), number + 1
                file.flush()
                os.fsync(file.fileno())
            self.database.execute(
                "UPDATE part SET lines = ?, bytes = ?, sha256 = ?, waiting = ? WHERE path = ?",
                (number, size, digest.hexdigest(), waiting.as_posix(), part.path),
            )
            self.database.commit()
            self._settle()
            self._write_manifest()

    def remove(self, parts: list[Part]) -> None:
        """Take parts out of the store, for good."""
        with self._failing(), writing():
            self.database.executemany("DELETE FROM part WHERE path = ?", [(part.path,) for part in parts])
            self.database.commit()
            for part in parts:
                path = self.path / part.path
                path.unlink(missing_ok=True)
                _remove_empty(path.parent, self.path)
            self._write_manifest()

    def _recover(self) -> None:
        self._settle()
        named = [part.path for part in self.parts()]
        shutil.rmtree(self.path / WAITING)
        (self.path / WAITING).mkdir()
        if sorted(_paths(self.path / MANIFEST)) != sorted(named):
            self._write_manifest()

    def _settle(self) -> None:
        """Give the parts of the last commit their names."""
        waiting = [part for part in self.parts() if part.waiting is not None]
        folders: set[Path] = set()
        for part in waiting:
            path, name = self.path / part.path, self.path / str(part.waiting)
            path.parent.mkdir(parents=True, exist_ok=True)
            if name.exists() or not path.exists():
                os.replace(name, path)
            folder = path.parent.relative_to(self.path)
            folders.update((folder, *folder.parents))
        for folder in folders:
            sync_folder(self.path / folder)
        if waiting:
            with (self.path / MANIFEST).open("ab") as file:
                file.write("".join(map(_manifest_line, waiting)).encode())
                file.flush()
                os.fsync(file.fileno())
            self.database.execute("UPDATE part SET waiting = NULL WHERE waiting IS NOT NULL")
            self.database.commit()

    def _next(self) -> PartWriter:
        (number,) = self.database.execute("SELECT coalesce(max(number), 0) + 1 FROM commits").fetchone()
        return PartWriter(self.path, self.path / WAITING, number)

    def _write_manifest(self) -> None:
        new = self.path / WAITING / MANIFEST
        with new.open("wb") as file:
            for part in self.parts():
                file.write(_manifest_line(part).encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self.path / MANIFEST)
        sync_folder(self.path)

    def _holder(self) -> Mapping[str, Any] | None:
        try:
            found = json.loads((self.path / HOLDER).read_bytes())
        except (OSError, ValueError):  # there is none, or it is being written
            return None
        return found if isinstance(found, dict) else None

    def _release(self) -> None:
        (self.path / HOLDER).unlink(missing_ok=True)
        self._lock.release()

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be written: {error.strerror or error}") from error


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The database of a store, to read in it while a run may be writing. Raises `InputError` when there is none."""
    file = path / DATABASE
    if not file.is_file():
        raise InputError(f"{path}: no store: there is no {DATABASE} in it")
    with read_database(file) as connection:
        yield connection


def read_parts(connection: sqlite3.Connection) -> Iterator[Part]:
    """The parts of a store, in the order of their commits."""
    rows = connection.execute(
        "SELECT path, number, kind, day, lines, bytes, sha256, waiting FROM part ORDER BY number, path"
    ).fetchall()
    for path, number, kind, day, lines, size, digest, waiting in rows:
        yield Part(path, number, kind, dt.date.fromisoformat(day), lines, size, digest, waiting)


def _manifest_line(part: Part) -> str:
    """As `sha256sum` writes and checks it."""
    return f"{part.sha256}  {part.path}\n"


def _paths(manifest: Path) -> list[str]:
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [line.partition("  ")[2] for line in lines]


def _described(holder: Mapping[str, Any] | None) -> str:
    return f" (process {holder.get('process')}, since {holder.get('began')})" if holder else ""


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top:
        try:
            folder.rmdir()
        except OSError:  # there is something else in it
            return
        folder = folder.parent
