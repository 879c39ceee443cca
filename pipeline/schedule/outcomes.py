"""Outcomes: what became of the articles of a pass, into the store's records and its ledger."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.document import Article
from pipeline.record import DocumentRecord, Records, RejectRecord, TombstoneRecord
from pipeline.run.chunks import Again, Item, Repeat
from pipeline.run.duplicates import Duplicates
from pipeline.run.lines import again_line, rejection_line, repeat_line
from pipeline.run.settle import resettle, settle
from pipeline.run.work import CRASHED, Outcome
from pipeline.schedule.intake import FileInHand
from pipeline.stage import Rejection
from pipeline.store.database import writing
from pipeline.store.folder import Store
from pipeline.store.ledger import Ledger
from pipeline.store.troubles import Trouble, Troubles


@dataclass(slots=True)
class Outcomes:
    """Writes what one pass gives, and counts it (`report.COUNTS`).

    `day` is the partition of an article, `redoes` tells of known articles that were read again, with `keep_text`
    documents have their texts, `tell` is called with every reject that is written.
    """

    store: Store
    ledger: Ledger
    troubles: Troubles
    duplicates: Duplicates | None
    now: dt.datetime
    day: Callable[[Article | None], dt.date]
    redoes: Callable[[Article], bool]
    keep_text: bool
    counts: dict[str, int]
    tell: Callable[[RejectRecord], None]
    failed: list[Trouble] = field(default_factory=list)

    def take(self, item: Item, outcome: Outcome, hand: FileInHand) -> None:
        """One item of a file, and what became of it. Raises `OutputError`."""
        if isinstance(item, RejectRecord):
            self.reject(item, None)
        elif isinstance(outcome, Rejection) and outcome.code == CRASHED:
            self._crashed(item, outcome, hand)
        elif isinstance(outcome, Again) and outcome.same:
            self.counts["known"] += 1
        elif not isinstance(outcome, RejectRecord):
            self._write(item, outcome)
            for tombstone in self._ended(item, outcome):
                self.store.write("tombstones", self.day(item), tombstone)
                self.counts["superseded"] += 1
            self.troubles.article_done(item)

    def finish_file(self, hand: FileInHand) -> Trouble | None:
        """A file of which everything has come back; what is wrong with it, if it could not be read."""
        name, fingerprint = hand.file.name, hand.file.fingerprint
        if hand.fault is not None:
            trouble = self.troubles.file_failed(name, fingerprint, hand.fault.message, self.now)
            self._failed(trouble)
            if trouble.next_try is None:
                self.reject(hand.fault, None)
            return trouble
        if hand.waits is not None:
            self.troubles.file_waits(name, fingerprint, hand.waits, hand.reason)
        else:
            self.troubles.file_done(name, fingerprint)
        return None

    def reject(self, record: RejectRecord, article: Article | None) -> None:
        """Write a reject, unless it was written before: a file that has grown is read from its beginning."""
        told = f"{record.input}\n{record.line}\n{record.doc_id}\n{record.error}\n{article.text if article else ''}"
        digest = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        with writing():
            added = self.store.database.execute("INSERT OR IGNORE INTO told VALUES (?)", (digest,))
        if added.rowcount:
            self.store.write("rejects", self.day(article), record)
            self.counts["rejects"] += 1
            self.tell(record)

    def _write(self, article: Article, outcome: Records | Rejection | Repeat | Again) -> None:
        if isinstance(outcome, Again):
            self.reject(again_line(outcome), article)
        elif isinstance(outcome, Rejection):
            self.reject(rejection_line(outcome), article)
        elif isinstance(outcome, Repeat):
            self._document(article, repeat_line(outcome))
            self.counts["duplicates"] += 1
        else:
            self._document(article, outcome.record)
            for event in outcome.events:
                self.store.write("events", self.day(article), event)
            self.counts["events"] += len(outcome.events)

    def _document(self, article: Article, record: DocumentRecord) -> None:
        kept = record.model_copy(update={"text": article.text}) if self.keep_text else record
        self.store.write("documents", self.day(article), kept)
        self.counts["documents"] += 1

    def _ended(self, article: Article, outcome: Outcome) -> list[TombstoneRecord]:
        if not self.redoes(article):
            return list(settle(self.ledger, article, outcome))
        tombstone = resettle(self.ledger, article, outcome, before_part=self.store.number)
        return [] if tombstone is None else [tombstone]

    def _crashed(self, article: Article, rejection: Rejection, hand: FileInHand) -> None:
        """An article that killed its process is tried again another time, until it is parked."""
        trouble = self.troubles.article_failed(article, hand.file.name, rejection.message, self.now)
        self._failed(trouble)
        if trouble.next_try is None:
            self.reject(rejection_line(rejection), article)
            self.ledger.finish(article, "rejected")
            return
        hand.wait(trouble.next_try, f"{article.doc_id}: {rejection.message}")
        if not self.redoes(article):
            self.ledger.forget(article)
        if self.duplicates is not None:
            self.duplicates.forget(article.doc_id)

    def _failed(self, trouble: Trouble) -> None:
        self.failed.append(trouble)
        self.counts["failing" if trouble.next_try else "parked"] += 1
