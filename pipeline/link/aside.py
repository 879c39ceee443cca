"""Aside: a heap of bytes under keys that need not stay in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pipeline.errors import OutputError

_CACHE_KIB = 4096


class Aside:
    """Bytes put aside under keys, several under one if need be.

    They lie in a file that SQLite makes where SQLITE_TMPDIR or TMPDIR says, else in /var/tmp or /tmp, and that is gone
    with this object. Every method raises `OutputError` when that fails.
    """

    def __init__(self) -> None:
        with _failing():
            self._connection = sqlite3.connect("")
            self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self._connection.execute(
                "CREATE TABLE heap (key TEXT, number INTEGER, value BLOB, PRIMARY KEY (key, number))"
            )
        self._number = 0

    def put(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Put some aside, no key twice."""
        self._number += 1
        with _failing(), self._connection:
            self._connection.executemany(
                "INSERT INTO heap VALUES (?, ?, ?)", ((key, self._number, value) for key, value in items)
            )

    def keys(self) -> Iterator[str]:
        """The keys, each once."""
        with _failing():
            yield from (key for (key,) in self._connection.execute("SELECT DISTINCT key FROM heap"))

    def get(self, key: str) -> Iterator[bytes]:
        """What was put aside under a key, the earliest first."""
        with _failing():
            rows = self._connection.execute("SELECT value FROM heap WHERE key = ? ORDER BY number", (key,))
            yield from (value for (value,) in rows)


@contextmanager
def _failing() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"a temporary file cannot be written: {error}") from error
