"""What a date expression says: its words turned into days of the calendar.

Absolute forms are read from the words alone. Relative ones are counted from the publication day, or,
for "the same day" and its like, from the day the text spoke of last. Forms not covered here go to the
dateparser library, locked to English and to full dates, so that the clock of the machine never matters.
"""

from __future__ import annotations

import re

from pipeline.ground.absolute import read_by_library, read_named_month, read_numeric, read_years
from pipeline.ground.calendar import Stretch
from pipeline.ground.frame import Frame
from pipeline.ground.relative import (
    read_day,
    read_day_of_month,
    read_discourse,
    read_season,
    read_unit,
    read_weekday,
)

_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+s\b|\d+|[^\W\d_]+|[-–—]")
_YEAR = re.compile(r"\b\d{4}\b")
_SHORT_YEAR = re.compile(r"\d\d?(?:st|nd|rd|th)?[ -][^\W\d_]+\.?,?[ -]['’]?\d\d")
_CLOCK = re.compile(r"\b\d\d?:\d\d\b.*")
_READERS = (
    read_named_month, read_years, read_day, read_discourse, read_unit, read_weekday, read_season, read_day_of_month,
)  # fmt: skip


def read_expression(text: str, frame: Frame) -> Stretch | None:
    """The days an English date expression points to; None when they cannot be known."""
    try:
        found = read_by_library(text) if _SHORT_YEAR.fullmatch(text) else read_numeric(text, frame)
        if found is not None:
            return found
        words = _TOKEN.findall(_CLOCK.sub("", text.lower()))
        if not words:
            return None
        for reader in _READERS:
            found = reader(words, frame)
            if found is not None:
                return found
        return read_by_library(text) if _YEAR.search(text) else None
    except (ValueError, OverflowError):  # a day that no calendar has: 31 June, the year 0
        return None
