"""Stretches of the calendar: days, weeks from Monday to Sunday, months, seasons, years."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Precision

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Inclusive days. `relative` when the words alone do not name them ("yesterday")."""

    start: dt.date
    end: dt.date
    precision: Precision
    relative: bool = False


def day(date: dt.date) -> Stretch:
    """One day."""
    return Stretch(date, date, "day")


def week(date: dt.date) -> Stretch:
    """The week of a day."""
    monday = date - DAY * date.weekday()
    return Stretch(monday, monday + DAY * 6, "range")


def weekend(date: dt.date) -> Stretch:
    """Saturday and Sunday of the week of a day."""
    monday = date - DAY * date.weekday()
    return Stretch(monday + DAY * 5, monday + DAY * 6, "range")


def month(year: int, number: int) -> Stretch:
    """A month; `number` may lie outside 1..12 and then counts on into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Stretch(dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1]), "month")


def year(number: int) -> Stretch:
    """A year from January to December."""
    return Stretch(dt.date(number, 1, 1), dt.date(number, 12, 31), "year")


def season(year_: int, first_month: int) -> Stretch:
    """Three months from the first one on."""
    return span([month(year_, first_month), month(year_, first_month + 2)])


def shift_months(date: dt.date, months: int) -> dt.date:
    """The same day some months on, or the last of that month when it is shorter."""
    there = month(date.year, date.month + months)
    return min(there.start + DAY * (date.day - 1), there.end)


def span(parts: Sequence[Stretch]) -> Stretch:
    """From the first to the last of some stretches; one stretch stays what it is."""
    if len(parts) == 1:
        return parts[0]
    return Stretch(min(part.start for part in parts), max(part.end for part in parts), "range")
