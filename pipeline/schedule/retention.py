"""Retention: what a store forgets after a time."""

from __future__ import annotations

import datetime as dt

from pipeline.run.duplicates import Duplicates
from pipeline.schedule.settings import RetentionSettings
from pipeline.store.database import writing
from pipeline.store.folder import Store


def retain(
    store: Store, settings: RetentionSettings, *, duplicates: Duplicates | None, run: int, now: dt.datetime
) -> int:
    """Remove what is older than the settings allow; how many parts that were. Commits.

    Records go by whole commits, so by the day they were written. That an article was read stays known for ever, and
    so does the last run that came to its end.
    """
    if duplicates is not None:
        with writing():
            store.database.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (run, duplicates.last))
            if settings.repeats is not None:
                (last,) = store.database.execute(
                    "SELECT max(seen.last) FROM seen JOIN run ON run.number = seen.run WHERE run.began < ?",
                    ((now - settings.repeats).isoformat(),),
                ).fetchone()
                duplicates.forget_until(last or 0)
    if settings.runs is not None:
        with writing():
            old = (
                "SELECT number FROM run WHERE began < ? AND number != ? "
                "AND number != (SELECT coalesce(max(number), 0) FROM run WHERE outcome = 'done')"
            )
            values = ((now - settings.runs).isoformat(), run)
            store.database.execute(f"DELETE FROM seen WHERE run IN ({old})", values)
            store.database.execute(f"DELETE FROM run WHERE number IN ({old})", values)
    with writing():
        store.database.commit()
    if settings.records is None:
        return 0
    rows = store.database.execute("SELECT number FROM commits WHERE at < ?", ((now - settings.records).isoformat(),))
    old_commits = {number for (number,) in rows}
    parts = [part for part in store.parts() if part.number in old_commits]
    if parts:
        store.remove(parts)
    return len(parts)
