"""Settle: tell the ledger what became of an article, and which records hold no longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pipeline.document import Article
from pipeline.record import RejectRecord, TombstoneRecord
from pipeline.run.chunks import Again, Repeat
from pipeline.run.work import Outcome
from pipeline.stage import Rejection
from pipeline.store.ledger import Known, Ledger, State


def settle(ledger: Ledger, article: Article, outcome: Outcome) -> Sequence[TombstoneRecord]:
    """The tombstones of the versions that an article's outcome puts an end to: older ones, or itself."""
    told = _told(outcome)
    if told is None:
        return ()
    return [
        _tombstone(found.older, found.doc_id, found.sha256, "newer_version", None)
        for found in ledger.finish(article, *told)
    ]


def resettle(ledger: Ledger, article: Article, outcome: Outcome, *, before_part: int) -> TombstoneRecord | None:
    """The tombstone of what a known article gave that was read again; its new records are in the part `before_part`."""
    told = _told(outcome)
    older = ledger.redo(article, *told) if told is not None else None
    if older is None:
        return None
    return _tombstone(older, article.doc_id, older.sha256, "reprocessed", before_part)


def _told(outcome: Outcome) -> tuple[State, Sequence[str]] | None:
    if isinstance(outcome, Again | RejectRecord):
        return None
    if isinstance(outcome, Rejection):
        return "rejected", ()
    if isinstance(outcome, Repeat):
        return "repeat", ()
    return "read", [event.id for event in outcome.events]


def _tombstone(
    version: Known,
    doc_id: str,
    sha256: str,
    reason: Literal["newer_version", "reprocessed"],
    before_part: int | None,
) -> TombstoneRecord:
    return TombstoneRecord(
        doc_id=version.doc_id,
        sha256=version.sha256,
        events=list(version.events),
        reason=reason,
        replaced_by_doc_id=doc_id,
        replaced_by=sha256,
        before_part=before_part,
    )
