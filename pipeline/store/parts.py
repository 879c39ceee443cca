"""Parts: the files of a store, one for every kind of record and day of a commit."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from pydantic import BaseModel
from pydantic_core import to_json

OPEN = 64
"""So many files are held open at the same time, however many days a commit has."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of records: `path` and `waiting` are relative to the store's folder.

    `waiting` is the name that the file has until it is renamed to `path`, None afterwards.
    """

    path: str
    number: int
    kind: str
    day: dt.date
    lines: int
    bytes: int
    sha256: str
    waiting: str | None = None


class _Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


@dataclass(slots=True)
class _Growing:
    path: Path
    lines: int = 0
    bytes: int = 0
    digest: _Digest = field(default_factory=hashlib.sha256)


class PartWriter:
    """Writes the records of one commit to files in `folder`, below the store's; they wait there for their names.

    `number` is that of the commit. Raises `OSError`.
    """

    def __init__(self, store: Path, folder: Path, number: int) -> None:
        self.number = number
        self._store = store
        self._folder = folder
        self._growing: dict[tuple[str, dt.date], _Growing] = {}
        self._open: OrderedDict[Path, IO[bytes]] = OrderedDict()

    def write(self, kind: str, day: dt.date, record: BaseModel) -> None:
        """Add a record to the part of its kind ("events", …) and day."""
        line = to_json(record) + b"\n"
        growing = self._growing.get((kind, day))
        if growing is None:
            path = self._folder / f"{kind}-{day.isoformat()}-{self.number:08}.jsonl"
            growing = self._growing[kind, day] = _Growing(path)
            path.unlink(missing_ok=True)
        self._file(growing.path).write(line)
        growing.lines += 1
        growing.bytes += len(line)
        growing.digest.update(line)

    def finish(self) -> Sequence[Part]:
        """Bring all to the disk and close the files; the parts, waiting."""
        for path in [growing.path for growing in self._growing.values()]:
            file = self._file(path)
            file.flush()
            os.fsync(file.fileno())
        self.close()
        return [
            Part(
                path=f"{kind}/{day.isoformat().replace('-', '/')}/part-{self.number:08}.jsonl",
                number=self.number,
                kind=kind,
                day=day,
                lines=growing.lines,
                bytes=growing.bytes,
                sha256=growing.digest.hexdigest(),
                waiting=growing.path.relative_to(self._store).as_posix(),
            )
            for (kind, day), growing in self._growing.items()
        ]

    def close(self) -> None:
        """Close the files."""
        while self._open:
            self._open.popitem()[1].close()

    def _file(self, path: Path) -> IO[bytes]:
        file = self._open.get(path)
        if file is None:
            if len(self._open) >= OPEN:
                self._open.popitem(last=False)[1].close()
            file = self._open[path] = path.open("ab")
        self._open.move_to_end(path)
        return file
