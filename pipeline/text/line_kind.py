"""Line kind: what a single line of a page is, told by its form alone."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pipeline.data import fold, table
from pipeline.document import FurnitureKind
from pipeline.text.calendar_day import day_pattern, printed_days

LONGEST_LINE = 400
_TIME = (
    r"\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?(?!\d)(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
    r"|\(?\b(?:UTC|GMT)\b\s?[+−-]?\s?[\d:]*\)?"
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)?\.(?:[a-z]{2,4}|[A-Z]{2,4})(?:\.[a-z]{2})?")
_RELAY = re.compile(r"\([A-Z][\w.]*\s?[-–]\s?[^()]{2,40}\)(?=\s|$)")
_CRUMBS = re.compile(r"(?:[\w-]+\.[A-Za-z]{2,4}|Home)\s?[/>›|\"](?:\s?[A-Z][\w ]{2,20}?\s?[/>›|\"])?(?=\s|$)")
WORD = re.compile(r"[^\W\d_][\w'’]*(?:\.[\w]+)*")
_SHARE_WORD = re.compile(r"[^\s|,•·/:\[\]()-]+")
_GLUED = re.compile(r"[a-z]{3}[A-Z][a-z]{2}")  # menu items that lost the blanks between them
_DIGIT = re.compile(r"\d")
_PARTED = re.compile(r"[>›|•»]|\s/\s")


@dataclass(frozen=True, slots=True)
class _Lines:
    kind: FurnitureKind
    longest: int
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


@functools.cache
def _lines() -> tuple[_Lines, ...]:
    return tuple(
        _Lines(
            entry["kind"],
            entry["longest"],
            tuple(entry.get("needs", ())),
            re.compile("|".join(entry["patterns"]), re.IGNORECASE),
        )
        for entry in table("furniture")["line"]
    )


@functools.cache
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(table("furniture")[section][key].split())


@functools.cache
def _stamp_words() -> frozenset[str]:
    dates = table("dates")
    return _words("stamp", "words") | frozenset(dates["weekdays"]) | frozenset(dates["weekday_abbreviations"])


@functools.cache
def _low_in_stamps() -> frozenset[str]:
    return _words("stamp", "particles") | _words("outlet", "nouns")


@functools.cache
def _stamp() -> re.Pattern[str]:
    return re.compile(rf"{day_pattern()}|{_TIME}", re.IGNORECASE)


@functools.cache
def _crawl_stamp() -> re.Pattern[str]:
    label = "|".join(_words("stamp", "labels") | _words("stamp", "updates"))
    clock = rf"(?:[\s,|@-]*(?:{_TIME}))*"
    return re.compile(rf"(?:{label})(?: on)?:? ?(?:{day_pattern()}|\d{{4}}-\d\d\b){clock}(?: [+] ↺ − \d+ px)?", re.I)


def leading_stamp(text: str) -> int:
    """Length of a labelled date ("date 2025-06-03 + ↺ − 16 px") that a block begins with, else 0."""
    match = _crawl_stamp().match(text)
    return match.end() if match else 0


def leading_crumbs(text: str) -> int:
    """Length of "Site.com / Politics / " that a block begins with, else 0."""
    match = _CRUMBS.match(text)
    return match.end() if match else 0


def leading_relay(text: str) -> int:
    """Length of "(Carrier - Agency)" that a block passed on by another outlet begins with, else 0."""
    match = _RELAY.match(text)
    return match.end() if match else 0


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence or clause does, perhaps with a closing quote or bracket."""
    return text.rstrip("\"')").endswith((".", "!", "?", "…")) or text.endswith((":", ";", ","))


def line_kind(text: str) -> FurnitureKind | None:
    """The kind of furniture that a line is by its form; None when it can be prose or a headline."""
    if len(text) > LONGEST_LINE:
        return None
    if not any(c.isalpha() for c in text):
        return "stamp" if _stamp().search(text) else "menu"
    if found := _stamp_line(text):
        return found
    low = text.casefold()
    for lines in _lines():
        if (
            len(text) <= lines.longest
            and (not lines.needs or any(needed in low for needed in lines.needs))
            and lines.pattern.fullmatch(text)
        ):
            return lines.kind
    if _RELAY.fullmatch(text) or _CRUMBS.fullmatch(text) or _DOMAIN.fullmatch(text):
        return "outlet"
    return _share_bar(text) or _breadcrumbs(text) or _byline(text)


