"""Settle: tell the ledger what became of an article, and which records hold no longer."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Article
from pipeline.link.identify import text_digest
from pipeline.record import RejectRecord, TombstoneRecord
from pipeline.run.chunks import Again, Repeat
from pipeline.run.work import Outcome
from pipeline.stage import Rejection
from pipeline.store.ledger import Ledger


def settle(ledger: Ledger, article: Article, outcome: Outcome) -> Sequence[TombstoneRecord]:
    """The tombstones of the older versions that an article's outcome puts an end to."""
    if isinstance(outcome, Again | RejectRecord):
        return ()
    if isinstance(outcome, Rejection):
        older = ledger.finish(article, "rejected")
    elif isinstance(outcome, Repeat):
        older = ledger.finish(article, "repeat")
    else:
        older = ledger.finish(article, "read", [event.id for event in outcome.events])
    return [
        TombstoneRecord(
            doc_id=version.doc_id,
            sha256=version.sha256,
            events=list(version.events),
            reason="newer_version",
            replaced_by_doc_id=article.doc_id,
            replaced_by=text_digest(article.text),
            before_part=None,
        )
        for version in older
    ]
