"""Digest ids: articles that come without an id, and have one text, are told apart by where they were printed."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from pipeline.document import Article
from pipeline.io.articles import digest_id
from pipeline.record import RejectRecord
from pipeline.store.database import writing
from pipeline.store.ledger import telling_url, text_key

SCHEMA = """
CREATE TABLE IF NOT EXISTS digest_id (
    text INTEGER PRIMARY KEY,  -- 64 bits of its digest
    place INTEGER NOT NULL     -- as much of the digest of where it was printed first
);
"""


class DigestIds:
    """Remembers where texts without an id were printed first, in a SQLite database that the caller commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Raises `OutputError` when the database cannot be written."""
        self._connection = connection
        with writing():
            connection.executescript(SCHEMA)

    def __call__(self, item: Article | RejectRecord) -> Article | RejectRecord:
        """The item; an article whose id is the digest of its text, and whose text another place had first, has that of
        its text and its place. It is the same each time.

        Places are told by their address, else by outlet, title and day. Raises `OutputError`.
        """
        if not isinstance(item, Article) or item.doc_id != digest_id(item.text):
            return item
        place = _place(item)
        text, printed = _number(item.text), _number(place)
        with writing():
            self._connection.execute("INSERT OR IGNORE INTO digest_id VALUES (?, ?)", (text, printed))
        (first,) = self._connection.execute("SELECT place FROM digest_id WHERE text = ?", (text,)).fetchone()
        if first == printed or not place:
            return item
        return replace(item, doc_id=digest_id(f"{item.text}\n{place}"))


def _place(article: Article) -> str:
    published = article.published.isoformat() if article.published else None
    return telling_url(article.url) or "\n".join(filter(None, (article.outlet, article.title, published)))


def _number(text: str) -> int:
    return int.from_bytes(text_key(text)[:8], signed=True)
