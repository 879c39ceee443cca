"""Sync: one pass over the inboxes, which brings what is new in them into the store."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.metadata import version
from pathlib import Path

from pipeline.config import Settings, changed, load_settings
from pipeline.errors import StopRun
from pipeline.run.work import Work, Workers
from pipeline.schedule.one_pass import Pass
from pipeline.schedule.report import COUNTS, Report
from pipeline.schedule.settings import ScheduleSettings
from pipeline.store.folder import Store
from pipeline.store.history import Outcome, begin_run, end_run
from pipeline.store.where import Where


def sync(
    settings: ScheduleSettings,
    base: Path,
    *,
    log: logging.Logger,
    stopped: Callable[[], bool],
    again: Where | None = None,
    retry_parked: bool = False,
    start: Callable[[Settings], AbstractContextManager[Work]] | None = None,
) -> Report:
    """Read what is new in the inboxes, and write its records to the store.

    Paths in the settings are relative to `base`. `stopped` is asked now and then whether to end early, after the
    articles in hand. `again` has known articles read again, whose former records get tombstones; `retry_parked` has
    what is parked tried again. `start` makes what runs the line, by default processes.

    Raises `StoreBusy` when another pass is running. Every other `StopRun` and `KeyboardInterrupt` is noted in the
    store's history first; what was not committed by then is read again by the next pass.
    """
    line = line_settings(settings, base)
    with Store(base / settings.store) as store:
        began = _now()
        run = begin_run(store.database, began, made_with=f"dragoman {version('dragoman')}, {line.model.name}")
        counts = dict.fromkeys(COUNTS, 0)
        if store.left is not None:
            log.warning("the pass before did not end by itself; it is taken up where its last commit was")
        try:
            one = Pass(settings, base, line, store, run, began, counts, log, stopped, again)
            if retry_parked:
                log.info("%d parked files and articles are tried again", one.troubles.unpark())
            one.run(start or _workers)
        except (StopRun, KeyboardInterrupt) as error:
            ended: Outcome = "failed" if isinstance(error, StopRun) else "stopped"
            store.drop()
            end_run(store.database, run, _now(), ended, counts=counts, message=str(error) or None)
            raise
        outcome: Outcome = "stopped" if stopped() else "failed" if one.unreachable else "done"
        message = "; ".join(one.unreachable) or None
        report = Report(run, began, _now(), outcome, counts, message, tuple(one.failed))
        end_run(store.database, run, report.ended, outcome, counts=counts, message=message)
        return report


def line_settings(settings: ScheduleSettings, base: Path) -> Settings:
    """The settings of the line. Raises `SettingsError`."""
    line = load_settings(base / settings.line if settings.line is not None else None)
    return changed(line, workers=settings.workers, order="input")


def _workers(line: Settings) -> AbstractContextManager[Work]:
    """Processes, also when it is only one: an article that kills its process does not end the pass."""
    return Workers(line, line.run.workers)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
