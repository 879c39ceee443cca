"""Date expressions that name the calendar: numbers, months and years in words or figures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.ground import calendar
from pipeline.ground.calendar import DAY, Stretch
from pipeline.ground.frame import Frame, direction, number_of, tables
from pipeline.ground.tense import Tense

_ISO = re.compile(r"((?:19|20)\d\d)[-/.](\d\d?)[-/.](\d\d?)")
_NUMERIC = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4}|\d\d)(?!\d)")
_AGAINST = {"past": 3.0, "future": 6.0}  # found on the training articles; flat around these values
_PARTS = frozenset({"half", "quarter", "week", "weekend"})


def read_numeric(text: str, frame: Frame) -> Stretch | None:
    """2024-03-11, 11.03.2024, 03/11/24: day first unless only month first fits or is the publication day."""
    if match := _ISO.search(text):
        return calendar.day(dt.date(*map(int, match.groups())))
    match = _NUMERIC.search(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    if first <= 12 and second <= 12 and match[2] == "/" and frame.published is not None:
        readings = [dt.date(year, second, first), dt.date(year, first, second)]
        published = frame.published
        return calendar.day(min(readings, key=lambda day: abs(day - published) > DAY))
    return calendar.day(dt.date(year, second, first) if second <= 12 else dt.date(year, first, second))


def read_named_month(words: Sequence[str], frame: Frame) -> Stretch | None:
    """Everything with a month's name: "24 and 25 March", "May 28 to June 2, 2024", "early last June"."""
    months = tables()["months"]
    points: list[tuple[int, int | None]] = []  # (month, day), a day of None for the whole month
    year: int | None = None
    pending: list[int] = []
    current: int | None = None
    for word in words:
        if word in months:
            current = months[word]
            points += [(current, day) for day in pending] or [(current, None)]
            day_first, pending = bool(pending), []
        elif (number := number_of(word) if word[0].isdigit() else None) is not None and number <= 31:
            if current is None or day_first:
                pending.append(number)
            else:
                points = [point for point in points if point != (current, None)] + [(current, number)]
        elif number is not None and number > 1000:
            year = number
    if not points:
        return None
    if pending and day_first and current is not None:  # "Monday 3 May and 4"
        points += [(current, day) for day in pending]
    stretch, relative = _with_year(points, year, words, frame)
    return None if stretch is None else replace(part_of(stretch, words), relative=relative)


def _with_year(
    points: Sequence[tuple[int, int | None]], year: int | None, words: Sequence[str], frame: Frame
) -> tuple[Stretch | None, bool]:
    """The stretch of months or days, its year taken from the words, or the nearest that fits the tense."""
    if year is not None:
        return _in_year(points, year), False
    if "of" in words and _PARTS & set(words):  # "the last week of April" is not last April
        words = words[words.index("of") :]
    base = frame.published or frame.anchor
    if base is None:
        return None, False
    if "year" in words:
        shift = direction(words)
        if frame.anchor is not None and ("that" in words or "same" in words):
            base = frame.anchor
        return _in_year(points, base.year + shift), True
    candidates = [_in_year(points, base.year + shift) for shift in (-1, 0, 1) if _exists(points, base.year + shift)]
    tense: Tense | None = frame.tense
    relative = True
    if "last" in words or "past" in words:
        candidates = [c for c in candidates if c.end < base.replace(day=1)]
    elif "next" in words or "coming" in words:
        candidates = [c for c in candidates if c.start > base]
    elif "this" in words:
        candidates = [_in_year(points, base.year)]
    else:
        relative = False
    if not candidates:
        return None, relative
    return min(candidates, key=lambda c: _distance(c, base, tense)), relative


def _distance(stretch: Stretch, base: dt.date, tense: Tense | None) -> float:
    """Days between a stretch and a day, counted more when they lie against the tense."""
    against = (tense == "future" and stretch.end < base) or (tense == "past" and stretch.start > base)
    return abs((stretch.start - base).days) * (_AGAINST[tense] if tense is not None and against else 1)


def _in_year(points: Sequence[tuple[int, int | None]], year: int) -> Stretch:
    """The stretch that ends in a year; a later month in front belongs to the year before."""
    parts = []
    last = points[-1][0]
    for month, day in points:
        own = year - 1 if month > last else year
        parts.append(calendar.month(own, month) if day is None else calendar.day(dt.date(own, month, day)))
    return calendar.span(parts)


def _exists(points: Sequence[tuple[int, int | None]], year: int) -> bool:
    return all(day is None or day <= calendar.month(year, month).end.day for month, day in points)


def part_of(stretch: Stretch, words: Sequence[str]) -> Stretch:
    """ "First half of", "last week of", "second quarter of" a month or year."""
    ordinal = next((n for word, n in tables()["ordinals"].items() if word in words), 1)
    start, end = stretch.start, stretch.end
    if "half" in words:
        if stretch.precision == "month":
            middle = start + DAY * 14
            return Stretch(start, middle, "range") if ordinal == 1 else Stretch(middle + DAY, end, "range")
        if stretch.precision == "year":
            return calendar.span([calendar.month(start.year, 6 * ordinal - 5), calendar.month(start.year, 6 * ordinal)])
    if "quarter" in words and stretch.precision == "year":
        return calendar.season(start.year, 3 * ordinal - 2)
    if "week" in words and stretch.precision == "month":
        if "last" in words:
            return Stretch(end - DAY * 6, end, "range")
        return Stretch(start + DAY * 7 * (ordinal - 1), start + DAY * (7 * ordinal - 1), "range")
    return stretch


def read_years(words: Sequence[str], frame: Frame) -> Stretch | None:
    """2019, 2007-2012, 2020-21, the 1980s, Q3 2024, the end of 2026, summer 2023."""
    if len(words) == 1 and words[0].endswith("0s"):
        decade = int(words[0][:-1])
        return calendar.span([calendar.year(decade), calendar.year(decade + 9)])
    numbers = [number for word in words if (number := number_of(word.removesuffix("s"))) is not None]
    years = [number for number in numbers if number >= 1000]
    if not years:
        return None
    if any(word in tables()["seasons"] for word in words):
        first = next(n for word, n in tables()["seasons"].items() if word in words)
        return calendar.season(years[0], first)
    if words[-1].endswith("0s"):
        return calendar.span([calendar.year(years[0]), calendar.year(years[0] + 9)])
    if words[0] in ("q", "h") and len(numbers) > 1:
        size = 3 if words[0] == "q" else 6
        first = size * (numbers[0] - 1) + 1
        return calendar.span([calendar.month(years[0], first), calendar.month(years[0], first + size - 1)])
    if len(numbers) == 2 and numbers[1] < 100:
        years.append(years[0] // 100 * 100 + numbers[1])
    return part_of(calendar.span([calendar.year(year) for year in years]), words)


@lru_cache(maxsize=4096)
def read_by_library(text: str) -> Stretch | None:
    """Full dates in any other form, by dateparser; only such as name day, month and year themselves."""
    import dateparser

    found = dateparser.parse(
        text,
        languages=["en"],
        settings={
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": dt.datetime(2000, 1, 1),
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return calendar.day(found.date()) if found is not None else None
