"""Settings of the scheduled job; configs/schedule.toml explains every key."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from pipeline.config import Section, SourceSettings, read_section

_DURATION = re.compile(r"(\d+)\s*(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(given: object) -> object:
    if isinstance(given, str):
        found = _DURATION.fullmatch(given.strip())
        if found is None:
            raise ValueError("write a number and one of s, m, h, d: 90s, 15m, 2h, 30d")
        return dt.timedelta(**{_UNITS[found[2]]: int(found[1])})
    if isinstance(given, int | float):
        raise ValueError('say the unit too: "15m"')
    return given


Duration = Annotated[dt.timedelta, BeforeValidator(_duration), Field(ge=dt.timedelta(0))]
"""A time such as 90s, 15m, 2h or 30d."""


def _some(given: dt.timedelta) -> dt.timedelta:
    if not given:
        raise ValueError("has to be longer than that")
    return given


Some = Annotated[Duration, AfterValidator(_some)]
"""The same, but not 0s."""


def _cron(expression: str) -> str:
    from pipeline.schedule.cron import cron_trigger

    cron_trigger(expression)
    return expression


class InboxSettings(SourceSettings):
    """Where articles come from, a folder, file, glob or address as `path`, and what is said of its files."""

    path: Annotated[str, Field(min_length=1)]
    settle: Duration = dt.timedelta(seconds=2)
    done: Literal["keep", "delete"] = "keep"
    options: Annotated[dict[str, Any], Field(default_factory=dict)]


class PartSettings(Section):
    articles: Annotated[int, Field(gt=0)] = 5000
    by: Literal["processed", "published"] = "processed"


class RetrySettings(Section):
    tries: Annotated[int, Field(gt=0)] = 3
    wait: Duration = dt.timedelta(minutes=5)


class RetentionSettings(Section):
    records: Duration | None = None
    repeats: Duration | None = dt.timedelta(days=90)
    runs: Duration | None = dt.timedelta(days=365)


class MetricsSettings(Section):
    textfile: str | None = None
    port: Annotated[int, Field(ge=0, le=65535)] | None = None
    address: str = "127.0.0.1"


class HealthSettings(Section):
    max_age: Duration = dt.timedelta(hours=1)
    max_parked: Annotated[int, Field(ge=0)] | None = None


HookOccasion = Literal["failed", "parked", "rejects", "events", "always"]


class HookSettings(Section):
    command: Annotated[tuple[str, ...], Field(min_length=1)]
    on: tuple[HookOccasion, ...] = ("failed", "parked")
    timeout: Some = dt.timedelta(seconds=60)


class ScheduleSettings(Section):
    """All settings of the scheduled job. Paths are relative to the folder of the settings file."""

    store: Annotated[str, Field(min_length=1)] = "store"
    line: str | None = None
    registry: str | None = None
    workers: Annotated[int, Field(gt=0)] | None = None
    every: Some = dt.timedelta(minutes=15)
    cron: Annotated[str, AfterValidator(_cron)] | None = None
    inbox: Annotated[tuple[InboxSettings, ...], Field(min_length=1)]
    parts: PartSettings = PartSettings()
    retry: RetrySettings = RetrySettings()
    retention: RetentionSettings = RetentionSettings()
    metrics: MetricsSettings = MetricsSettings()
    health: HealthSettings = HealthSettings()
    hook: tuple[HookSettings, ...] = ()


def load_schedule(path: Path) -> ScheduleSettings:
    """Settings from a TOML file; raises `SettingsError`, naming every bad key."""
    return read_section(path, ScheduleSettings)
