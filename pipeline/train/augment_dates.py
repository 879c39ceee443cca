"""All dates of an article shifted by the same number of days."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.data import fold, table
from pipeline.gold.model import GoldArticle, GoldEvent, GoldMention
from pipeline.train.augment_edits import Edit, apply

WEEK = 7
FARTHEST = 4 * 365
ATTEMPTS = 40
FIRST, LAST = dt.date(1990, 1, 1), dt.date(2035, 12, 31)
"""Published days stay between these."""

NUMBER_OR_WORD = re.compile(r"(?P<number>\d+)(?P<ordinal>st|nd|rd|th)?(?!\d)(?P<decade>s\b)?|(?P<word>[^\W\d_]+)")
FULL_DATE = re.compile(
    r"(?<![\w/.-])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?,? \d{4}"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})(?![\w/]|[.-]\d)"
)
CALENDAR = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
TIED_TO_THE_YEAR = re.compile(
    r"spring|summer|autumn|\bfall\b|winter|season|half|quarter|end|eve\b|year-|new year|christmas|easter|"
    r"ramadan|nowruz|early|late\b|mid|beginning|start|first day|final day|last day|first|second|third|fourth",
    re.IGNORECASE,
)

Value = tuple[int, ...]
"""A year, a month or a day: as many numbers as are known."""


class Field(NamedTuple):
    """Where a number or month's name of a surface stands, and what it is of which ends of the value (0, 1)."""

    start: int
    end: int
    what: int
    ends: tuple[int, ...]


class Unchangeable(ValueError):
    """A date that cannot be written anew in its own way."""


