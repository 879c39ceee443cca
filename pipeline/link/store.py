"""Where the registry is kept: what its SQL runs on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import StopRun
from pipeline.link.schema import SCHEMA

Value = str | int | float | None | list[Any]
Rows = list[tuple[Any, ...]]


class RegistryError(StopRun):
    """The registry cannot be opened, read or written, or has not what it was asked for."""


class Store(Protocol):
    """A database with one connection. `?` stands for a parameter in its SQL.

    All methods raise `RegistryError` when the database fails.
    """

    place: str

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> Rows:
        """What a query finds; nothing for a statement that finds nothing."""
        ...

    def run_many(self, sql: str, parameters: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of parameters."""
        ...

    def among(self, column: str) -> str:
        """The condition that a column is one of the values that the parameter `pack(values)` holds."""
        ...

    def pack(self, values: Iterable[str] | Iterable[int]) -> Value:
        """The parameter of an `among`."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that changes something: waits for other writers; all is kept, or nothing after an error."""
        ...

    def reading(self) -> AbstractContextManager[None]:
        """A transaction that sees one state of the database throughout."""
        ...

    def prepare(self, *, create: bool, timeout: float) -> None:
        """Make the tables when there are none and `create` says so; `timeout` is seconds to wait for another writer."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...


def open_store(location: str | Path, *, create: bool, timeout: float) -> Store:
    """The registry at a place: a SQLite file, ":memory:", or a "postgresql://" DSN.

    It is made when there is none and `create` says so. `timeout` is how many seconds to wait for another writer.
    Raises `RegistryError` when it cannot be opened, is not there, or is of a later version.
    """
    store: Store
    if str(location).startswith(("postgresql://", "postgres://")):
        from pipeline.link.postgres import open_postgres

        store = open_postgres(str(location))
    else:
        from pipeline.link.sqlite import open_sqlite

        store = open_sqlite(location, create=create, timeout=timeout)
    try:
        store.prepare(create=create, timeout=timeout)
        _check_version(store)
    except RegistryError:
        store.close()
        raise
    return store


def _check_version(store: Store) -> None:
    rows = store.rows("SELECT value FROM meta WHERE name = 'schema'")
    if not rows or int(rows[0][0]) != SCHEMA:
        found = rows[0][0] if rows else "none"
        raise RegistryError(
            f"{store.place}: the registry has tables of version {found}, this dragoman reads {SCHEMA}; "
            "it was written by another version"
        )
