"""Furniture: which blocks of a page are no prose, told by their form and by where they stand."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.data import cities, fold, table
from pipeline.document import FurnitureKind
from pipeline.text.line_kind import WORD, ends_sentence, is_outlet_name, line_kind

PROSE_LENGTH = 90
MENU_WORDS = 3
LEAST_HEADLINE = 5
"""Fewest words of a line below the article that is taken for the headline of another one."""
PAGE_TITLE = 20
"""Fewest characters of a headline that is looked for in the title of its page."""
_OUTLET_IN_CITY = re.compile(r"([^\W\d_].{1,40}?) \(([^()]{3,30})\)")
_INITIALS = re.compile(
    r"\W*(?:[A-Za-z]{1,4}[./*-]+\s?)+[A-Za-z]{0,4}\W*|\W*[A-Za-z]{1,3}\W*"
    r"|\W*(?:[A-Z]{2,6}[/ -]|[A-Z][a-z]+/)(?:[/ -]*(?:[A-Z]{1,4}|[a-z]{1,4}|[Dd]esk \d+|\d+))+\W*"
    r"|[\d*]{6,}|[A-Z]+/?\d[\dA-Z]{5,}"
)


@functools.cache
def _list_heading() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(table('furniture')['lists']['headings'])})\W*", re.IGNORECASE)


@functools.cache
def _other_stories() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(table('furniture')['lists']['other_stories'])})\W*", re.IGNORECASE)


def is_prose(text: str) -> bool:
    """Whether a block has the form of a paragraph: long, or a sentence of some length with its full stop."""
    return len(text) >= 2 * PROSE_LENGTH or (len(text) >= PROSE_LENGTH / 2 and ends_sentence(text))


def find_furniture(
    texts: Sequence[str], *, foreign: Callable[[str], bool] = lambda _: False
) -> list[FurnitureKind | None]:
    """The kind of furniture that each block of a page is; None for headlines and prose. `foreign` ones are no prose."""
    kinds = [line_kind(text) or ("foreign" if foreign(text) else None) for text in texts]
    kinds = list(_link_lists(texts, kinds))
    prose = [i for i, text in enumerate(texts) if kinds[i] is None and is_prose(text)]
    top, bottom = (prose[0], prose[-1]) if prose else (len(texts), len(texts))
    kinds = list(_head(texts, kinds, top))
    kinds = list(_foot(texts, kinds, bottom))
    return list(_repeats(texts, kinds))


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
        elif _is_outlet_line(text) or (
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
        if kinds[i] is None and len(texts[i].split()) <= MENU_WORDS and not ends_sentence(texts[i]):
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
    if any(re.search(r", (?:the )?[A-Z]", texts[i]) for i in headlines):  # a list of signatories with their offices
        headlines = []
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
    return len(text.split()) >= LEAST_HEADLINE and text[0].isalnum() and not ends_sentence(text)


def is_signature(text: str) -> bool:
    """Whether a line below the prose can be only the outlet's name, an end mark or desk initials."""
    words = text.split()
    if len(text) > 50 or len(words) > 5 or (ends_sentence(text) and not _INITIALS.fullmatch(text)):
        return False
    bracketed = re.fullmatch(r"[\[(/=*#—–-]+.{2,40}?[\])/=*#—–-]*(?: [A-Za-z./]{1,8})*", text) is not None
    return (
        len(words) == 1 or bracketed or _INITIALS.fullmatch(text) is not None or text.isupper() or is_outlet_name(text)
    )


def _repeats(texts: Sequence[str], kinds: Sequence[FurnitureKind | None]) -> Iterator[FurnitureKind | None]:
    """Blocks that stood before, and the title of a page ("Headline - Outlet") in front of its headline."""
    seen: set[str] = set()
    for i, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        key = " ".join(WORD.findall(text.casefold()))
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
