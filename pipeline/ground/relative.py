"""Date expressions counted from the publication day or from the day the text named last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ground import calendar
from pipeline.ground.absolute import part_of
from pipeline.ground.calendar import DAY, Stretch
from pipeline.ground.frame import Frame, direction, number_of, tables


def read_day(words: Sequence[str], frame: Frame) -> Stretch | None:
    """Today, yesterday, this morning, last night."""
    deictic = tables()["deictic"]
    offset = next((deictic[word] for word in words if word in deictic), None)
    if offset is None and words[-1] in tables()["words"]["day_parts"] and words[0] in ("this", "last"):
        offset = -1 if words[0] == "last" else 0
    if offset is None or frame.published is None:
        return None
    return replace(calendar.day(frame.published + DAY * offset), relative=True)


def read_discourse(words: Sequence[str], frame: Frame) -> Stretch | None:
    """The same day, that evening, the day before, two days later, three years ago."""
    units = ("day", "week", "month", "year")
    unit = next((unit for unit in units if unit in words or unit + "s" in words), None)
    if unit is None and any(word in tables()["words"]["day_parts"] for word in words):
        unit = "day"
    pointing = {"same", "that", "before", "after", "earlier", "later", "following", "previous", "ago"}
    if unit is None or not (pointing & set(words) or (unit == "day" and "next" in words)):
        return None
    if "this" in words or "end" in words:
        return None
    anchor = frame.context if unit in ("month", "year") else frame.anchor
    base = frame.published if "ago" in words else anchor or frame.published
    if base is None:
        return None
    if "same" in words or "that" in words:
        count = 0
    else:
        count = number_of(words[0]) or 1
        if {"before", "earlier", "previous", "ago"} & set(words):
            count = -count
    plain = words[0] in ("the", "following", "previous", "same", "that")
    return replace(_shifted(base, unit, count, whole=plain), relative=True)


def _shifted(base: dt.date, unit: str, count: int, *, whole: bool) -> Stretch:
    """The day, or with `whole` the calendar unit, some units away from a day."""
    if unit == "day":
        return calendar.day(base + DAY * count)
    if unit == "week":
        there = base + DAY * 7 * count
        return calendar.week(there) if whole else calendar.day(there)
    if unit == "month":
        return calendar.month(base.year, base.month + count)
    return calendar.year(base.year + count)


def read_unit(words: Sequence[str], frame: Frame) -> Stretch | None:
    """This week, last month, next year, the end of the year, Tuesday of next week, the weekend."""
    base = frame.published
    unit = next((word for word in reversed(words) if word in ("year", "month", "week", "weekend")), None)
    if unit is None or base is None:
        return None
    shift = direction(words)
    weekday = next((n for word, n in tables()["weekdays"].items() if word in words), None)
    if unit == "weekend":
        if words[-1] == "weekend" and shift == 0 and frame.tense == "past" and base.weekday() < 5:
            shift = -1
        return replace(calendar.weekend(base + DAY * 7 * shift), relative=True)
    stretch = _shifted(base, unit, shift, whole=True)
    if weekday is not None and unit == "week":
        return replace(calendar.day(stretch.start + DAY * weekday), relative=True)
    return replace(part_of(stretch, words[:-2]), relative=True)


def read_weekday(words: Sequence[str], frame: Frame) -> Stretch | None:
    """Tuesday, last Friday, next Monday, Monday to Wednesday."""
    weekdays = tables()["weekdays"]
    numbers = [weekdays[word] for word in words if word in weekdays]
    base = frame.published
    if not numbers:
        return None
    if frame.anchor is not None and {"following", "previous", "that", "same"} & set(words):
        return replace(calendar.day(_weekday_near(frame.anchor, numbers[0], words)), relative=True)
    if base is None:
        return None
    if number := next((n for word in words if (n := number_of(word)) is not None), None):
        return _weekday_of_month(numbers[0], number, base)
    back = (base.weekday() - numbers[0]) % 7
    if "last" in words:
        back = back or 7
    elif "next" in words:  # the one of next week
        back = base.weekday() - numbers[0] - 7
    elif "coming" in words or (frame.tense in ("future", "present") and back):
        back = back - 7
    days = [base - DAY * back + DAY * ((number - numbers[0]) % 7) for number in numbers]
    return replace(calendar.span(list(map(calendar.day, days))), relative=True)


def _weekday_near(anchor: dt.date, weekday: int, words: Sequence[str]) -> dt.date:
    """The weekday after a day ("the following"), before it ("the previous"), or last up to it ("that")."""
    if "following" in words:
        return anchor + DAY * ((weekday - anchor.weekday() - 1) % 7 + 1)
    back = (anchor.weekday() - weekday) % 7
    return anchor - DAY * (back or (7 if "previous" in words else 0))


def _weekday_of_month(weekday: int, number: int, base: dt.date) -> Stretch | None:
    """For "Monday 12", the nearest twelfth of a month that is a Monday."""
    starts = [calendar.month(base.year, base.month + shift) for shift in range(-3, 7)]
    days = [m.start + DAY * (number - 1) for m in starts if number <= m.end.day]
    days = [day for day in days if day.weekday() == weekday]
    return replace(calendar.day(min(days, key=lambda d: abs(d - base))), relative=True) if days else None


def read_season(words: Sequence[str], frame: Frame) -> Stretch | None:
    """This autumn, last spring, in the summer."""
    first = next((n for word, n in tables()["seasons"].items() if word in words), None)
    base = frame.published
    if first is None or base is None:
        return None
    candidates = [calendar.season(base.year + shift, first) for shift in (-2, -1, 0, 1)]
    if "last" in words or ("this" not in words and frame.tense == "past"):
        candidates = [c for c in candidates if c.end < base]
        return replace(candidates[-1], relative=True)
    if "next" in words or "coming" in words:
        return replace(next(c for c in candidates if c.start > base), relative=True)
    return replace(next(c for c in candidates if c.end >= base), relative=True)


def read_day_of_month(words: Sequence[str], frame: Frame) -> Stretch | None:
    """The 25th: of the month spoken of, the one nearest to the publication day that fits the tense."""
    numbers = [number for word in words if (number := number_of(word)) is not None]
    base = frame.anchor or frame.published
    plain = {"the", "and", "to", "through", "-", "–", "—"}
    if base is None or len(numbers) + sum(word in plain for word in words) < len(words):
        return None
    if not numbers or any(not 1 <= number <= 31 for number in numbers):
        return None
    months = [calendar.month(base.year, base.month + shift) for shift in (0, -1, 1)]
    days = [month.start.replace(day=numbers[-1]) for month in months if numbers[-1] <= month.end.day]
    if frame.tense == "future":
        days = [d for d in days if d >= base] or days
    elif frame.tense == "past":
        days = [d for d in days if frame.published is None or d <= frame.published] or days
    last = min(days, key=lambda d: abs(d - base))
    return replace(calendar.span([calendar.day(last.replace(day=number)) for number in numbers]), relative=True)
