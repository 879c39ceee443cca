"""Report: what one pass of the scheduled job did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.store.history import Outcome
from pipeline.store.troubles import Trouble

COUNTS = (
    "files", "articles", "known", "documents", "duplicates", "superseded", "events", "rejects", "failing", "parked",
    "unreachable",
)  # fmt: skip
"""files: read. articles: come upon in them. known: of these, dealt with before. failing: files and articles that are to
be tried again. parked: those that are not any more. unreachable: inboxes that cannot be listed."""


@dataclass(frozen=True, slots=True)
class Report:
    """One pass: its number in the store's history, how it ended, what it did (`COUNTS`), and what failed in it.

    The number is None when the pass could not even be noted there.
    """

    run: int | None
    began: dt.datetime
    ended: dt.datetime
    outcome: Outcome
    counts: Mapping[str, int]
    message: str | None
    troubles: tuple[Trouble, ...] = ()
