"""The SQLite file of a store: opened, and checked to be one that this release can use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.errors import InputError, OutputError

APPLICATION = int.from_bytes(b"drst")
"""Marks a SQLite file as a store's (PRAGMA application_id)."""
VERSION = 1
"""Of the tables (PRAGMA user_version)."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS run (
    number INTEGER PRIMARY KEY,
    began TEXT NOT NULL,               -- ISO 8601, UTC
    ended TEXT,
    outcome TEXT NOT NULL,             -- running, done, stopped, failed, died
    counts TEXT NOT NULL DEFAULT '{}',
    message TEXT,
    made_with TEXT NOT NULL            -- release and model
);
CREATE TABLE IF NOT EXISTS total (     -- over all runs, also those that the history has no more
    what TEXT NOT NULL,                -- runs and seconds, by outcome; counts, by name
    name TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (what, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commits (
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    at TEXT NOT NULL                   -- ISO 8601, UTC
);
CREATE TABLE IF NOT EXISTS part (
    path TEXT PRIMARY KEY,             -- below the store's folder
    number INTEGER NOT NULL,           -- of the commit
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    lines INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    waiting TEXT                       -- file that is still to be renamed to the path
);
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,         -- of what was read last
    state TEXT NOT NULL,               -- done, failing, parked
    tries INTEGER NOT NULL,
    next_try TEXT,
    message TEXT
);
CREATE TABLE IF NOT EXISTS trouble (
    doc_id TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    source TEXT NOT NULL,              -- file it came in
    input TEXT NOT NULL,               -- the same, or the member of an archive
    tries INTEGER NOT NULL,
    next_try TEXT,                     -- null: parked
    message TEXT NOT NULL,
    PRIMARY KEY (doc_id, sha256)
);
CREATE TABLE IF NOT EXISTS seen (      -- how many articles were known to the finder of repeats after a run
    run INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS told (      -- rejects that were written, so that a file that is read again repeats none
    digest BLOB PRIMARY KEY
) WITHOUT ROWID;
"""


def open_database(path: Path) -> sqlite3.Connection:
    """A connection to the store's database, which is made if there is none.

    Every commit is on the disk before it returns, and readers are never blocked. Raises `InputError` for a file that
    is no such database or was made by a later release, `OutputError` when it cannot be written.
    """
    try:
        connection = sqlite3.connect(path, timeout=10)
        with writing():
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            _check(connection, path)
            connection.executescript(SCHEMA)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
    except sqlite3.DatabaseError as error:
        raise InputError(f"{path}: {error}") from error
    return connection


@contextmanager
def read_database(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that writes nothing, so that it never waits for a run that writes.

    Raises `InputError` for a file that is no such database, was made by a later release or cannot be read, also while
    the context lasts.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            _check(connection, path)
            yield connection
    except sqlite3.DatabaseError as error:
        raise InputError(f"{path}: {error}") from error


def _check(connection: sqlite3.Connection, path: Path) -> None:
    (marked,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and marked != APPLICATION:
        raise InputError(f"{path}: a database, but not of a store")
    if version > VERSION:
        raise InputError(f"{path}: made by a later release of dragoman (tables {version}, known {VERSION})")


@contextmanager
def writing() -> Iterator[None]:
    """Turn what SQLite says of a full disk and the like into `OutputError`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(f"what is known of articles cannot be written: {error}") from error
