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
from typing import Literal
from urllib.parse import urlsplit

from pipeline.document import Article
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
    run INTEGER NOT NULL,      -- the run that dealt with it last, in a file of one run the state that was saved next
    supersedes INTEGER,        -- number of the version before
    withdrawn INTEGER NOT NULL DEFAULT 0,  -- the run in which its records ceased to hold
    repeats TEXT,              -- doc_id of the article that it was found to repeat
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
    article has its id. `older` is the doc_id of the version that a new one is to supersede. A new one that is `lost`
    was in hand when a run died, and had been found to repeat the article with the doc_id `repeats`, or none.
    """

    kind: Literal["new", "again", "taken"]
    older: str | None = None
    lost: bool = False
    repeats: str | None = None


class Ledger:
    """The articles known to a SQLite database, which the caller opens, commits and closes.

    Articles in hand when the database was last committed, but not finished, are new when they come again, and keep
    their place among the versions. Every method that writes
    raises `OutputError` when the database cannot be written.
    """

    def __init__(self, connection: sqlite3.Connection, *, run: int = 1) -> None:
        """`run` is the number, from 1, of the run whose articles are told from now on."""
        self._connection = connection
        self._run = run
        with writing():
            connection.executescript(SCHEMA)
            connection.execute("UPDATE article SET state = 'lost' WHERE state = 'in hand'")

    def save(self) -> int:
        """Commit, where the database is that of one run; the number of this state of it."""
        with writing():
            self._connection.commit()
        self._run += 1
        return self._run - 1

    def go_back(self, state: int) -> None:
        """Take back what was told after a state was saved; it is as if what came since had been in hand."""
        with writing():
            self._connection.execute("UPDATE article SET state = 'lost' WHERE run > ?", (state,))
            self._connection.execute("UPDATE article SET withdrawn = 0 WHERE withdrawn > ?", (state,))
        self._run = state + 1

    def knows(self, article: Article) -> bool:
        """Whether the article was dealt with, with this very text."""
        row = self._version(article.doc_id, text_key(article.text))
        return row is not None and row[1] not in ("in hand", "lost")

    def judge(self, article: Article) -> Verdict:
        """What an article is; a new one is in hand from now on."""
        key = text_key(article.text)
        row = self._version(article.doc_id, key)
        if row is not None:
            return self._found_again(row[0]) if row[1] == "lost" else Verdict("again")
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

    def _found_again(self, number: int) -> Verdict:
        with writing():
            self._connection.execute("UPDATE article SET state = 'in hand' WHERE number = ?", (number,))
        (repeats,) = self._connection.execute("SELECT repeats FROM article WHERE number = ?", (number,)).fetchone()
        return Verdict("new", lost=True, repeats=repeats)

    def note_repeat(self, article: Article, of: str) -> None:
        """Say that an article in hand was found to repeat the one with the doc_id `of`."""
        with writing():
            self._connection.execute(
                "UPDATE article SET repeats = ? WHERE doc_id = ? AND sha256 = ?",
                (of, article.doc_id, text_key(article.text)),
            )

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
                self._connection.execute("UPDATE article SET withdrawn = ? WHERE number = ?", (self._run, number))
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
