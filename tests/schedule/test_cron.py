"""Cron expressions mean what cron means by them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.schedule.cron import cron_trigger
from pipeline.schedule.settings import load_schedule

SUNDAY = dt.datetime(2025, 5, 4, 12).astimezone()
"""As `isoweekday` counts them, Sunday is 7."""


@pytest.mark.parametrize(
    ("weekday", "days"),
    [("0", {7}), ("7", {7}), ("1-5", {1, 2, 3, 4, 5}), ("5-7", {5, 6, 7}), ("sun,3", {7, 3}), ("*", set(range(1, 8)))],
)
def test_sunday_is_0_and_7(weekday: str, days: set[int]) -> None:
    trigger = cron_trigger(f"30 4 * * {weekday}")
    found, last = [], SUNDAY
    for _ in range(14):
        last = trigger.get_next_fire_time(last, last)
        found.append(last)
    assert {day.isoweekday() for day in found} == days
    assert {(day.hour, day.minute) for day in found} == {(4, 30)}


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("15 4 * *", "minute, hour, day, month and weekday"),
        ("61 * * * *", "61"),
        ("* * * * 8", "8"),
        ("x * * * *", "Unrecognized"),
        ("* * * * */2", "weekdays out"),
        ("0 0 1 * mon", "not both"),
        ("0 0 31 2 *", "no such day"),
    ],
)
def test_what_is_no_cron_expression_or_means_two_things(expression: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "schedule.toml"
    path.write_text(f'cron = "{expression}"\n[[inbox]]\npath = "in"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=f"cron: .*{reason}"):
        load_schedule(path)


@pytest.mark.parametrize("line", ['every = "0s"', '[[hook]]\ncommand = ["x"]\ntimeout = "0s"'])
def test_no_time_at_all(line: str, tmp_path: Path) -> None:
    path = tmp_path / "schedule.toml"
    path.write_text(f'{line}\n[[inbox]]\npath = "in"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="longer than that"):
        load_schedule(path)
