"""Datelines: "BAKU, March 12 (Trend) —", "TASHKENT, April 5. /Agency/.", "ASTANA – ", "Nairobi, 12 June 2024 –"."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from pipeline.data import cities, country_names, fold, table
from pipeline.text.calendar_day import PrintedDay, day_pattern, printed_days
from pipeline.text.line_kind import is_outlet_name

LONGEST_DATELINE = 120
_UPPER = "".join(
    chr(code) for block in ((0x41, 0x24F), (0x1E00, 0x1EFF)) for code in range(*block) if chr(code).isupper()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline of `length` characters in front of a block: its place, agency and date."""

    length: int
    place: str | None
    agency: str | None
    day: PrintedDay | None


@functools.cache
def _patterns() -> tuple[tuple[bool, re.Pattern[str]], ...]:
    """The readings of a dateline, and whether it is the shortest or longest one."""
    word = rf"[{_UPPER}][\w']*(?:-[\w']+)*(?:\.[A-Za-z]{{2,4}}\b)?"
    link = r"(?:(?:de|la|el|al|of|es|del|le|les|sur|do|da|dos|am|und|and)\s|St\.\s)?"
    place = rf"(?:{word}(?:\s{link}{word}){{0,4}}|(?:[{_UPPER}]\.){{2,}})"
    weekday = "|".join(table("dates")["weekdays"])
    clock = r"\d{1,2}[:.]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{2,5})?"
    day = rf"(?i:{day_pattern()})(?:\s{clock})?"
    bracket = r"\([^()\n]{2,80}\)|/[^/\n]{2,40}/|\[[^\[\]\n]{2,30}\]"
    part = rf"(?:[\s,./]*{day}|[\s,.]*(?:{bracket})|\s*[,./–-]\s*{place}|[,\s]+(?i:{weekday})\b)"
    dash = r"(?:\s?[–—]|--+|\s-|-\s|\.-|:\s?-)"
    stop = rf"[\s,.]*{dash}[\s-]*|\s*[.:](?=\s|$)\s*(?!\d)|\s*:|(?<=[)/])\s*\.?\s*|\s*$"
    return tuple(
        (
            count.startswith("{0"),
            re.compile(
                rf"(?P<head>(?P<place>{place}(?:\s?[/,]\s?{place})*)(?P<parts>{part}{count}))"
                rf"(?P<stop>{stop})(?=[\"'(]*[{_UPPER}\d]|$)"
            ),
        )
        for count in ("{0,6}?", "{1,6}?", "{2,6}?", "{0,6}")
    )


@functools.cache
def _date_first() -> re.Pattern[str]:
    return re.compile(rf"(?i:{day_pattern()})\s\((?P<place>[{_UPPER}][^()]{{2,40}})\)\s?[–—-]+\s?")


def find_dateline(text: str, *, first: bool) -> Dateline | None:
    """The dateline that a block begins with.

    `first` says that the block is the first paragraph of the article: a bare place or agency counts
    there, further down only what also has a date or an agency in brackets.
    """
    if text[:1] not in _UPPER and not text[:1].isdigit():
        return None
    if match := _date_first().match(text):
        return Dateline(match.end(), match["place"], None, next(printed_days(match.group()), None))
    for shortest, pattern in _patterns():
        match = pattern.match(text, 0, LONGEST_DATELINE)
        if match is None or match.end() == LONGEST_DATELINE < len(text):
            if shortest:
                return None
            continue
        if not shortest and re.search("[–—-]", match["stop"]) is None:  # only a dash can stand so far behind the place
            continue
        found = _judge(match, first=first, alone=match.end() == len(text))
        if found is not None:
            return _with_agency(found, text)
    return None


def _judge(match: re.Match[str], *, first: bool, alone: bool) -> Dateline | None:
    head, stop, names = match["head"], match["stop"].strip(), re.split(r"\s?[,/]\s?", match["place"])
    opening = fold(match["place"].split()[0].strip("'"))
    if opening in _words("first_words") or fold(match["place"]) in _words("not_places") or opening in _weekdays():
        return None
    day = next(printed_days(head), None)
    agency = _agency(match["parts"], names)
    known = any(fold(name) in cities() for name in names) or ("(" in head and _is_place(names[0]))
    sure = known or (names[0].isupper() and len(names[0]) > 2)
    dated = day is not None and (sure or agency is not None or head[: day.start].rstrip().endswith((",", ".")))
    signed = agency is not None and sure
    if alone:
        good = sure and (dated or signed or stop in ("–", "—", "--"))
    elif any(c in stop for c in "-–—"):
        good = dated or signed or (first and (sure or _is_agency(match["place"])))
    elif ":" in stop:
        good = sure and (dated or signed or first)
    else:
        good = sure and (dated or (signed and re.search(r"[)/]", head) is not None))
    if not good:
        return None
    if agency is None and (not sure or (not known and re.fullmatch(r"[A-Z]{3,4}", match["place"]))):
        agency = match["place"]
    return Dateline(match.end(), match["place"] if sure else None, agency, day)


def _agency(parts: str, names: list[str]) -> str | None:
    """What stands in brackets or slashes, or behind the date, or between the places without being one."""
    for bracketed, slashed in reversed(re.findall(r"\(\s?([^()]+?)\s?\)|/\s?([^()/]+?)\s?/(?!\s)", parts)):
        name = re.split(r"\s*[–—]\s*|\s+-\s*|\s/\s", bracketed or slashed)[0]
        if not re.search(r"\d\d", name):
            return name
    days = list(printed_days(parts))
    rest = parts[days[-1].end :] if days else parts
    rest = re.sub(r"\d+[:.]\d+.*", "", rest).strip(" ,./–—-")
    if rest:
        return None if _is_place(rest) or fold(rest) in _weekdays() else rest
    others = [name for name in names if not _is_place(name)]
    return (
        others[0]
        if len(names) > len(others) and others and (is_outlet_name(others[0]) or _is_agency(others[0]))
        else None
    )


def _with_agency(found: Dateline, text: str) -> Dateline:
    """Adds an agency that stands alone behind the dash: "MOSCOW, May 6 – Agency. The …"."""
    if found.agency is not None or found.place is None or found.length == len(text):
        return found
    match = re.compile(rf"([{_UPPER}][\w-]+(?:\s[{_UPPER}][\w-]+){{0,2}})[.:]\s+(?=[\"'{_UPPER}])").match(
        text, found.length
    )
    return replace(found, length=match.end(), agency=match[1]) if match else found


def _is_place(name: str) -> bool:
    return fold(name) in cities() or fold(name) in country_names()


def _is_agency(name: str) -> bool:
    return re.fullmatch(r"[A-Z]{3,8}|[\w-]+\.[A-Za-z]{2,4}", name) is not None and not _is_place(name)


@functools.cache
def _weekdays() -> frozenset[str]:
    return frozenset(table("dates")["weekdays"])


@functools.cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("furniture")["dateline"][key].split())
