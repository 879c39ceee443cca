"""`dragoman runs`: the passes that a store remembers, and what is parked in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from rich.table import Column, Table
from rich.text import Text

from pipeline.commands.terminal import visible
from pipeline.schedule.health import spoken
from pipeline.store.folder import reading
from pipeline.store.history import Run, last_runs
from pipeline.store.troubles import Patience, Trouble, Troubles

SHOWN = ("files", "articles", "documents", "events", "rejects", "failing", "parked")


def read_runs(store: Path, limit: int) -> list[Run]:
    """The last passes, the latest one first; raises `InputError` when there is no store."""
    with reading(store) as database:
        return last_runs(database, limit)


def read_troubles(store: Path) -> list[Trouble]:
    """What failed and has not gone through since, as long as it fails or is parked; raises `InputError`."""
    with reading(store) as database:
        return list(Troubles(database, Patience()).all())


def table_of_runs(runs: Iterable[Run]) -> Table:
    """One row a pass."""
    counts = [Column(name, justify="right") for name in SHOWN]
    table = Table(Column("pass", justify="right"), "began", "took", "outcome", *counts, "message", header_style="bold")
    for run in runs:
        took = "" if run.seconds is None else spoken(dt.timedelta(seconds=run.seconds))
        table.add_row(
            str(run.number),
            _moment(run.began),
            took,
            Text(run.outcome, "" if run.outcome in ("done", "running") else "bold red"),
            *(f"{run.counts.get(name, 0):,}" if run.counts else "" for name in SHOWN),
            Text(visible(run.message or "")),
        )
    return table


def table_of_troubles(troubles: Iterable[Trouble]) -> Table:
    """One row a file or article."""
    table = Table("what", "name", "in", Column("tries", justify="right"), "next try", "reason", header_style="bold")
    for trouble in troubles:
        table.add_row(
            trouble.what,
            Text(visible(trouble.name)),
            Text(visible(trouble.input) if trouble.input != trouble.name else ""),
            str(trouble.tries),
            _moment(trouble.next_try) if trouble.next_try else Text("parked", "bold red"),
            Text(visible(trouble.message)),
        )
    return table


def _moment(time: dt.datetime) -> str:
    return f"{time.astimezone():%Y-%m-%d %H:%M:%S}"