def _share_bar(text: str) -> FurnitureKind | None:
    first = _SHARE_WORD.search(text)
    if first is None or fold(first.group()) not in _words("share", "words"):
        return None
    words = _SHARE_WORD.findall(text)
    return "share" if len(words) <= 24 and all(fold(word) in _words("share", "words") for word in words) else None


def _breadcrumbs(text: str) -> FurnitureKind | None:
    """ "Politics | World | Economy", "Home > News", "PoliticsWorldEconomy": short parts, none a sentence."""
    if not ends_sentence(text) and len(_GLUED.findall(text)) > 1:
        return "menu"
    if not _PARTED.search(text):
        return None
    parts = re.split(r"\s*[>›|•»]\s*|\s+/\s+", text)
    if len(parts) < (2 if is_outlet_name(parts[0]) or re.search("[>›»]", text) else 3) or _stamp().search(text):
        return None
    return "menu" if all(len(part.split()) <= 4 and not part.endswith((".", "?", "!")) for part in parts) else None


def _stamp_line(text: str) -> FurnitureKind | None:
    """A line made of dates, times and words of date lines, and perhaps a name, a place or a section."""
    if len(text) > 140 or not _DIGIT.search(text) or not (days := _stamp().search(text)):
        return None
    rest = re.sub(r"\S*\d\S*", " ", _stamp().sub(" | ", text))
    words = [word for word in WORD.findall(rest) if fold(word) not in _stamp_words()]
    if not words:
        return "stamp"
    low = [word for word in words if not word[0].isupper()]
    names = len(words) - len(low)
    barred = text.count("|") > 1 and all(len(part.split()) <= 5 for part in text.split("|"))
    if names > 8 or (not barred and not all(fold(word) in _low_in_stamps() or "." in word for word in low)):
        return None
    dated = any(day.days for day in printed_days(text))
    timed = re.search(_TIME, text, re.IGNORECASE) is not None
    if not (dated or timed) or (ends_sentence(text) and names > 4 and not timed):
        return None
    if re.match(r"\W*(?:by|from)\b", text, re.IGNORECASE):
        return "byline"
    apart = re.search(r"[|•·@/\[\]()–—,:-]", re.sub(r"^\W+|\W+$", "", rest.replace(" | ", "", 1))) is not None
    labelled = any(fold(word) in _stamp_words() for word in WORD.findall(rest))
    edge = days.start() == 0 or text[: days.start()].rstrip().endswith((",", "|", "•", "-", "–", "—", ":", "/", "]"))
    return "stamp" if timed or labelled or (names <= 3) or (apart and edge) else None


_BYLINE = re.compile(
    r"(?:[Bb]y|BY|[Ff]rom|FROM|(?:Article|Story|Text|Written|Report(?:ed|ing)?|Analysis) by)[: ]\s*(.+)"
)


def _byline(text: str) -> FurnitureKind | None:
    """ "By Jane Doe", "BY JANE DOE AND JOHN DOE, Agency": nothing but names follows."""
    match = _BYLINE.fullmatch(text)
    if match is None or len(text) > 120 or (text.endswith((".", "?", "!")) and len(text) > 60):
        return None
    words = WORD.findall(match.group(1))
    low = [word for word in words if not word[0].isupper() and fold(word) not in _words("stamp", "particles")]
    named = len(words) > 1 and words[0][0].isupper() and words[1][0].isupper()
    return "byline" if len(words) <= 12 and (not low or (named and not ends_sentence(text))) else None


def is_outlet_name(text: str) -> bool:
    """Whether a name has the form of an outlet's: a domain, an acronym, or a word such as "News" in it."""
    if re.fullmatch(r"[\w-]+\.(?:[a-z]{2,4}|[A-Z][a-z]|[A-Z]{2,4})(?:\.[a-z]{2})?|[A-Z]{2,8}(?:-[A-Z]{2,5})?", text):
        return True
    return any(fold(word) in _words("outlet", "nouns") for word in text.split())
