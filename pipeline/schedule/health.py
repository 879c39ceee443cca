"""Health: whether the scheduled job does what it is there for."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.schedule.settings import ScheduleSettings
from pipeline.store.folder import DATABASE, read_parts, reading
from pipeline.store.history import Run, last_runs
from pipeline.store.troubles import Patience, Troubles


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong, in a sentence each (nothing: the job is healthy), and what that was told from."""

    reasons: tuple[str, ...]
    last: Run | None = None
    last_success: dt.datetime | None = None
    running_since: dt.datetime | None = None
    parked: int = 0
    failing: int = 0

    @property
    def healthy(self) -> bool:
        """Whether nothing is wrong."""
        return not self.reasons


def health_of(settings: ScheduleSettings, base: Path, now: dt.datetime) -> Health:
    """The health of the job with these settings, in the folder that their paths are relative to.

    Raises `InputError` for a database that is none of a store's or cannot be read.
    """
    store = base / settings.store
    if not (store / DATABASE).is_file():
        return Health((f"{store}: no store yet: no pass has run",))
    with reading(store) as database:
        runs = last_runs(database, 2)  # only the last one can be running
        running = runs.pop(0) if runs and runs[0].outcome == "running" else None
        last = runs[0] if runs else None
        done = last_runs(database, 1, outcome="done")
        success = done[0].ended if done else None
        troubles = list(Troubles(database, Patience()).all())
        missing = _missing(database, store)
    parked = sum(trouble.next_try is None for trouble in troubles)
    limits = settings.health
    reasons: list[str] = []
    if running and now - running.began > limits.max_age:
        reasons.append(
            f"pass {running.number} began {spoken(now - running.began)} ago and has not ended, or was killed"
        )
    elif not running and (success is None or now - success > limits.max_age):
        ago = "has come to its end" if success is None else f"came to its end for {spoken(now - success)}"
        reasons.append(f"no pass {ago}")
    if last and last.outcome in ("failed", "died"):
        reasons.append(f"pass {last.number} {last.outcome}" + (f": {last.message}" if last.message else ""))
    if limits.max_parked is not None and parked > limits.max_parked:
        reasons.append(f"{parked} files and articles are parked, more than {limits.max_parked}")
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        reasons.append(f"{store}: {missing[0]}{more} is missing or has another size than was written")
    return Health(tuple(reasons), last, success, running.began if running else None, parked, len(troubles) - parked)


def spoken(time: dt.timedelta) -> str:
    """About how long it is: 45 s, 12 min, 5 h, 3 days."""
    seconds = max(round(time.total_seconds()), 0)
    for unit, size in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _missing(database: sqlite3.Connection, store: Path) -> list[str]:
    """Parts that are not in the folder as they should be, and have not been removed from the store meanwhile."""
    gone = set(_unlike(database, store))
    return sorted(gone.intersection(_unlike(database, store))) if gone else []


def _unlike(database: sqlite3.Connection, store: Path) -> Iterator[str]:
    for part in read_parts(database):
        try:
            size = (store / part.path).stat().st_size
        except FileNotFoundError:
            size = -1
        if size != part.bytes and part.waiting is None:
            yield part.path
