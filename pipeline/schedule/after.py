"""After a pass: metrics and hooks; and a pass with all that follows it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pipeline.errors import InputError, OutputError, StopRun
from pipeline.run.telling import said
from pipeline.schedule.hook import run_hooks
from pipeline.schedule.report import Report
from pipeline.schedule.settings import ScheduleSettings
from pipeline.store.folder import StoreBusy, reading
from pipeline.store.history import last_runs


class Sync(Protocol):
    """One pass, as `pipeline.schedule.sync.sync` makes it; raises `StoreBusy` when another one runs, or `StopRun`."""

    def __call__(
        self, settings: ScheduleSettings, base: Path, *, log: logging.Logger, stopped: Callable[[], bool]
    ) -> Report: ...


def sync_and_tell(
    sync: Sync, settings: ScheduleSettings, base: Path, *, log: logging.Logger, stopped: Callable[[], bool]
) -> Report:
    """Make a pass, and tell metrics and hooks of it, also when it failed; raises what `sync` raises."""
    began = dt.datetime.now(dt.UTC)
    try:
        report = sync(settings, base, log=log, stopped=stopped)
    except StoreBusy:
        raise  # the other pass tells
    except StopRun as error:
        after_pass(settings, base, _failed(base / settings.store, began, error), log)
        raise
    after_pass(settings, base, report, log)
    return report


def after_pass(settings: ScheduleSettings, base: Path, report: Report, log: logging.Logger) -> None:
    """Write the metrics and run the hooks. What goes wrong in that is logged."""
    store = base / settings.store
    if settings.metrics.textfile is not None:
        from pipeline.schedule.metrics import write_textfile

        try:
            write_textfile(base / settings.metrics.textfile, store)
        except OutputError as error:
            log.error("%s", error, extra=said("metrics"))
    run_hooks(settings.hook, report, base=base, store=store, log=log)


def _failed(store: Path, began: dt.datetime, error: StopRun) -> Report:
    """The report of a pass that raised: with what the history has of it, if it got that far."""
    now = dt.datetime.now(dt.UTC)
    try:
        with reading(store) as database:
            noted = last_runs(database, 1, outcome="failed")
    except InputError:  # what stopped the pass may be that very thing
        noted = []
    if noted and noted[0].began >= began.replace(microsecond=0):
        run = noted[0]
        return Report(run.number, run.began, run.ended or now, run.outcome, run.counts, run.message)
    return Report(None, began, now, "failed", {}, str(error))
