"""Office-holders as other people's dumps list them, whatever the form of the dump."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.data import country_names, fold

Days = tuple[dt.date, dt.date]
"""The first and the last day that a date of any precision stands for."""

Post = tuple[str, str | None]
"""Title of a position, and the ISO3 code of the state whose office it is."""


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that somebody holds or held.

    `title` is None when the dump names the office by an id only; `of` is the ISO3 code of the state whose office it
    is. `start` is the first day on which it can have begun, `end` the last on which it can have ended; None when
    not known, or not over.
    """

    title: str | None
    of: str | None
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """A person of a dump.

    `names` are all names, the usual one first; `country` is the ISO3 code of the state that they act for, or are a
    citizen of; `input` is the dump, `line` the 1-based line in it.
    """

    input: str
    line: int
    names: tuple[str, ...]
    country: str | None
    offices: tuple[HeldOffice, ...]
    wikidata: str | None
    died: dt.date | None = None


def days_of(year: int, month: int | None = None, day: int | None = None) -> Days | None:
    """The days of a year, a month or a day; None when there is no such day in the calendar of `datetime`."""
    try:
        first = dt.date(year, month or 1, day or 1)
        last = first if day else dt.date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
    return first, last


def held_office(post: Post | None, start: Days | None, end: Days | None) -> HeldOffice:
    """A position held from some day to another."""
    title, of = post or (None, None)
    return HeldOffice(title, of, start[0] if start else None, end[1] if end else None)


def parted(title: str, of: str | None) -> Post:
    """A title without the state at its end, and the state: "President of Norway" → ("President", "NOR").

    The title stays as it is when it ends with another state than `of`.
    """
    words = title.split()
    for place, word in enumerate(words):
        if word == "of" and place > 0:
            rest = fold(" ".join(words[place + 1 :])).removeprefix("the ")
            code = country_names().get(rest)
            if code is not None and of in (None, code):
                return " ".join(words[:place]), code
    return " ".join(words), of


def country_of(offices: Sequence[HeldOffice], citizenships: Collection[str]) -> str | None:
    """The state that somebody acts for: that of most offices, of states they are a citizen of if there are any.

    Without an office of a state, the only citizenship.
    """
    states = Counter(office.of for office in offices if office.of is not None)
    for state, _ in states.most_common():
        if state in citizenships:
            return state
    if states:
        return states.most_common(1)[0][0]
    return next(iter(citizenships)) if len(citizenships) == 1 else None
