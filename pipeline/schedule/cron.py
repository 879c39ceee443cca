"""Cron expressions, as crontab(5) reads them."""

from __future__ import annotations

import datetime as dt
import re

from apscheduler.triggers.cron import CronTrigger

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")


def cron_trigger(expression: str) -> CronTrigger:
    """When a cron expression comes true: minute, hour, day, month and weekday, in local time.

    Raises `ValueError` when it is none, when it never comes true, and for the two forms that APScheduler would take in
    another sense than cron: steps of weekdays, and day and weekday together.
    """
    fields = expression.split()
    if len(fields) != 5:
        raise ValueError("write minute, hour, day, month and weekday: 15 4 * * mon-fri")
    day, weekday = fields[2], fields[4]
    if "/" in weekday:
        raise ValueError(f"{weekday}: write the weekdays out: mon,wed,fri")
    if day != "*" and weekday != "*":
        raise ValueError("give a day or a weekday, not both")
    fields[4] = re.sub(r"[0-7]", lambda found: WEEKDAYS[int(found[0])], weekday)  # to APScheduler 0 is Monday
    trigger = CronTrigger.from_crontab(" ".join(fields))
    if trigger.get_next_fire_time(None, dt.datetime.now(dt.UTC)) is None:
        raise ValueError("there is no such day")
    return trigger
