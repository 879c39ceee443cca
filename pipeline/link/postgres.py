"""A registry in PostgreSQL, for several machines that share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.link.schema import SCHEMA, tables
from pipeline.link.store import RegistryError, Rows, Value

if TYPE_CHECKING:
    import psycopg

SPACE = "dragoman"
"""The database schema that holds the tables."""

WRITER = int.from_bytes(b"dragoman")
"""The advisory lock that whoever writes holds."""


class PostgresStore:
    """A connection to PostgreSQL. An advisory lock lets in one writer at a time; readers are never blocked."""

    def __init__(self, place: str, connection: psycopg.Connection) -> None:
        self.place = place
        self._connection = connection

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> Rows:
        with self._failing():
            cursor = self._connection.execute(_dialect(sql), parameters)
            return cursor.fetchall() if cursor.description else []

    def run_many(self, sql: str, parameters: Iterable[Sequence[Value]]) -> None:
        with self._failing(), self._connection.cursor() as cursor:
            cursor.executemany(_dialect(sql), parameters)

    def among(self, column: str) -> str:
        return f"{column} = ANY(?)"

    def pack(self, values: Iterable[str] | Iterable[int]) -> Value:
        return list(values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        if self._busy():
            raise RegistryError(f"{self.place}: still being read; it cannot be written through the same connection")
        with self._failing(), self._connection.transaction():
            self.rows("SELECT pg_advisory_xact_lock(?)", (WRITER,))
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        if self._busy():
            yield
        else:
            with self._failing(), self._connection.transaction():
                self.rows("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield

    def prepare(self, *, create: bool, timeout: float) -> None:
        _prepare(self, create=create, timeout=timeout)

    def close(self) -> None:
        self._connection.close()

    def _busy(self) -> bool:
        from psycopg.pq import TransactionStatus

        return self._connection.info.transaction_status != TransactionStatus.IDLE

    @contextmanager
    def _failing(self) -> Iterator[None]:
        import psycopg

        try:
            yield
        except psycopg.errors.LockNotAvailable as error:
            raise RegistryError(f"{self.place}: another process is writing to it") from error
        except psycopg.Error as error:
            raise RegistryError(f"{self.place}: {str(error).strip()}") from error


def _dialect(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()


def open_postgres(dsn: str) -> PostgresStore:
    """The registry in a PostgreSQL database, still to be prepared.

    Raises `RegistryError`, also when psycopg, the driver, is not installed; no message has the password.
    """
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise RegistryError(
            "a registry in PostgreSQL needs the extra postgres: pip install 'dragoman[postgres]'"
        ) from error
    try:
        parts = conninfo_to_dict(dsn)
    except psycopg.ProgrammingError as error:
        raise RegistryError("the registry's postgresql:// address cannot be read") from error
    place = f"postgresql://{parts.get('host', '')}/{parts.get('dbname', '')}"
    try:
        connection = psycopg.connect(dsn, autocommit=True)
    except psycopg.Error as error:
        raise RegistryError(f"{place}: {str(error).strip()}") from error
    return PostgresStore(place, connection)


def _prepare(store: PostgresStore, *, create: bool, timeout: float) -> None:
    store.rows("SELECT set_config('search_path', ?, false)", (SPACE,))
    store.rows("SELECT set_config('lock_timeout', ?, false)", (f"{round(timeout * 1000)}ms",))
    store.rows("SELECT set_config('client_min_messages', 'warning', false)")
    if _made(store):
        return
    if not create:
        raise RegistryError(f"{store.place}: no registry there")
    with store.writing():
        if not _made(store):
            store.rows(f"CREATE SCHEMA IF NOT EXISTS {SPACE}")
            for statement in tables(clustered="", exact='TEXT COLLATE "C"'):
                store.rows(statement)
            store.rows("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))


def _made(store: PostgresStore) -> bool:
    return bool(store.rows("SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = ? AND tablename = 'meta'", (SPACE,)))
