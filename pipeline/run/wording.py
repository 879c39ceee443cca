"""Wording: what of an article is compared with other articles to see whether it repeats one."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.data import fold, words
from pipeline.errors import RejectArticle
from pipeline.text.calendar_day import PrintedDay
from pipeline.text.normalise import normalise
from pipeline.text.page import read_page

_APOSTROPHES = "'’‘ʼ`´"
_WORD = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_SENTENCE_END = re.compile(r"[.!?:][^\w,]*$")
_LINK = re.compile(r"[\[(]?\b(?:read (?:more|on)|continue reading|more details|full story)\b[^\w]*$", re.IGNORECASE)
"""The link that stands where a teaser of an article breaks off."""
_NAME = "^"
_DROPPED = str.maketrans("", "", _APOSTROPHES)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an article's prose, folded, without punctuation.

    `names` are the positions of words that are written as names, `lines` those of the first words of paragraphs,
    the first one included. `days` are the days, as "month-day", that the line in front of the prose can mean
    ("BAKU, March 5 —"), which is no prose itself.
    """

    words: tuple[str, ...]
    names: frozenset[int]
    lines: tuple[int, ...]
    days: frozenset[str] = frozenset()

    def packed(self) -> bytes:
        """The wording as bytes, about half as many as the text has."""
        marked = [f"{_NAME}{word}" if i in self.names else word for i, word in enumerate(self.words)]
        bounds = zip(self.lines, [*self.lines[1:], len(marked)], strict=True)
        lines = [" ".join(sorted(self.days)), *(" ".join(marked[start:end]) for start, end in bounds)]
        return zlib.compress("\n".join(lines).encode("utf-8", "surrogatepass"), 9)


def unpacked(packed: bytes) -> Wording:
    """The wording that `Wording.packed` made bytes of; raises `zlib.error` for other bytes."""
    found: list[str] = []
    lines = []
    days, *rest = zlib.decompress(packed).decode("utf-8", "surrogatepass").split("\n")
    for line in rest:
        lines.append(len(found))
        found += line.split(" ")
    names = frozenset(i for i, word in enumerate(found) if word.startswith(_NAME))
    return Wording(tuple(word.removeprefix(_NAME) for word in found), names, tuple(lines), frozenset(days.split()))


@dataclass(frozen=True, slots=True)
class Told:
    """An article as far as it is compared: its prose, and digests (16 bytes) of all its words and of the prose's."""

    prose: Wording
    whole_digest: bytes
    prose_digest: bytes


def told(text: str, *, longest: int) -> Told | None:
    """What is compared of a raw text, of its prose at most `longest` words; None when it has no word at all, or
    cannot be read.

    The prose is the page without its headline and without what `pipeline.text` takes for furniture: date lines,
    bylines, credits, links. Numbers and names stay as they are: they are all that tells formulaic articles apart.
    """
    try:
        normalised = normalise(text).text
    except RejectArticle:  # it will be rejected when it is read
        return None
    every = [word for word, _ in _words(normalised)]
    if not every:
        return None
    page = read_page(normalised, None)
    found: list[str] = []
    names: set[int] = set()
    lines: list[int] = []
    days: set[str] = set()
    for part in page.parts:
        if part.dateline and part.dateline.day:
            days |= _month_days(part.dateline.day)
    for part in page.prose():
        if not part.headline:
            start = len(found)
            for word, name in _words(_LINK.sub("", page.of(part))):
                if name:
                    names.add(len(found))
                found.append(word)
            if len(found) > start:
                lines.append(start)
    prose = Wording(
        tuple(found[:longest]),
        frozenset(i for i in names if i < longest),
        tuple(start for start in lines if start < longest),
        frozenset(days),
    )
    return Told(prose, _digest(every), _digest([*sorted(days), *found]))


def _month_days(day: PrintedDay) -> set[str]:
    found = {(one.month, one.day) for one in day.days} or ({day.month_day} if day.month_day else set())
    return {f"{month}-{number}" for month, number in found}


def _digest(found: list[str]) -> bytes:
    return hashlib.blake2b(" ".join(found).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The folded words of a text, each with whether it is written as a name is.

    That is with a capital letter, at the beginning of a sentence only when it is no common word.
    """
    common = words("words.txt")
    before = 0
    for match in _WORD.finditer(text):
        written = match.group()
        word = "".join(fold(written.translate(_DROPPED)).translate(_DROPPED).split())
        if written[0].isdigit() and (ordinal := _ORDINAL.fullmatch(word)):
            word = ordinal[1]
        between = text[before : match.start()]
        starts = before == 0 or "\n" in between or _SENTENCE_END.search(between) is not None
        before = match.end()
        if word:
            yield word, written[0].isupper() and not (starts and (word in common or len(word) == 1))
