"""Published: the day an article appeared, from the dates its page shows about itself."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pipeline.data import fold, table
from pipeline.text.calendar_day import PrintedDay, printed_days

NEAR = dt.timedelta(days=10)
# Countries that write the month first have twelve-hour clocks.
_CLOCK_24 = re.compile(r"(?<![\d.:/+-])\d\d?:\d\d(?::\d\d)?(?![:\d]|\s?[ap]\.?m)", re.IGNORECASE)


class Place(IntEnum):
    """Where a page shows a date, the most telling place first."""

    LABELLED = 0  # "Published: …", "date 2025-06-03"
    TOP = 1
    DATELINE = 2
    BOTTOM = 3
    UPDATE = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """A date that the page shows at start..end of the normalised text, and where.

    `day_first` says that a clock of 24 hours beside it suggests that the day is printed before the month.
    """

    start: int
    end: int
    printed: PrintedDay
    place: Place
    day_first: bool = False


def shown_in_line(text: str, offset: int, *, bottom: bool) -> Iterator[Shown]:
    """The dates in a date line, byline or signature that starts at the offset, as `Shown`."""
    at = 0
    for printed in printed_days(text):
        words = re.findall(r"[^\W\d_]+", fold(text[at : printed.start]))
        label = next((w for w in reversed(words) if w in _words("labels") or w in _words("updates")), "")
        place = Place.BOTTOM if bottom else Place.TOP
        if label:
            place = Place.UPDATE if label in _words("updates") else Place.LABELLED
        day_first = _CLOCK_24.search(text) is not None
        yield Shown(offset + printed.start, offset + printed.end, printed, place, day_first)
        at = printed.end


@functools.cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("furniture")["stamp"][key].split())


def settle(shown: Sequence[Shown], prose: str) -> list[tuple[Shown, dt.date]]:
    """The calendar day of every shown date that can be told, in page order.

    A swapped reading ("03/04/2024") is settled by the other dates of the page, else by the days
    that the prose names (news appears on them or soon after), else by a 24-hour clock beside it.
    A date without a year takes the year that brings it nearest to a dated one.
    """
    sure = [item.printed.days[0] for item in shown if len(item.printed.days) == 1]
    told: list[tuple[Shown, dt.date]] = []
    for item in shown:
        days = item.printed.days
        day = days[0] if len(days) == 1 else None
        if len(days) == 2:
            day = _choose(days, sure, shown, prose) or (days[0] if item.day_first else None)
            sure += [day] if day else []
        if day is not None:
            told.append((item, day))
    for item in shown:
        if item.printed.month_day and sure:
            told += [(item, day) for day in [_nearest(item.printed.month_day, sure[0])] if day]
    return sorted(told, key=lambda pair: pair[0].start)


def publication_day(told: Sequence[tuple[Shown, dt.date]]) -> dt.date | None:
    """The day the article appeared: the first date in the most telling place; None without any."""
    dated = [(item, day) for item, day in told if item.printed.days]
    return min(dated, key=lambda pair: (pair[0].place, pair[0].start))[1] if dated else None


def _choose(days: tuple[dt.date, ...], sure: Sequence[dt.date], shown: Sequence[Shown], prose: str) -> dt.date | None:
    for other in sure:
        close = [day for day in days if abs(day - other) <= NEAR]
        if len(close) == 1:
            return close[0]
    month_days = [item.printed.month_day for item in shown if item.printed.month_day]
    named = [printed for printed in printed_days(prose) if len(printed.days) == 1 or printed.month_day]
    month_days += [p.month_day or (p.days[0].month, p.days[0].day) for p in named]
    close = [
        day
        for day in days
        if any((e := _nearest(month_day, day)) and -NEAR / 5 <= day - e <= NEAR for month_day in month_days)
    ]
    return close[0] if len(close) == 1 else None


def _nearest(month_day: tuple[int, int], day: dt.date) -> dt.date | None:
    """The date with this month and day that is nearest to a day; None for 29 February far from a leap year."""
    found = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            found.append(dt.date(year, *month_day))
        except ValueError:
            continue
    return min(found, key=lambda other: abs(other - day), default=None)
