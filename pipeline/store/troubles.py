"""Troubles: files and articles that failed, when they are tried again, and those that are parked."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.document import Article
from pipeline.store.database import writing
from pipeline.store.ledger import text_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often something is tried before it is parked, and how long after the first time it is tried again; each
    further time the wait is twice as long."""

    tries: int = 3
    wait: dt.timedelta = dt.timedelta(minutes=5)

    def next_try(self, tries: int, now: dt.datetime) -> dt.datetime | None:
        """When to try again what was tried so often; None: never."""
        return None if tries >= self.tries else now + self.wait * 2 ** (tries - 1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file, or an article in one, that failed. It is parked when it is not to be tried again."""

    what: Literal["file", "article"]
    name: str
    input: str
    tries: int
    next_try: dt.datetime | None
    message: str


class Troubles:
    """The files read and those that failed, and the articles that failed, in a store's database.

    A file has a fingerprint, any text that is another one when its content has changed.
    """

    def __init__(self, connection: sqlite3.Connection, patience: Patience) -> None:
        self._connection = connection
        self._patience = patience

    def wants_file(self, path: str, fingerprint: str | None, now: dt.datetime) -> bool:
        """Whether a file is to be read: new, changed, or failed long enough ago. Without a fingerprint it always is."""
        row = self._connection.execute(
            "SELECT fingerprint, state, next_try FROM file WHERE path = ?", (path,)
        ).fetchone()
        if row is None or fingerprint is None or row[0] != fingerprint:
            return True
        return row[1] == "failing" and dt.datetime.fromisoformat(row[2]) <= now

    def file_done(self, path: str, fingerprint: str | None) -> None:
        """A file was read to its end."""
        self._file(path, fingerprint, "done", 0, None, None)

    def file_failed(self, path: str, fingerprint: str | None, message: str, now: dt.datetime) -> Trouble:
        """A file could not be read, or holds an article that failed."""
        row = self._connection.execute("SELECT tries, fingerprint FROM file WHERE path = ?", (path,)).fetchone()
        tries = row[0] + 1 if row and row[1] == (fingerprint or "") else 1
        next_try = self._patience.next_try(tries, now)
        self._file(path, fingerprint, "failing" if next_try else "parked", tries, next_try, message)
        return Trouble("file", path, path, tries, next_try, message)

    def file_waits(self, path: str, fingerprint: str | None, next_try: dt.datetime, message: str) -> None:
        """A file was read to its end but for articles that are to be tried again then."""
        self._file(path, fingerprint, "failing", 0, next_try, message)

    def wants_article(self, article: Article, now: dt.datetime) -> bool:
        """Whether an article is to be read as far as troubles go: it never failed, or long enough ago."""
        row = self._article(article)
        return row is None or (row[1] is not None and dt.datetime.fromisoformat(row[1]) <= now)

    def article_failed(self, article: Article, source: str, message: str, now: dt.datetime) -> Trouble:
        """An article of the file `source` killed the process that read it."""
        row = self._article(article)
        tries = row[0] + 1 if row else 1
        next_try = self._patience.next_try(tries, now)
        with writing():
            self._connection.execute(
                "INSERT OR REPLACE INTO trouble VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    article.doc_id,
                    text_key(article.text),
                    source,
                    article.input,
                    tries,
                    next_try.isoformat() if next_try else None,
                    message,
                ),
            )
        return Trouble("article", article.doc_id, article.input, tries, next_try, message)

    def article_waits_until(self, article: Article) -> dt.datetime | None:
        """When an article that failed is tried again; None when it never failed, or is parked."""
        row = self._article(article)
        return dt.datetime.fromisoformat(row[1]) if row and row[1] else None

    def article_done(self, article: Article) -> None:
        """An article that had failed went through."""
        with writing():
            self._connection.execute(
                "DELETE FROM trouble WHERE doc_id = ? AND sha256 = ?", (article.doc_id, text_key(article.text))
            )

    def all(self) -> Iterator[Trouble]:
        """Everything that failed and has not gone through since."""
        for path, tries, next_try, message in self._connection.execute(
            "SELECT path, tries, next_try, message FROM file WHERE state != 'done' AND tries > 0 ORDER BY path"
        ):
            yield Trouble("file", path, path, tries, _moment(next_try), message)
        for doc_id, path, tries, next_try, message in self._connection.execute(
            "SELECT doc_id, input, tries, next_try, message FROM trouble ORDER BY input, doc_id"
        ):
            yield Trouble("article", doc_id, path, tries, _moment(next_try), message)

    def unpark(self) -> int:
        """Have everything that is parked tried again as if it had never failed; how much that is. Commits."""
        parked = "FROM trouble WHERE next_try IS NULL"
        with writing():
            files = self._connection.execute("DELETE FROM file WHERE state = 'parked'").rowcount
            self._connection.execute(f"DELETE FROM file WHERE path IN (SELECT source {parked})")
            self._connection.execute(f"DELETE FROM article WHERE (doc_id, sha256) IN (SELECT doc_id, sha256 {parked})")
            articles = self._connection.execute(f"DELETE {parked}").rowcount
            self._connection.commit()
        return files + articles

    def _file(
        self,
        path: str,
        fingerprint: str | None,
        state: str,
        tries: int,
        next_try: dt.datetime | None,
        message: str | None,
    ) -> None:
        with writing():
            self._connection.execute(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
                (path, fingerprint or "", state, tries, next_try.isoformat() if next_try else None, message),
            )

    def _article(self, article: Article) -> tuple[int, str | None] | None:
        row: tuple[int, str | None] | None = self._connection.execute(
            "SELECT tries, next_try FROM trouble WHERE doc_id = ? AND sha256 = ?",
            (article.doc_id, text_key(article.text)),
        ).fetchone()
        return row


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
