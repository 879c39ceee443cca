"""Stores with a past, and settings for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.document import Article
from pipeline.record import RejectRecord
from pipeline.schedule.settings import InboxSettings, ScheduleSettings
from pipeline.store.folder import Store
from pipeline.store.history import Outcome, begin_run, end_run
from pipeline.store.troubles import Patience, Troubles

NOON = dt.datetime(2025, 5, 2, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def minutes(number: float) -> dt.timedelta:
    return number * MINUTE


def settings(**values: Any) -> ScheduleSettings:
    return ScheduleSettings(inbox=(InboxSettings(path="inbox"),), **values)


def past(
    store: Path,
    outcome: Outcome,
    *,
    began: dt.datetime = NOON,
    took: dt.timedelta = MINUTE,
    counts: Mapping[str, int] | None = None,
    message: str | None = None,
) -> int:
    """Add a pass to the history of a store; one that is running is left so."""
    with Store(store) as opened:
        number = begin_run(opened.database, began, made_with="dragoman 1")
        if outcome != "running":
            end_run(opened.database, number, began + took, outcome, counts=counts or {}, message=message)
    return number


def part(store: Path, kind: str, lines: int) -> Path:
    """Commit a part of so many lines; the file."""
    with Store(store) as opened:
        for number in range(lines):
            reject = RejectRecord(
                doc_id=str(number), input="x.txt", line=None, stage="read", error="empty", message="nothing"
            )
            opened.write(kind, NOON.date(), reject)
        opened.commit(run=1, now=NOON)
        return store / list(opened.parts())[-1].path


def troubled(store: Path, *, failing: int = 0, parked: int = 0) -> None:
    """Let files fail, and articles until they are parked."""
    with Store(store) as opened:
        for number in range(failing):
            Troubles(opened.database, Patience()).file_failed(f"f{number}.zip", "1", "damaged", NOON)
        for number in range(parked):
            article = Article(f"a{number}", f"text {number}", input="b.jsonl")
            Troubles(opened.database, Patience(tries=1)).article_failed(article, "b.jsonl", "killed the process", NOON)
        opened.database.commit()
