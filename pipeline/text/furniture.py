"""Furniture: which blocks of a page are no prose, told by their form."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.data import cities, fold, table
from pipeline.document import FurnitureKind
from pipeline.text.calendar_day import day_pattern, printed_days

LONGEST_LINE = 400
PROSE_LENGTH = 90
MENU_WORDS = 3
LEAST_HEADLINE = 5
"""Fewest words of a line below the article that is taken for the headline of another one."""
PAGE_TITLE = 20
"""Fewest characters of a headline that is looked for in the title of its page."""
_SENTENCE_END = re.compile(r"[.!?…][\"')]*$|[:;,]$")
_TIME = (
    r"\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?(?!\d)(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
    r"|\(?\b(?:UTC|GMT)\b\s?[+−-]?\s?[\d:]*\)?"
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)?\.(?:[a-z]{2,4}|[A-Z]{2,4})(?:\.[a-z]{2})?")
_OUTLET_IN_CITY = re.compile(r"([^\W\d_].{1,40}?) \(([^()]{3,30})\)")
_RELAY = re.compile(r"\([A-Z][\w.]*\s?[-–]\s?[^()]{2,40}\)(?=\s|$)")
_CRUMBS = re.compile(r"(?:[\w-]+\.[A-Za-z]{2,4}|Home)\s?[/>›|\"](?:\s?[A-Z][\w ]{2,20}?\s?[/>›|\"])?(?=\s|$)")
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:\.[\w]+)*")
_SHARE_WORD = re.compile(r"[^\s|,•·/:\[\]()-]+")
_GLUED = re.compile(r"[a-z]{3}[A-Z][a-z]{2}")  # menu items that lost the blanks between them
_INITIALS = re.compile(
    r"\W*(?:[A-Za-z]{1,4}[./*-]+\s?)+[A-Za-z]{0,4}\W*|\W*[A-Za-z]{1,3}\W*"
    r"|\W*(?:[A-Z]{2,6}[/ -]|[A-Z][a-z]+/)(?:[/ -]*(?:[A-Z]{1,4}|[a-z]{1,4}|[Dd]esk \d+|\d+))+\W*"
    r"|[\d*]{6,}|[A-Z]+/?\d[\dA-Z]{5,}"
)


@dataclass(frozen=True, slots=True)
class _Lines:
    kind: FurnitureKind
    longest: int
    pattern: re.Pattern[str]


@functools.cache
def _lines() -> tuple[_Lines, ...]:
    return tuple(
        _Lines(entry["kind"], entry["longest"], re.compile("|".join(entry["patterns"]), re.IGNORECASE))
        for entry in table("furniture")["line"]
    )


@functools.cache
def _list_heading() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(table('furniture')['lists']['headings'])})\W*", re.IGNORECASE)


@functools.cache
def _other_stories() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(table('furniture')['lists']['other_stories'])})\W*", re.IGNORECASE)


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


def is_prose(text: str) -> bool:
    """Whether a block has the form of a paragraph: long, or a sentence of some length with its full stop."""
    return len(text) >= 2 * PROSE_LENGTH or (len(text) >= PROSE_LENGTH / 2 and bool(_SENTENCE_END.search(text)))


def find_furniture(texts: Sequence[str]) -> list[FurnitureKind | None]:
    """The kind of furniture that each block of a page is; None for headlines and prose."""
    kinds = [_line_kind(text) for text in texts]
    kinds = list(_link_lists(texts, kinds))
    prose = [i for i, text in enumerate(texts) if kinds[i] is None and is_prose(text)]
    top, bottom = (prose[0], prose[-1]) if prose else (len(texts), len(texts))
    kinds = list(_head(texts, kinds, top))
    kinds = list(_foot(texts, kinds, bottom))
    return list(_repeats(texts, kinds))


def _line_kind(text: str) -> FurnitureKind | None:
    if len(text) > LONGEST_LINE:
        return None
    if not any(c.isalpha() for c in text):
        return "stamp" if _stamp().search(text) else "menu"
    if found := _stamp_line(text):
        return found
    for lines in _lines():
        if len(text) <= lines.longest and lines.pattern.fullmatch(text):
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
    if len(_GLUED.findall(text)) > 1 and not _SENTENCE_END.search(text):
        return "menu"
    parts = re.split(r"\s*[>›|•»]\s*|\s+/\s+", text)
    if len(parts) == 1 or len(parts) < (2 if is_outlet_name(parts[0]) or re.search("[>›»]", text) else 3) or _stamp().search(text):
        return None
    return "menu" if all(len(part.split()) <= 4 and not part.endswith((".", "?", "!")) for part in parts) else None


def _stamp_line(text: str) -> FurnitureKind | None:
    """A line made of dates, times and words of date lines, and perhaps a name, a place or a section."""
    if len(text) > 140 or not (days := _stamp().search(text)):
        return None
    rest = re.sub(r"\S*\d\S*", " ", _stamp().sub(" | ", text))
    words = [word for word in _WORD.findall(rest) if fold(word) not in _stamp_words()]
    if not words:
        return "stamp"
    low = [word for word in words if not word[0].isupper()]
    names = len(words) - len(low)
    barred = text.count("|") > 1 and all(len(part.split()) <= 5 for part in text.split("|"))
    if names > 8 or (not barred and not all(fold(word) in _low_in_stamps() or "." in word for word in low)):
        return None
    dated = any(day.days for day in printed_days(text))
    timed = re.search(_TIME, text, re.IGNORECASE) is not None
    if not (dated or timed) or (_SENTENCE_END.search(text) and names > 4 and not timed):
        return None
    if re.match(r"\W*(?:by|from)\b", text, re.IGNORECASE):
        return "byline"
    apart = re.search(r"[|•·@/\[\]()–—,:-]", re.sub(r"^\W+|\W+$", "", rest.replace(" | ", "", 1))) is not None
    labelled = any(fold(word) in _stamp_words() for word in _WORD.findall(rest))
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
    words = _WORD.findall(match.group(1))
    low = [word for word in words if not word[0].isupper() and fold(word) not in _words("stamp", "particles")]
    named = len(words) > 1 and words[0][0].isupper() and words[1][0].isupper()
    return "byline" if len(words) <= 12 and (not low or (named and not _SENTENCE_END.search(text))) else None


def _link_lists(texts: Sequence[str], kinds: Sequence[FurnitureKind | None]) -> Iterator[FurnitureKind | None]:
    """Headings such as "Related news" and the headlines under them; above the prose only short links.

    A heading that can only stand over other stories ("Also read") takes all headlines under it.
    """
    inside = others = prose_seen = False
    for text, kind in zip(texts, kinds, strict=True):
        if _list_heading().fullmatch(text) and len(text) <= 60:
            inside, others = True, _other_stories().fullmatch(text) is not None
            yield "link"
        elif inside and kind is None and _is_listed(text) and (prose_seen or others or len(text.split()) <= MENU_WORDS):
            yield "link"
        else:
            prose_seen = prose_seen or (kind is None and is_prose(text))
            inside = inside and kind is not None and not (others and not prose_seen)
            yield kind


def _is_listed(text: str) -> bool:
    """Whether a block under the heading of a link list is one of its links."""
    bulleted = re.match(r"[•*▶–-] ?\S", text) and len(text) <= 2 * PROSE_LENGTH
    return not text.endswith((".", ";")) and (bool(bulleted) or not is_prose(text))


def _head(texts: Sequence[str], kinds: Sequence[FurnitureKind | None], top: int) -> Iterator[FurnitureKind | None]:
    """Above the first paragraph: names and places beside a date line, menus."""
    menu = _menu_run(texts, kinds, top)
    for i, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if kind is not None or i >= top:
            yield kind
        elif i in menu:
            yield "menu"
        elif _is_place_line(text):
            yield "dateline"
        elif _is_outlet_line(text):
            yield "outlet"
        elif (
            len(text.split()) <= 4
            and (text.endswith(":") or is_outlet_name(text))
            and _is_name(text.strip(": "))
            and ". " not in text
        ):
            yield "outlet"
        elif i and _is_name(text) and {"stamp", "byline"} & {k for k in kinds[max(0, i - 2) : i + 2] if k}:
            yield "byline"
        else:
            yield None


def _menu_run(texts: Sequence[str], kinds: Sequence[FurnitureKind | None], top: int) -> frozenset[int]:
    """Four or more lines of one to three words in a row."""
    found: set[int] = set()
    run: list[int] = []
    for i in range(top):
        if kinds[i] is None and len(texts[i].split()) <= MENU_WORDS and not _SENTENCE_END.search(texts[i]):
            run.append(i)
        elif kinds[i] is None:
            run = []
        if len(run) >= 4:
            found.update(run)
    return frozenset(found)


def _is_outlet_line(text: str) -> bool:
    """ "Daily Post (Nairobi)", "Daily Post report": an outlet with its city or with what it contributes."""
    if match := _OUTLET_IN_CITY.fullmatch(text):
        return fold(match[2]) in cities()
    name = re.sub(r" reports?$", "", text)
    return name != text and len(name.split()) <= 4 and _is_name(name) and is_outlet_name(name)


def _is_place_line(text: str) -> bool:
    """ "ANKARA", "KARS / ISTANBUL", "Ottawa, Ontario": nothing but places, the first a known city."""
    if len(text) > 40:
        return False
    parts = [part.strip(" .—–-:") for part in re.split(r"[/,—–]", text)]
    return (text.isupper() or len(parts) > 1) and fold(parts[0]) in cities() and all(_is_name(p) for p in parts if p)


def _is_name(text: str) -> bool:
    words = re.sub(r"(?<=\w)['-](?=\w)", "", text).split()
    return (1 < len(words) <= 4 and all(w[0].isupper() and w.strip(".").isalpha() for w in words)) or (
        len(words) == 1 and text[0].isupper() and words[0].strip(".").isalpha()
    )


def _foot(texts: Sequence[str], kinds: Sequence[FurnitureKind | None], bottom: int) -> Iterator[FurnitureKind | None]:
    """Below the last paragraph: signatures of the outlet, initials of its desk, headlines of other stories."""
    headlines = [i for i, text in enumerate(texts) if i > bottom and kinds[i] is None and _is_headline(text)]
    for i, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if kind is None and i > bottom and is_signature(text):
            yield "outlet"
        elif kind is None and i > bottom and _is_name(text) and "byline" in kinds[i + 1 : i + 2]:
            yield "byline"
        elif i in headlines and len(headlines) > 1:
            yield "link"
        else:
            yield kind


def _is_headline(text: str) -> bool:
    return LEAST_HEADLINE <= len(text.split()) and text[0].isalnum() and not _SENTENCE_END.search(text)


def is_signature(text: str) -> bool:
    """Whether a line below the prose can be only the outlet's name, an end mark or desk initials."""
    words = text.split()
    if len(text) > 50 or len(words) > 5 or (_SENTENCE_END.search(text) and not _INITIALS.fullmatch(text)):
        return False
    bracketed = re.fullmatch(r"[\[(/=*#—–-]+.{2,40}?[\])/=*#—–-]*(?: [A-Za-z./]{1,8})*", text) is not None
    return (
        len(words) == 1 or bracketed or _INITIALS.fullmatch(text) is not None or text.isupper() or is_outlet_name(text)
    )


