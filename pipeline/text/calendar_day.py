"""Calendar days as pages print them: "3 May 2025", "May 3, 2025", "2025-05-03", "03.05.2025", "May 3"."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.data import table

_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day as printed at start..end of a text.

    `days` holds the day, or both readings when day and month could be swapped ("03/04/2024"), or
    nothing when no year is printed; then `month_day` is set.
    """

    start: int
    end: int
    days: tuple[dt.date, ...]
    month_day: tuple[int, int] | None = None


@functools.cache
def months() -> dict[str, int]:
    """Number of each month by its English name and abbreviations, in lower case."""
    dates = table("dates")
    return {**dates["months"], **dates["month_abbreviations"]}


@functools.cache
def day_pattern() -> str:
    """Regular expression source, without groups, of a printed day."""
    month = "(?:" + "|".join(sorted(months(), key=len, reverse=True)) + r")\b\.?"
    day = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
    year = r"(?:19|20)\d\d"
    numbers = "|".join(rf"{year}[{c}]\d\d?[{c}]\d\d?|\d\d?[{c}]\d\d?[{c}](?:{year}|\d\d)" for c in "-/.")
    return (
        rf"(?<![\w.-])(?<!\d/)(?:(?:{numbers})(?!\w|/\d|[.-]\d)"
        rf"|{day}(?:\s|-|\.\s|\sof\s|,\s)?{month}(?:\s?,\s?|\s|-)?{year}\b"
        rf"|{month}\s?{day}(?:\s?,\s?|\s){year}\b"
        rf"|{day}\s{month}(?!\w)|{month}\s?{day}(?![\w:]))"
    )


@functools.cache
def _compiled() -> re.Pattern[str]:
    return re.compile(day_pattern(), re.IGNORECASE)


def printed_days(text: str) -> Iterator[PrintedDay]:
    """The days printed in the text, left to right; impossible ones are left out."""
    for match in _compiled().finditer(text):
        days, month_day = _read(match.group())
        if days or month_day:
            yield PrintedDay(match.start(), match.end(), days, month_day)


def _read(printed: str) -> tuple[tuple[dt.date, ...], tuple[int, int] | None]:
    numbers = [int(number) for number in re.findall(r"\d+", printed)]
    word = re.search(r"[^\W\d_]{3,}", printed)
    if word is None:
        return tuple(_numeric(*numbers, dotted="." in printed)), None
    month, day = months()[word.group().casefold()], min(numbers)
    if len(numbers) == 2:
        return tuple(_day(max(numbers), month, day)), None
    return (), next(((month, day) for _ in _day(2000, month, day)), None)


def _numeric(first: int, second: int, third: int, *, dotted: bool) -> Iterator[dt.date]:
    if first in _YEARS:
        yield from _day(first, second, third)
        return
    year = third if third in _YEARS else 2000 + third
    yield from _day(year, second, first)
    if not dotted and first != second:  # with dots the day always stands first
        yield from _day(year, first, second)


def _day(year: int, month: int, day: int) -> Iterator[dt.date]:
    try:
        yield dt.date(year, month, day)
    except ValueError:
        return
