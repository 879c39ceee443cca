"""A registry in a SQLite file, or in memory and what does not fit there in a temporary one."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.link.schema import SCHEMA, tables
from pipeline.link.store import RegistryError, Rows, Value

MEMORY = ":memory:"
APPLICATION = int.from_bytes(b"drag")
"""Marks a SQLite file as a registry (PRAGMA application_id)."""

CACHE_KIB = 65536
TEMPORARY_CACHE_KIB = 16384
"""Of a registry in memory: what it has beyond that is in a temporary file."""


class SqliteStore:
    """A connection to a SQLite database in WAL mode: one writer at a time, readers are never blocked.

    Every commit is on the disk before it returns (synchronous=FULL), so it outlives a killed process and a power cut.
    """

    def __init__(self, place: str, connection: sqlite3.Connection) -> None:
        self.place = place
        self._connection = connection

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> Rows:
        with self._failing():
            return self._connection.execute(sql, parameters).fetchall()

    def run_many(self, sql: str, parameters: Iterable[Sequence[Value]]) -> None:
        with self._failing():
            self._connection.executemany(sql, parameters)

    def among(self, column: str) -> str:
        return f"{column} IN (SELECT value FROM json_each(?))"

    def pack(self, values: Iterable[str] | Iterable[int]) -> Value:
        return json.dumps(list(values))

    @contextmanager
    def writing(self) -> Iterator[None]:
        if self._connection.in_transaction:
            raise RegistryError(f"{self.place}: still being read; it cannot be written through the same connection")
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        if self._connection.in_transaction:
            yield
        else:
            with self._transaction("BEGIN"):
                yield

    def prepare(self, *, create: bool, timeout: float) -> None:
        _prepare(self, create=create, timeout=timeout)

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.rows(begin)
        try:
            yield
            self.rows("COMMIT")
        finally:
            if self._connection.in_transaction:
                self.rows("ROLLBACK")

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            reason = "another process is writing to it" if _locked(error) else str(error)
            raise RegistryError(f"{self.place}: {reason}") from error


def open_sqlite(location: str | Path, *, create: bool, timeout: float) -> SqliteStore:
    """The registry in a file, still to be prepared; file and folder are made where there are none and `create` says so.

    `timeout` is how many seconds to wait for another writer. Raises `RegistryError`.
    """
    place, path = str(location), Path(location).absolute()
    if place == MEMORY:
        uri = "file:"  # no name: a file of SQLite's own, for what its cache cannot hold, that is gone at the end
    elif create:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RegistryError(f"{place}: cannot be made: {error.strerror}") from error
        uri = f"{path.as_uri()}?mode=rwc"
    else:
        if not path.exists():
            raise RegistryError(f"{place}: no registry there")
        uri = f"{path.as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)
    except sqlite3.Error as error:
        raise RegistryError(f"{place}: {error}") from error
    return SqliteStore(place, connection)


def _prepare(store: SqliteStore, *, create: bool, timeout: float) -> None:
    if not _marked(store):
        if not create:
            raise RegistryError(f"{store.place}: not a registry")
        _use_wal(store, timeout)
        with store.writing():
            if not _marked(store):
                for statement in tables(clustered="WITHOUT ROWID", exact="TEXT"):
                    store.rows(statement)
                store.rows("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
                store.rows(f"PRAGMA application_id = {APPLICATION}")
    cache = TEMPORARY_CACHE_KIB if store.place == MEMORY else CACHE_KIB
    for setting in ("synchronous = FULL", "temp_store = MEMORY", f"cache_size = -{cache}"):
        store.rows(f"PRAGMA {setting}")


def _marked(store: SqliteStore) -> bool:
    """Whether the database is a registry; False for an empty one. Raises `RegistryError` for anything else."""
    filled = store.rows("SELECT 1 FROM sqlite_master LIMIT 1")  # first, as another process may be making the registry
    if store.rows("PRAGMA application_id") == [(APPLICATION,)]:
        return True
    if filled:
        raise RegistryError(f"{store.place}: not a registry but another SQLite database")
    return False


def _use_wal(store: SqliteStore, timeout: float) -> None:
    """Set the WAL mode, which stays with the file. SQLite does not wait for others here, so this does."""
    end = time.monotonic() + timeout
    while True:
        try:
            store.rows("PRAGMA journal_mode = WAL")
            return
        except RegistryError as error:
            if not _locked(error.__cause__) or time.monotonic() > end:
                raise
            time.sleep(0.01)


def _locked(error: BaseException | None) -> bool:
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
