"""Ledger: which articles are known, in which version, and which events they gave.

An article is told by its id and the digest of its text. The same id or the same address (URL) with another text is
another version of the article, and the one that comes later is the newer one.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.store.database import writing

SCHEMA = """
CREATE TABLE IF NOT EXISTS article (
    number INTEGER PRIMARY KEY,
    doc_id TEXT NOT NULL,
    sha256 BLOB NOT NULL,      -- of the text
    url TEXT,                  -- null where it tells no article from another
    input TEXT NOT NULL,       -- file, and member of an archive
    lines INTEGER NOT NULL,    -- whether the input holds many articles
    outlet TEXT,
    published TEXT,            -- ISO 8601 day
    state TEXT NOT NULL,       -- in hand, lost (it was in hand when a run died), read, repeat, rejected
    run INTEGER NOT NULL,      -- the run that dealt with it last
    supersedes INTEGER,        -- number of the version before
    withdrawn INTEGER NOT NULL DEFAULT 0,
    events TEXT NOT NULL DEFAULT '[]'  -- ids of its records
);
CREATE UNIQUE INDEX IF NOT EXISTS article_version ON article (doc_id, sha256);
CREATE INDEX IF NOT EXISTS article_url ON article (url) WHERE url IS NOT NULL;
CREATE INDEX IF NOT EXISTS article_supersedes ON article (supersedes) WHERE supersedes IS NOT NULL;
"""

State = Literal["read", "repeat", "rejected"]
"""What became of an article: records of its own, a line that names the one it repeats, or a reject."""


@dataclass(frozen=True, slots=True)
class Known:
    """A version of an article that the ledger knows, with the ids of its events."""

    doc_id: str
    sha256: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Superseded:
    """A version whose records hold no longer, as there is a newer one, told by id and digest."""

    older: Known
    doc_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an article is.

    new: it has not been dealt with, and is in hand from now on. again: it has, with this very text. taken: another
    article has its id. `older` is the doc_id of the version that a new one is to supersede.
    """

    kind: Literal["new", "again", "taken"]
    older: str | None = None


