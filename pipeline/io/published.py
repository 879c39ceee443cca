"""The publication day in the forms that dumps and feeds write it."""

from __future__ import annotations

import datetime as dt
import functools
import re
from email.utils import parsedate_to_datetime

from pipeline.errors import RejectArticle

NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})\b")
UNIX_TIME = re.compile(r"\d{9,13}")
MILLISECONDS = 100_000_000_000
"""Unix times from here on are milliseconds: as seconds they would lie after the year 5000."""


def parse_published(value: object) -> dt.date | None:
    """The day as the source writes it, in its own time zone; None for null and blank.

    Reads ISO 8601 dates and datetimes, RFC 2822 dates of feeds, English dates with day, month and
    year, and numbers as Unix time in UTC. Raises `RejectArticle` (`bad_published`) for anything else
    and for dates such as 03/05/2025, of which nobody can tell the month.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    day: dt.date | None = None
    if isinstance(value, str):
        day = _of_text(value.strip())
    elif isinstance(value, int | float) and not isinstance(value, bool):
        day = _of_number(value)
    elif isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
    if day is None:
        # Others only by their type: a list in lists of itself is small until it is printed.
        said = repr(value)[:80] if isinstance(value, str | float) else type(value).__name__
        raise RejectArticle("bad_published", f"published: no full date: {said}")
    return day


def _of_number(value: float) -> dt.date | None:
    try:
        seconds = value / 1000 if value >= MILLISECONDS else value
        return dt.datetime.fromtimestamp(seconds, dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


@functools.lru_cache(maxsize=4096)
def _of_text(text: str) -> dt.date | None:
    if UNIX_TIME.fullmatch(text):
        return _of_number(int(text))
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        pass
    numeric = NUMERIC.match(text)
    if numeric and numeric[2] != "." and numeric[1] != numeric[3] and max(int(numeric[1]), int(numeric[3])) <= 12:
        raise RejectArticle("bad_published", f"published: day or month first? {text[:80]!r}; write {numeric[4]}-MM-DD")
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, OverflowError):
        pass
    return _of_english(text, order="DMY" if numeric and numeric[2] == "." else "MDY")


def _of_english(text: str, *, order: str) -> dt.date | None:
    from dateparser.date import DateDataParser

    settings = {
        "DATE_ORDER": order,
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
    }
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(text[:200]).date_obj
    return found.date() if found else None