def is_outlet_name(text: str) -> bool:
    """Whether a name has the form of an outlet's: a domain, an acronym, or a word such as "News" in it."""
    if re.fullmatch(r"[\w-]+\.(?:[a-z]{2,4}|[A-Z][a-z]|[A-Z]{2,4})(?:\.[a-z]{2})?|[A-Z]{2,8}(?:-[A-Z]{2,5})?", text):
        return True
    return any(fold(word) in _words("outlet", "nouns") for word in text.split())


def _repeats(texts: Sequence[str], kinds: Sequence[FurnitureKind | None]) -> Iterator[FurnitureKind | None]:
    """Blocks that stood before, and the title of a page ("Headline - Outlet") in front of its headline."""
    seen: set[str] = set()
    for i, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        key = " ".join(_WORD.findall(text.casefold()))
        if kind is None and len(key) > 12 and (key in seen or _is_page_title(text, texts[i + 1 : i + 4])):
            yield "repeat"
        else:
            seen.add(key)
            yield kind


def _is_page_title(text: str, following: Sequence[str]) -> bool:
    return any(
        len(headline) >= PAGE_TITLE
        and text.startswith(headline)
        and re.fullmatch(r"\s?[|–—-]\s?[^.|]{2,40}", text[len(headline) :])
        for headline in following
    )
