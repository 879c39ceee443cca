"""History: the runs that wrote to a store, and how they ended."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.store.database import writing

Outcome = Literal["running", "done", "stopped", "failed", "died"]
"""done: to its end. stopped: by a signal. failed: by an error that it could still tell. died: by one it could not."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over all runs that ended, which never fall: how many, their seconds (both by outcome), what they did."""

    runs: Mapping[str, float]
    seconds: Mapping[str, float]
    counts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Run:
    """One run; times are UTC, `counts` is what it did, `made_with` the release and model."""

    number: int
    began: dt.datetime
    ended: dt.datetime | None
    outcome: Outcome
    counts: Mapping[str, int]
    message: str | None
    made_with: str

    @property
    def seconds(self) -> float | None:
        """How long it took; None when nobody knows."""
        return (self.ended - self.began).total_seconds() if self.ended else None


def begin_run(connection: sqlite3.Connection, now: dt.datetime, *, made_with: str) -> int:
    """Note that a run begins, and that those which were still running have died; its number. Commits."""
    with writing():
        died = connection.execute("UPDATE run SET outcome = 'died' WHERE outcome = 'running'").rowcount
        _add(connection, "runs", {"died": died})
        added = connection.execute(
            "INSERT INTO run (began, outcome, made_with) VALUES (?, 'running', ?)", (now.isoformat(), made_with)
        )
        connection.commit()
    assert added.lastrowid is not None
    return added.lastrowid


def end_run(
    connection: sqlite3.Connection,
    number: int,
    now: dt.datetime,
    outcome: Outcome,
    *,
    counts: Mapping[str, int],
    message: str | None = None,
) -> None:
    """Note how a run ended. Commits."""
    with writing():
        connection.execute(
            "UPDATE run SET ended = ?, outcome = ?, counts = ?, message = ? WHERE number = ?",
            (now.isoformat(), outcome, json.dumps(dict(counts)), message, number),
        )
        (began,) = connection.execute("SELECT began FROM run WHERE number = ?", (number,)).fetchone()
        _add(connection, "runs", {outcome: 1})
        _add(connection, "seconds", {outcome: (now - dt.datetime.fromisoformat(began)).total_seconds()})
        _add(connection, "counts", counts)
        connection.commit()


def last_runs(connection: sqlite3.Connection, limit: int, *, outcome: Outcome | None = None) -> list[Run]:
    """The latest runs, all or those that ended in one way, the last one first."""
    rows = connection.execute(
        "SELECT number, began, ended, outcome, counts, message, made_with FROM run "
        "WHERE ?1 IS NULL OR outcome = ?1 ORDER BY number DESC LIMIT ?2",
        (outcome, limit),
    )
    return [
        Run(
            number,
            dt.datetime.fromisoformat(began),
            dt.datetime.fromisoformat(ended) if ended else None,
            outcome,
            json.loads(counts),
            message,
            made_with,
        )
        for number, began, ended, outcome, counts, message, made_with in rows
    ]


def totals(connection: sqlite3.Connection) -> Totals:
    """The sums over all runs, whatever the history still has of them."""
    found: dict[str, dict[str, float]] = {"runs": {}, "seconds": {}, "counts": {}}
    for what, name, value in connection.execute("SELECT what, name, value FROM total"):
        found[what][name] = value
    return Totals(**found)


def _add(connection: sqlite3.Connection, what: str, values: Mapping[str, float]) -> None:
    connection.executemany(
        "INSERT INTO total VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value",
        [(what, name, value) for name, value in values.items()],
    )