class Ledger:
    """The articles known to a SQLite database, which the caller opens, commits and closes.

    Articles in hand when the database was last committed, but not finished, are new when they come again, and keep
    their place among the versions. Every method that writes
    raises `OutputError` when the database cannot be written.
    """

    def __init__(self, connection: sqlite3.Connection, *, run: int = 0) -> None:
        """`run` is the number of the run whose articles are told from now on."""
        self._connection = connection
        self._run = run
        with writing():
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute("UPDATE article SET state = 'lost' WHERE state = 'in hand'")

    @classmethod
    def opened(cls, path: Path) -> Self:
        """A ledger alone in a file, which is made if there is none. Raises `InputError` when it is no database."""
        try:
            return cls(sqlite3.connect(path))
        except sqlite3.DatabaseError as error:
            raise InputError(f"{path}: {error}") from error

    def save(self) -> None:
        """Write what was told since the last time to the file."""
        with writing():
            self._connection.commit()

    def close(self) -> None:
        """Close the database; what was not saved is lost."""
        self._connection.close()

    def knows(self, article: Article) -> bool:
        """Whether the article was dealt with, with this very text."""
        row = self._version(article.doc_id, text_key(article.text))
        return row is not None and row[1] not in ("in hand", "lost")

    def judge(self, article: Article) -> Verdict:
        """What an article is; a new one is in hand from now on."""
        key = text_key(article.text)
        row = self._version(article.doc_id, key)
        if row is not None:
            return self._found_again(*row) if row[1] == "lost" else Verdict("again")
        url = telling_url(article.url)
        older = self._latest("url = ?", url) if url else None
        if older is not None and older.sha256 == key:
            older = None  # a copy under another id
        elif older is None:
            older = self._latest("doc_id = ?", article.doc_id)
            if older is not None and not _is_version(older, article, url):
                return Verdict("taken")
        with writing():
            self._connection.execute(
                "INSERT INTO article (doc_id, sha256, url, input, lines, outlet, published, state, run, supersedes) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, 'in hand', ?, ?)",
                (
                    article.doc_id,
                    key,
                    url,
                    article.input,
                    article.line is not None,
                    article.outlet,
                    article.published and article.published.isoformat(),
                    self._run,
                    older and older.number,
                ),
            )
        return Verdict("new", older.doc_id if older else None)

    def _found_again(self, number: int, _: str, supersedes: int | None) -> Verdict:
        with writing():
            self._connection.execute("UPDATE article SET state = 'in hand' WHERE number = ?", (number,))
        older = self._connection.execute("SELECT doc_id FROM article WHERE number = ?", (supersedes,)).fetchone()
        return Verdict("new", older[0] if older else None)

    def finish(self, article: Article, state: State, events: Sequence[str] = ()) -> list[Superseded]:
        """Say what became of an article in hand; the versions whose records hold no longer since, newest first.

        They are older versions of it, or it itself where a newer one was finished before.
        """
        key = text_key(article.text)
        with writing():
            self._connection.execute(
                "UPDATE article SET state = ?, events = ?, run = ? WHERE doc_id = ? AND sha256 = ?",
                (state, json.dumps(list(events)), self._run, article.doc_id, key),
            )
            row = self._version(article.doc_id, key)
            if state == "rejected" or row is None:
                return []
            newer = self._newer(row[0])
            if newer is not None:
                return [Superseded(known, *newer) for known in self._withdraw(row[0])]
            return [Superseded(known, article.doc_id, key.hex()) for known in self._withdraw(row[2])]

    def redo(self, article: Article, state: State, events: Sequence[str] = ()) -> Known | None:
        """Say what became of a known article that was read again; what it gave before, if that had records."""
        row = self._connection.execute(
            "SELECT state, events FROM article WHERE doc_id = ? AND sha256 = ? AND NOT withdrawn",
            (article.doc_id, text_key(article.text)),
        ).fetchone()
        self.finish(article, state, events)
        if row is None or row[0] == "rejected":
            return None
        return Known(article.doc_id, text_key(article.text).hex(), tuple(json.loads(row[1])))

    def forget(self, article: Article) -> None:
        """Take an article that could not be dealt with for unknown."""
        with writing():
            self._connection.execute(
                "DELETE FROM article WHERE doc_id = ? AND sha256 = ?", (article.doc_id, text_key(article.text))
            )

    def _withdraw(self, number: int | None) -> Iterator[Known]:
        """Withdraw the version with the number and those that it supersedes."""
        while number is not None:
            found = self._connection.execute(
                "SELECT doc_id, sha256, state, supersedes, withdrawn, events FROM article WHERE number = ?", (number,)
            ).fetchone()
            if found is None or found[4]:
                return
            if found[2] in ("read", "repeat"):
                self._connection.execute("UPDATE article SET withdrawn = 1 WHERE number = ?", (number,))
                yield Known(found[0], found[1].hex(), tuple(json.loads(found[5])))
            number = found[3]

    def _newer(self, number: int) -> tuple[str, str] | None:
        """Id and digest of a version that supersedes the one with the number and was finished, as when articles do
        not come back in their order."""
        row = self._connection.execute(
            "WITH RECURSIVE newer (number) AS (SELECT number FROM article WHERE supersedes = ? UNION "
            "SELECT a.number FROM article a JOIN newer ON a.supersedes = newer.number) "
            "SELECT doc_id, sha256 FROM article JOIN newer USING (number) WHERE state IN ('read', 'repeat') "
            "ORDER BY number DESC LIMIT 1",
            (number,),
        ).fetchone()
        return None if row is None else (row[0], row[1].hex())

    def _version(self, doc_id: str, key: bytes) -> tuple[int, str, int | None] | None:
        row: tuple[int, str, int | None] | None = self._connection.execute(
            "SELECT number, state, supersedes FROM article WHERE doc_id = ? AND sha256 = ?", (doc_id, key)
        ).fetchone()
        return row

    def _latest(self, where: str, value: str) -> _Row | None:
        row = self._connection.execute(
            f"SELECT number, doc_id, sha256, url, input, lines FROM article WHERE {where} AND state != 'rejected' "
            "ORDER BY number DESC LIMIT 1",
            (value,),
        ).fetchone()
        return None if row is None else _Row(*row)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    doc_id: str
    sha256: bytes
    url: str | None
    input: str
    lines: int


def _is_version(older: _Row, article: Article, url: str | None) -> bool:
    """Whether an article with the id of an older one is that article in another version.

    It is not when the two have addresses that differ, or are files of their own in two places: a file's name is the
    id of its article, and folders have files of one name.
    """
    if url is not None and older.url is not None:
        return url == older.url
    return older.input == article.input or bool(older.lines and article.line is not None)


def telling_url(url: str | None) -> str | None:
    """The address without its fragment, if it can tell one article from another: not a site's front page."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # an address in name only
        return None
    if parts.path.strip("/") == "" and not parts.query:
        return None
    return parts._replace(fragment="").geturl()


def text_key(text: str) -> bytes:
    """SHA-256 of a text, as `pipeline.record` gives it in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
