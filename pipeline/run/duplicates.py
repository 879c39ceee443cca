"""Which articles of a stream repeat an earlier one, exactly or nearly.

An exact repeat has the same words. A near one shares most of its word shingles with the earlier article and differs in
no name, number or day where the two say the same. Candidates come from MinHash signatures (Broder, 1997) cut into
bands (locality-sensitive hashing; Indyk and Motwani, 1998) and are then compared word by word.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from rensa import RMinHash

from pipeline.errors import InputError
from pipeline.run.likeness import likeness, shingles
from pipeline.run.wording import Wording, told, unpacked
from pipeline.store.database import writing

_SEED = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS made_with (settings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS original (
    number INTEGER PRIMARY KEY AUTOINCREMENT, doc_id TEXT NOT NULL UNIQUE, wording BLOB
);
CREATE TABLE IF NOT EXISTS exact (digest BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS exact_number ON exact (number);
CREATE TABLE IF NOT EXISTS band (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateSettings:
    """What counts as a repeat; the values were chosen on one half of the articles of benchmarks/duplicates.py.

    shingle: words of a shingle.
    bands, rows: a signature has `bands` times `rows` hashes; articles that agree in all rows of a band are candidates.
    candidates: so many are compared word by word, those with the most bands in common.
    shortest: an article whose prose has fewer words repeats another only if all its words, headline included, are
        the same.
    longest: so many words of an article's prose are kept and compared, so that an article's memory is bounded.
    contained: least share of the shingles of the smaller article that the other has.
    own: least share of the shingles of the later article that the earlier one has, so that an article that says much
        more than an earlier one is no repeat of it.
    replaced: greatest share of the words of the shorter article where the other says something else in the same place.
    dropped: greatest share of the earlier article that may be left out inside the common text; a reprint is cut at its
        end, an issue of a schedule or list has other entries left out each day.
    conflicts: so many places may have another name, number or day.
    news: so many names, numbers and days of the common text may be new, put in where the earlier article has none.
    """

    shingle: int = 3
    bands: int = 64
    rows: int = 3
    candidates: int = 30
    shortest: int = 20
    longest: int = 1200
    contained: float = 0.6
    own: float = 0.6
    replaced: float = 0.2
    dropped: float = 0.4
    conflicts: int = 0
    news: int = 2


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """The number of the article that one repeats, if it does, and what has to be stored of one that does not."""

    number: int | None
    digests: Sequence[bytes]
    prose: Wording
    keys: Sequence[int]


class Duplicates:
    """The articles seen so far, and which of them an article repeats.

    The state is a SQLite database, in a file or in memory; only articles that repeat no other are kept in it. Used as
    a context manager it is saved and closed at the end.
    """

    def __init__(self, connection: sqlite3.Connection, settings: DuplicateSettings, *, renew: bool = False) -> None:
        """Raises `InputError` when the database is none or was made with other settings, unless it is then to `renew`
        itself, which forgets all. This and every method that writes raises `OutputError` when it cannot be written."""
        self.settings = settings
        self._connection = connection
        made_with = json.dumps({**asdict(settings), "minhash": RMinHash.ALGORITHM_VERSION})
        try:
            with writing():
                connection.executescript(_SCHEMA)
                found = connection.execute("SELECT settings FROM made_with").fetchone()
                if found is not None and found[0] != made_with and renew:
                    for table in ("band", "exact", "original", "made_with"):
                        connection.execute(f"DELETE FROM {table}")
                    found = None
                if found is None:
                    connection.execute("INSERT INTO made_with VALUES (?)", (made_with,))
        except sqlite3.DatabaseError as error:
            raise InputError(f"the known articles cannot be read: {error}") from error
        if found is not None and found[0] != made_with:
            raise InputError(f"the known articles were stored with other settings: {found[0]}, not {made_with}")

    @classmethod
    def opened(cls, path: Path | None = None, settings: DuplicateSettings | None = None) -> Self:
        """The articles known to a file, which is made if there is none; without a path, none, in memory.

        Raises `InputError` for a file that is no such database or was made with other settings.
        """
        try:
            connection = sqlite3.connect(":memory:" if path is None else path)
        except sqlite3.OperationalError as error:
            raise InputError(f"{path}: {error}") from error
        return cls(connection, settings or DuplicateSettings())

    @classmethod
    def loaded(cls, saved: bytes, settings: DuplicateSettings | None = None) -> Self:
        """The articles known to what `dumped` gave; raises `InputError` as `opened` does."""
        connection = sqlite3.connect(":memory:")
        connection.deserialize(saved)
        return cls(connection, settings or DuplicateSettings())

    def dumped(self) -> bytes:
        """All that is known, as the bytes of a SQLite database."""
        self._connection.commit()
        return self._connection.serialize()

    def save(self) -> None:
        """Write what was added since the last time to the file, if there is one."""
        with writing():
            self._connection.commit()

    def close(self) -> None:
        """Close the database; what was not saved is lost."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.save()
        self.close()

    def duplicate_of(self, doc_id: str, text: str) -> str | None:
        """The doc_id of the earliest article that this one, a raw text, repeats; None when it repeats none.

        An article that repeats none is known from then on. That it names is never itself a repeat. Asked again about
        an article that is known the answer is the same: only those before it count.
        """
        with writing():
            row = self._connection.execute("SELECT number FROM original WHERE doc_id = ?", (doc_id,)).fetchone()
            looked_up = self._look_up(text, before=row[0] if row else None)
            if looked_up is None:
                return None
            if looked_up.number is None and row is None:
                self._add(doc_id, looked_up)
            return self._doc_id(looked_up.number)

    def forget(self, doc_id: str) -> None:
        """Take an article for unknown, as when a newer version of it has come."""
        row = self._connection.execute("SELECT number, wording FROM original WHERE doc_id = ?", (doc_id,)).fetchone()
        if row is None:
            return
        number, packed = row
        keys = self._keys(unpacked(packed)) if packed is not None else ()
        with writing():
            self._connection.executemany(
                "DELETE FROM band WHERE key = ? AND number = ?", [(key, number) for key in keys]
            )
            self._connection.execute("DELETE FROM exact WHERE number = ?", (number,))
            self._connection.execute("DELETE FROM original WHERE number = ?", (number,))

    @property
    def last(self) -> int:
        """The number of the article that became known last; 0 when none is."""
        (number,) = self._connection.execute("SELECT coalesce(max(number), 0) FROM original").fetchone()
        return int(number)

    def forget_until(self, number: int) -> None:
        """Take all articles for unknown that were known when `last` was this number."""
        with writing():
            for table in ("band", "exact", "original"):
                self._connection.execute(f"DELETE FROM {table} WHERE number <= ?", (number,))

    def find(self, text: str) -> str | None:
        """As `duplicate_of`, but the text is not known afterwards."""
        looked_up = self._look_up(text, before=None)
        return None if looked_up is None else self._doc_id(looked_up.number)

    def _look_up(self, text: str, *, before: int | None) -> _LookedUp | None:
        found = told(text, longest=self.settings.longest)
        if found is None:
            return None
        is_long = len(found.prose.words) >= self.settings.shortest
        digests = [found.whole_digest, *([found.prose_digest] if is_long else ())]
        number = self._exact(digests, before)
        keys: Sequence[int] = ()
        if number is None and is_long:
            keys = list(self._keys(found.prose))
            number = self._near(found.prose, keys, before)
        return _LookedUp(number, digests, found.prose, keys)

    def _doc_id(self, number: int | None) -> str | None:
        if number is None:
            return None
        (doc_id,) = self._connection.execute("SELECT doc_id FROM original WHERE number = ?", (number,)).fetchone()
        return str(doc_id)

    def _exact(self, digests: Sequence[bytes], before: int | None) -> int | None:
        marks = ", ".join("?" * len(digests))
        rows = self._connection.execute(f"SELECT number FROM exact WHERE digest IN ({marks})", digests).fetchall()
        return min((number for (number,) in rows if before is None or number < before), default=None)

    def _keys(self, prose: Wording) -> Iterator[int]:
        """A number of 48 bits for each band of the signature."""
        rows, bands = self.settings.rows, self.settings.bands
        signature = RMinHash(num_perm=rows * bands, seed=_SEED)
        signature.update(list(shingles(prose.words, self.settings.shingle)))
        hashes = array("I", signature.digest())
        for band in range(bands):
            part = hashes[band * rows : (band + 1) * rows].tobytes()
            yield int.from_bytes(hashlib.blake2b(part, digest_size=6, salt=band.to_bytes(2)).digest())

    def _near(self, prose: Wording, keys: Sequence[int], before: int | None) -> int | None:
        marks = ", ".join("?" * len(keys))
        rows = self._connection.execute(
            f"SELECT number FROM band WHERE key IN ({marks}) GROUP BY number ORDER BY count(*) DESC, number LIMIT ?",
            (*keys, self.settings.candidates),
        )
        for number in sorted(number for (number,) in rows if before is None or number < before):
            (packed,) = self._connection.execute("SELECT wording FROM original WHERE number = ?", (number,)).fetchone()
            if self._repeats(unpacked(packed), prose):
                return int(number)
        return None

    def _repeats(self, earlier: Wording, later: Wording) -> bool:
        bounds = self.settings
        found = likeness(earlier, later, size=bounds.shingle, least=bounds.contained)
        return (
            found is not None
            and found.own >= bounds.own
            and found.replaced <= bounds.replaced
            and found.dropped <= bounds.dropped
            and found.conflicts() <= bounds.conflicts
            and found.news() <= bounds.news
        )

    def _add(self, doc_id: str, new: _LookedUp) -> None:
        packed = new.prose.packed() if new.keys else None
        added = self._connection.execute("INSERT INTO original (doc_id, wording) VALUES (?, ?)", (doc_id, packed))
        number = added.lastrowid
        exact = [(digest, number) for digest in new.digests]
        self._connection.executemany("INSERT OR IGNORE INTO exact VALUES (?, ?)", exact)
        self._connection.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", [(key, number) for key in new.keys])
