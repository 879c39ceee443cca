"""Days of synthesised events, and the words that news has for them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

OFFSETS = {
    "today": (0, 0),
    "past": (-25, -4),
    "month": (-80, -25),
    "years": (-4200, -400),
    "soon": (1, 6),
    "next": (5, 40),
    "later": (41, 300),
}
"""How many days from publication the days lie that plans call so."""

RECENT = (0, 0, -1, -1, -1, -2, -3, -4)
WEEK = 7
ABBREVIATED = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a newsroom writes dates: the day before the month, short months, weekdays without "on"."""

    day_first: bool
    abbreviated: bool
    bare_weekdays: bool
    modern: bool
    """Does it say "today" and "yesterday"?"""


@dataclass(frozen=True, slots=True)
class When:
    """A day or range, and how it is told: the words before it, its words, its value in ISO 8601, and the basis."""

    before: str
    words: str
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class Day:
    """The first and last day of an event."""

    first: dt.date
    last: dt.date


def draw_day(kind: str, published: dt.date, rng: random.Random) -> Day:
    """A day of the kind that plans name, or several for "span" (now) and "spell" (soon)."""
    if kind in ("span", "spell"):
        first = published + dt.timedelta(rng.randint(-2, 0) if kind == "span" else rng.randint(2, 20))
        last = first + dt.timedelta(rng.randint(1, 3))
        return Day(first, last if kind == "spell" else max(last, published))
    if kind == "recent":
        day = published + dt.timedelta(rng.choice(RECENT))
    else:
        day = published + dt.timedelta(rng.randint(*OFFSETS[kind]))
    return Day(day, day)


def tell(day: Day, published: dt.date | None, style: DateStyle, rng: random.Random) -> When:
    """Words for the day in an article of the day `published`; without one, the date in full."""
    if day.first != day.last:
        return _range(day, published, style, rng)
    when = day.first
    explicit = When("on ", calendar(when, style, rng, year=True), when.isoformat(), "explicit")
    if published is None:
        return explicit
    offset = (when - published).days
    weekday = When("" if style.bare_weekdays else "on ", f"{when:%A}", when.isoformat(), "relative")
    dated = When("on ", calendar(when, style, rng, year=rng.random() < 0.3), when.isoformat(), "explicit")
    if abs(offset) < WEEK:
        near = [weekday, weekday, weekday, weekday, dated]
        if style.modern or offset > 0:
            near += [When("", word, when.isoformat(), "relative") for word in _near(offset)]
        if rng.random() < 0.15:
            near.append(When("on ", f"{when:%A}, {calendar(when, style, rng)}", when.isoformat(), "explicit"))
        return rng.choice(near)
    if abs(offset) > 330:
        return rng.choice([explicit, _month(when, year=True), _year(when, published)])
    return rng.choice([dated, dated, explicit, *_loose(when, published)])


def calendar(when: dt.date, style: DateStyle, rng: random.Random, *, year: bool = False) -> str:
    """The day in the newsroom's order: "June 3" or "3 June", with the year if asked for."""
    month = ABBREVIATED[when.month - 1] if style.abbreviated else f"{when:%B}"
    if style.day_first:
        return f"{when.day} {month}" + (f" {when.year}" if year else "")
    return f"{month} {when.day}" + (f", {when.year}" if year else "")


def _near(offset: int) -> tuple[str, ...]:
    return {0: ("today", "today"), -1: ("yesterday",), 1: ("tomorrow",)}.get(offset, ())


def _month(when: dt.date, *, year: bool) -> When:
    return When("in ", f"{when:%B}" + (f" {when.year}" if year else ""), f"{when:%Y-%m}", "explicit")


def _year(when: dt.date, published: dt.date) -> When:
    if published.year - when.year == 1:
        return When("", "last year", f"{when.year}", "relative")
    return When("in ", f"{when.year}", f"{when.year}", "explicit")


def _loose(when: dt.date, published: dt.date) -> list[When]:
    """Weeks and months that the day lies in, as they are called on the day of publication."""
    found = [_month(when, year=when.year != published.year)]
    months = (when.year - published.year) * 12 + when.month - published.month
    if abs(months) == 1:
        word = "next month" if months == 1 else "last month"
        found.append(When("", word, f"{when:%Y-%m}", "relative"))
    monday = published - dt.timedelta(published.weekday())
    for word, start in (("last week", monday - dt.timedelta(WEEK)), ("next week", monday + dt.timedelta(WEEK))):
        if start <= when < start + dt.timedelta(WEEK):
            end = start + dt.timedelta(WEEK - 1)
            found.append(When("", word, f"{start}/{end}", "relative"))
    if when.year == published.year + 1 and months > 2:
        found.append(When("", "next year", f"{when.year}", "relative"))
    return found


def _range(day: Day, published: dt.date | None, style: DateStyle, rng: random.Random) -> When:
    value = f"{day.first}/{day.last}"
    if published is not None and rng.random() < 0.3 and day.last - published < dt.timedelta(WEEK):
        return When("from ", f"{day.first:%A} to {day.last:%A}", value, "relative")
    first, last = day.first, day.last
    year = published is None or rng.random() < 0.2
    if first.month != last.month:
        return When(
            "from ", f"{calendar(first, style, rng)} to {calendar(last, style, rng, year=year)}", value, "explicit"
        )
    joined = rng.choice([f"{first.day}-{last.day}", f"{first.day} to {last.day}", f"{first.day}–{last.day}"])
    month = f"{first:%B}"
    words = f"{joined} {month}" if style.day_first else f"{month} {joined}"
    if year:
        words += f" {first.year}" if style.day_first else f", {first.year}"
    return When("from " if " to " in joined else "on ", words, value, "explicit")
