"""A document's words as a string of symbols, so that relation patterns are regular expressions."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.data import table
from pipeline.document import Document

_SYMBOL = {
    "person": "P", "title": "T", "organization": "O", "country": "C", "city": "G", "region": "R",
    "nationality": "N", "facility": "V", "event": "V", "document": "V", "date": "d", "nominal": "J",
}  # fmt: skip
_NOT_PLURAL = ("ss", "ffairs", "affaires", "us", "is", "-General", "'s")


@dataclass(frozen=True, slots=True)
class Element:
    """One symbol: a mention (with its index) or a token that is in none."""

    tokens: tuple[int, int]
    mention: int | None


@dataclass(frozen=True, slots=True)
class Symbols:
    """The symbols of one sentence or heading, joined by blanks, and the way back."""

    text: str
    offsets: tuple[int, ...]
    elements: tuple[Element, ...]

    def at(self, offset: int) -> Element:
        """The element whose symbol starts at or spans the offset in `text`."""
        return self.elements[bisect.bisect_right(self.offsets, offset) - 1]


def is_plural(title: str) -> bool:
    """Whether a title names several holders ("Foreign Ministers", "Presidents")."""
    head = re.split(r" (?:of|for|to|in) ", title)[0].split()[-1]
    return head.endswith("s") and not head.endswith(_NOT_PLURAL)


@functools.cache
def _honorifics() -> frozenset[str]:
    return frozenset(table("relations")["honorifics"])


def sentences(document: Document) -> Iterator[Symbols]:
    """The symbol strings of a document, one for each sentence."""
    parse = document.parse
    if parse is None:
        return
    starts = {m.tokens[0]: i for i, m in enumerate(document.mentions)}
    honorifics = _honorifics()
    for sentence in parse.sents:
        words: list[str] = []
        elements: list[Element] = []
        i = sentence.start
        while i < sentence.end:
            index = starts.get(i)
            if index is not None:
                mention = document.mentions[index]
                symbol = _SYMBOL[mention.label]
                if symbol == "T" and is_plural(mention.text):
                    symbol = "S"
                words.append(symbol)
                elements.append(Element(mention.tokens, index))
                i = max(mention.tokens[1], i + 1)
                continue
            token = parse[i]
            if not token.is_space:
                lower = token.lower_
                words.append("H" if lower in honorifics else lower.replace(" ", "_") or "_")
                elements.append(Element((i, i + 1), None))
            i += 1
        offsets, at = [], 0
        for word in words:
            offsets.append(at)
            at += len(word) + 1
        yield Symbols(" ".join(words), tuple(offsets), tuple(elements))