def shift_dates(article: GoldArticle, rng: random.Random) -> GoldArticle:
    """The article some weeks or years earlier or later, weekdays and relative words unchanged.

    The same article when a date with a calendar value cannot be written anew in its own way, and when it shows no day
    of publication.
    """
    if article.published is None:
        return article
    for _ in range(ATTEMPTS):
        days = WEEK * rng.randint(-FARTHEST // WEEK, FARTHEST // WEEK)
        published = article.published + dt.timedelta(days=days)
        if days and FIRST <= published <= LAST:
            try:
                return shifted(article, days)
            except Unchangeable:
                continue
    return article


def shifted(article: GoldArticle, days: int) -> GoldArticle:
    """The article so many days later, a number of whole weeks; raises `Unchangeable`."""
    if article.published is None or days % WEEK:
        raise Unchangeable("no day of publication, or no whole weeks")
    published = article.published + dt.timedelta(days=days)
    values = [m.value for m in article.mentions if m.value is not None]
    values += [e.date for e in article.events if e.date is not None]
    new = _values([*values, article.published.isoformat()], article.published, days)
    edits = []
    for mention in article.mentions:
        if mention.label == "DATE":
            edits += [
                Edit(mention.start + edit.start, mention.start + edit.end, edit.new)
                for edit in _rewritten(mention, new, published, article.published)
            ]
    edits += _unmarked(article, published)

    def date(mention: GoldMention) -> GoldMention:
        return mention if mention.value is None else mention.model_copy(update={"value": new[mention.value]})

    def event(item: GoldEvent) -> GoldEvent:
        return item if item.date is None else item.model_copy(update={"date": new[item.date]})

    update = {
        "published": published,
        "mentions": [date(mention) for mention in article.mentions],
        "events": [event(item) for item in article.events],
    }
    return apply(article, edits, update)


def _values(values: Iterable[str], published: dt.date, days: int) -> dict[str, str]:
    """Every value and what becomes of it.

    Days move by the number of days; months and years keep their distance to the publication's, so that "next month"
    stays true. Raises `Unchangeable` when a day would leave its month or year though the article has months or years.
    """
    later = published + dt.timedelta(days=days)
    months = (later.year - published.year) * 12 + later.month - published.month
    years = later.year - published.year

    def month(value: Value) -> Value:
        count = value[0] * 12 + value[1] - 1 + months
        return count // 12, count % 12 + 1

    def one(value: Value) -> Value:
        if len(value) == 1:
            return (value[0] + years,)
        if len(value) == 2:
            return month(value)
        day = dt.date(*value) + dt.timedelta(days=days)
        return day.year, day.month, day.day

    found = {value: [_parsed(end) for end in value.split("/")] for value in values}
    every = {end for ends in found.values() for end in ends}
    sizes = {len(end) for end in every}
    for end in every:
        if len(end) == 3 and 2 in sizes and one(end)[:2] != month(end[:2]):
            raise Unchangeable(f"{end} leaves its month")
        if len(end) > 1 and 1 in sizes and one(end)[0] != end[0] + years:
            raise Unchangeable(f"{end} leaves its year")
    return {value: "/".join(_written(one(end)) for end in ends) for value, ends in found.items()}


def _parsed(value: str) -> Value:
    return tuple(int(part) for part in value.split("-"))


def _written(value: Value) -> str:
    return "-".join(f"{part:0{4 if i == 0 else 2}}" for i, part in enumerate(value))


def _rewritten(mention: GoldMention, new: Mapping[str, str], later: dt.date, published: dt.date) -> list[Edit]:
    """The edits that write a date anew, offsets from its start; raises `Unchangeable` when it cannot be."""
    surface = mention.text
    tokens = [match for match in NUMBER_OR_WORD.finditer(surface) if match["number"] or _month(match["word"])]
    tied = TIED_TO_THE_YEAR.search(surface) is not None
    if tied and (later.month, later.day // 16) != (published.month, published.day // 16):
        raise Unchangeable(surface)
    if not tokens:
        return []
    if mention.value is None:
        raise Unchangeable(surface)
    old, after = ([_parsed(end) for end in value.split("/")] for value in (mention.value, new[mention.value]))
    fields = _fields(tokens, old)
    written = {(end, field.what) for field in fields for end in field.ends}
    padded = not any(token["word"] or len(token["number"]) == 1 for token in tokens)
    edits = []
    for field in fields:
        values = {after[end][field.what] for end in field.ends}
        if len(values) > 1:
            raise Unchangeable(f"{surface}: its ends are no longer in one month or year")
        now = _like(surface[field.start : field.end], field.what, values.pop(), padded=padded)
        dot = now.lower() == "may" and surface[field.end : field.end + 1] == "."
        edits.append(Edit(field.start, field.end + dot, now))
    if any(what == 2 for _, what in written) and not any(what == 1 for _, what in written):
        for before, then in zip(old, after, strict=True):
            if (then[0] * 12 + then[1]) - (before[0] * 12 + before[1]) != _months(published, later):
                raise Unchangeable(f"{surface}: a day without a month leaves it")
    return [edit for edit in edits if surface[edit.start : edit.end] != edit.new]


def _months(one: dt.date, other: dt.date) -> int:
    return (other.year - one.year) * 12 + other.month - one.month


def _fields(tokens: Sequence[re.Match[str]], ends: Sequence[Value]) -> list[Field]:
    """What each number and month's name is; raises `Unchangeable` when they do not say the value."""
    last = len(ends) - 1
    found: list[Field] = []
    counts = dict.fromkeys(range(3), 0)
    kinds = [_kinds(token, ends) for token in tokens]
    if any(len(kind) != 1 for kind in kinds):
        kinds = _numeric(tokens, kinds)
    total = {what: sum(kind == (what,) for kind in kinds) for what in range(3)}
    if any(number > len(ends) for number in total.values()):
        raise Unchangeable("more numbers than the value has")
    for token, (what,) in zip(tokens, kinds, strict=True):
        of = tuple(range(len(ends))) if total[what] == 1 else (counts[what],)
        if what == 2 and last and total[what] == 1:
            raise Unchangeable("a range with one day")
        counts[what] += 1
        for end in of:
            written = ends[end][what] if what < len(ends[end]) else None
            if written is None or _number(token) != (written % 100 if _short_year(token, what) else written):
                raise Unchangeable(f"{token[0]} is not in the value")
        found.append(Field(token.start("number") if token["number"] else token.start(), token.end(), what, of))
    return found


def _short_year(token: re.Match[str], what: int) -> bool:
    return what == 0 and len(token["number"] or "") == 2


def _kinds(token: re.Match[str], ends: Sequence[Value]) -> tuple[int, ...]:
    """What a token can be: 0 for a year, 1 for a month, 2 for a day."""
    if token["decade"]:
        raise Unchangeable(token[0])
    if token["word"]:
        return (1,)
    if len(token["number"]) == 4:
        return (0,)
    if token["ordinal"]:
        return (2,)
    return tuple(what for what in (2, 1) if any(len(end) > what and end[what] == int(token[0]) for end in ends)) or (0,)


def _numeric(tokens: Sequence[re.Match[str]], kinds: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The kinds with what is open settled: a date with a month's name has no other month, and days stand before months,
    behind a year after them."""
    named = any(token["word"] for token in tokens)
    order = [(1,), (2,)] if kinds[0] == (0,) else [(2,), (1,)]
    settled: list[tuple[int, ...]] = []
    for kind in kinds:
        free = [one for one in order if one not in settled and one not in kinds]
        settled.append(kind if len(kind) == 1 else free[0] if free and not named else (2,))
    return settled


def _number(token: re.Match[str]) -> int:
    return int(token["number"]) if token["number"] else _month(token["word"]) or 0


def _month(word: str | None) -> int | None:
    if word is None:
        return None
    dates = table("dates")
    found: int | None = dates["months"].get(fold(word)) or dates["month_abbreviations"].get(fold(word))
    return found


def _like(surface: str, what: int, value: int, *, padded: bool) -> str:
    """A number or month's name in the form of another; `padded` tells numbers of two digits."""
    if surface[0].isdigit():
        digits = re.match(r"\d+", surface)
        width = len(digits[0]) if digits else 1
        if what == 0:
            return f"{value:04}" if width == 4 else f"{value % 100:02}"
        number = f"{value:02}" if padded or surface.startswith("0") else str(value)
        return number if surface.isdigit() else number + _ordinal(value)
    whole = fold(surface) in table("dates")["months"]
    names = table("dates")["months" if whole else "month_abbreviations"]
    same = [name for name, number in names.items() if number == value]
    name = same[0] if same else next(name for name, number in table("dates")["months"].items() if number == value)
    return str(name.upper() if surface.isupper() else name if surface.islower() else name.capitalize())


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _unmarked(article: GoldArticle, later: dt.date) -> list[Edit]:
    """The edits of unmarked stamps of the day of publication; raises `Unchangeable` for any other unmarked date."""
    spans = [(m.start, m.end) for m in article.mentions]
    edits: list[Edit] = []
    assert article.published is not None
    value = article.published.isoformat()
    for match in FULL_DATE.finditer(article.text):
        if any(a < match.end() and match.start() < b for a, b in spans):
            continue
        stamp = GoldMention(start=match.start(), end=match.end(), text=match[0], label="DATE", value=value)
        found = _rewritten(stamp, {value: later.isoformat()}, later, article.published)
        edits += [Edit(match.start() + edit.start, match.start() + edit.end, edit.new) for edit in found]
        spans.append(match.span())
    for match in (*CALENDAR.finditer(article.text), *_month_days().finditer(article.text)):
        if not any(a < match.end() and match.start() < b for a, b in spans):
            raise Unchangeable(f"{match[0]} is not marked")
    return edits


def _month_days() -> re.Pattern[str]:
    names = {*table("dates")["months"], *table("dates")["month_abbreviations"]}
    months = "|".join(name.capitalize() for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"\b(?:{months})\.? \d{{1,2}}\b|\b\d{{1,2}} (?:{months})\b")
