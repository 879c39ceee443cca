"""Judge: whether an article is to be read, by what came before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.run.chunks import Again, Mark, Repeat
from pipeline.run.duplicates import Duplicates, DuplicateSettings
from pipeline.store.digest_ids import DigestIds
from pipeline.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells the articles that are not read; `duplicates` is None when repeats are read like any.

    `ids` is to be told of everything in the input before it is judged. All are told of every article, in order, and
    keep what they know in one database.
    """

    ledger: Ledger
    ids: DigestIds
    duplicates: Duplicates | None = None

    def __call__(self, article: Article) -> Mark | None:
        """Why an article is not read; None when it is."""
        verdict = self.ledger.judge(article)
        if verdict.kind != "new":
            return Again(article, same=verdict.kind == "again")
        of = verdict.repeats if verdict.lost else self._repeats(article, verdict.older)
        return None if of is None else Repeat(article, of)

    def _repeats(self, article: Article, older: str | None) -> str | None:
        if self.duplicates is None:
            return None
        if older is not None:
            self.duplicates.forget(older)
        of = self.duplicates.duplicate_of(article.doc_id, article.text)
        if of is not None:
            self.ledger.note_repeat(article, of)
        return of


@contextmanager
def judging(path: Path, *, mark: bool) -> Iterator[Judge]:
    """A judge that remembers what it is told in a file, as far as its ledger was told to save.

    Repeats are found only if they are to be marked. Raises `InputError` for a file that is something else.
    """
    try:
        connection = sqlite3.connect(path)
    except sqlite3.OperationalError as error:
        raise InputError(f"{path}: {error}") from error
    with closing(connection):
        yield judge_of(connection, mark=mark)


def judge_of(connection: sqlite3.Connection, *, mark: bool, run: int = 1, renew: bool = False) -> Judge:
    """A judge on a database; `run` as for `Ledger`, `renew` as for `Duplicates`, the rest as for `judging`."""
    duplicates = Duplicates(connection, DuplicateSettings(), renew=renew) if mark else None
    return Judge(Ledger(connection, run=run), DigestIds(connection), duplicates)
