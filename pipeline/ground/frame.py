"""What the readers of date expressions share: their frame, tables and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.data import table
from pipeline.ground.tense import Tense


@dataclass(frozen=True, slots=True)
class Frame:
    """What a relative expression is counted from: publication day, the text before, tense.

    `anchor` is the day the text named last, `context` the first day of the last date of any precision.
    """

    published: dt.date | None
    anchor: dt.date | None
    context: dt.date | None
    tense: Tense | None


def direction(words: Sequence[str]) -> int:
    """-1 for last, 1 for next, else 0."""
    if "last" in words or "previous" in words or "past" in words:
        return -1
    return int("next" in words or "following" in words or "coming" in words)


def number_of(word: str) -> int | None:
    """A numeral, ordinal figure or number word."""
    digits = word.rstrip("stndrh")
    if digits.isdigit():
        return int(digits)
    value: int | None = tables()["numbers"].get(word)
    return value


@cache
def tables() -> Mapping[str, Any]:
    """The word tables of data/dates.toml, months with their abbreviations."""
    data = table("dates")
    return {**data, "months": data["months"] | data["month_abbreviations"]}
