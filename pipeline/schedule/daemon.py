"""Daemon: a pass again and again."""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from pipeline.errors import StopRun
from pipeline.run.telling import said
from pipeline.schedule.after import Sync, sync_and_tell
from pipeline.schedule.cron import cron_trigger
from pipeline.schedule.settings import ScheduleSettings
from pipeline.store.folder import StoreBusy

GLANCE = 0.2
"""Seconds between two looks at whether the daemon is to stop while it waits."""


def serve(
    settings: ScheduleSettings, base: Path, *, log: logging.Logger, stopped: Callable[[], bool], sync: Sync
) -> None:
    """Make a pass at once and then whenever one is due, until `stopped` says so.

    A pass that fails, or finds another one at work, is logged, and the next one comes. When a pass takes longer than
    the time between two, the next one follows it directly; what was due in between is made up for by that one.
    """
    with _due(settings) as due:
        _tell_system("READY=1", log)
        while not stopped():
            if not due.wait(GLANCE):
                continue
            due.clear()
            try:
                sync_and_tell(sync, settings, base, log=log, stopped=stopped)
            except StoreBusy as error:
                log.warning("%s", error, extra=said("busy"))
            except StopRun as error:
                log.error("the pass failed: %s", error, extra=said("failed"))
        _tell_system("STOPPING=1", log)


@contextmanager
def _due(settings: ScheduleSettings) -> Iterator[threading.Event]:
    """Set when a pass is due. Passes run outside the scheduler, in the thread that gets signals."""
    trigger: BaseTrigger = (
        cron_trigger(settings.cron) if settings.cron else IntervalTrigger(seconds=settings.every.total_seconds())
    )
    due = threading.Event()
    scheduler = BackgroundScheduler(timezone=dt.UTC)
    scheduler.add_job(
        due.set,
        trigger,
        next_run_time=dt.datetime.now(dt.UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,  # late is better than never
    )
    scheduler.start()
    try:
        yield due
    finally:
        scheduler.shutdown(wait=False)


def _tell_system(state: str, log: logging.Logger) -> None:
    """Tell systemd (Type=notify), if it wants to know; see sd_notify(3)."""
    place = os.environ.get("NOTIFY_SOCKET")
    if not place:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        try:
            wire.connect("\0" + place[1:] if place.startswith("@") else place)
            wire.sendall(state.encode())
        except OSError as error:
            log.warning("systemd cannot be told %s: %s", state, error, extra=said("notify"))
