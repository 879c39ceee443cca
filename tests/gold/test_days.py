"""The days that a date value covers."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.gold.days import days, value_of


@pytest.mark.parametrize(
    ("value", "start", "end", "precision"),
    [
        ("2025-06-03", "2025-06-03", "2025-06-03", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("2025-06-03/2025-06-05", "2025-06-03", "2025-06-05", "range"),
        ("2024-12/2025", "2024-12-01", "2025-12-31", "range"),
    ],
)
def test_days(value: str, start: str, end: str, precision: str) -> None:
    found = days(value)
    assert found is not None
    assert (found.start, found.end) == (dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    assert found.precision == precision
    if value != "2024-12/2025":
        assert value_of(found.start, found.end, found.precision) == value


@pytest.mark.parametrize("value", ["2025-02-30", "2025-13", "0000", "2025-06-03/2025-06-31"])
def test_no_calendar_has_it(value: str) -> None:
    assert days(value) is None


def test_what_is_not_known_has_no_value() -> None:
    assert value_of(None, None, None) is None
    assert value_of(dt.date(2025, 6, 3), None, "day") == "2025-06-03"
