"""The calendar days that a value of a gold label covers, and the value of days."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Days:
    """Inclusive days, as the output contract writes a date."""

    start: dt.date
    end: dt.date
    precision: Literal["day", "month", "year", "range"]


def days(value: str) -> Days | None:
    """The days of `2025-06-03`, `2025-06`, `2025`, or a range `A/B` of those; None when no calendar has them."""
    start, _, end = value.partition("/")
    try:
        if end:
            return Days(_days(start).start, _days(end).end, "range")
        return _days(start)
    except ValueError:
        return None


def value_of(start: dt.date | None, end: dt.date | None, precision: str | None) -> str | None:
    """The other way: how labels write days, `2025-06` for those of precision "month"; None when they are not known."""
    if start is None:
        return None
    if precision in ("month", "year"):
        return start.isoformat()[: len("2025-06" if precision == "month" else "2025")]
    return start.isoformat() if end in (None, start) else f"{start}/{end}"


def _days(value: str) -> Days:
    match [int(part) for part in value.split("-")]:
        case [year, month, day]:
            return Days(dt.date(year, month, day), dt.date(year, month, day), "day")
        case [year, month]:
            first = dt.date(year, month, 1)
            return Days(first, first.replace(day=calendar.monthrange(year, month)[1]), "month")
        case [year]:
            return Days(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")
    raise ValueError(value)
