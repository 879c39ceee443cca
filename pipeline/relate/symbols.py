"""A document's words as strings of symbols, so that relation patterns are regular expressions."""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.data import table, titles
from pipeline.document import Document, Mention

_SYMBOL = {
    "person": "P", "title": "T", "organization": "O", "country": "C", "city": "G", "region": "R",
    "nationality": "N", "facility": "V", "event": "V", "document": "V", "date": "d", "nominal": "J",
}  # fmt: skip
_COMPLEMENT = re.compile(r" (?:of|for|to|in) ")


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


@functools.lru_cache(maxsize=4096)
def is_plural(title: str) -> bool:
    """Whether a title names several holders ("Foreign Ministers", "Presidents")."""
    head = _COMPLEMENT.split(title)[0].split()[-1].lower()
    return head.endswith("s") and not head.endswith(tuple(table("relations")["not_plural"]))


@functools.cache
def _honorifics() -> frozenset[str]:
    return frozenset((*table("relations")["honorifics"], *titles()["honorifics"]))


@functools.cache
def _state_words() -> frozenset[str]:
    return frozenset(table("relations")["state_words"])


@functools.cache
def _counterparts() -> frozenset[str]:
    return frozenset(table("relations")["counterparts"])


def _symbol(mention: Mention) -> str:
    symbol = _SYMBOL[mention.label]
    if symbol == "T":
        last = mention.text.rpartition(" ")[2].lower()
        return last if last in _counterparts() else "S" if is_plural(mention.text) else "T"
    if symbol == "J":
        words = mention.text.lower().split()
        if not _counterparts().isdisjoint(words):
            return "Q"
        if len(words) == 1:
            return words[0]
    return symbol


def _is_office(mention: Mention, parse: Doc) -> bool:
    """Whether a role noun is the title of a name after it ("the Secretary General of the foreign
    ministry, Abdelkrim Benhaddou") rather than a reference to somebody named before."""
    end = mention.tokens[1]
    if end >= len(parse) or not mention.text.lower().startswith("the ") or (mention.name or "") not in titles()["heads"]:
        return False
    return parse[end].lower_ in ("of", "at", "for", ",") and mention.text[4:5].isalpha()


def _drop_state_words(words: list[str], elements: list[Element]) -> None:
    """Take out "Republic of" and the like before the last symbol, a country."""
    i = len(words) - 2
    if i >= 0 and words[i] == "the":
        i -= 1
    if i >= 1 and words[i] == "of" and words[i - 1] in _state_words():
        start = i - 1
        while start and words[start - 1] in _state_words():
            start -= 1
        del words[start:-1], elements[start:-1]


def _raise_forms_of_address(parse: Doc, words: list[str], elements: list[Element]) -> None:
    """Mark capitalised words between a title and the last symbol, a person, as forms of address."""
    i = len(words) - 2
    while i >= 0 and elements[i].mention is None and len(words) - i < 6:
        token = parse[elements[i].tokens[0]]
        if words[i] != "H" and not (token.is_title and token.is_alpha) and token.text not in ("'", "(", ")", "-"):
            break
        i -= 1
    if i < 0 or words[i] not in ("T", "S", ",", "Q"):
        return
    for n in range(i + 1, len(words) - 1):
        words[n] = "H"


def _sentence(document: Document, parse: Doc, start: int, end: int, starts: dict[int, int]) -> Symbols:
    words: list[str] = []
    elements: list[Element] = []
    honorifics = _honorifics()
    mentions = document.mentions
    i = start
    while i < end:
        index = starts.get(i)
        if index is not None:
            mention = mentions[index]
            symbol = _symbol(mention)
            if symbol == "J" and _is_office(mention, parse):
                symbol = "S" if is_plural(mention.text[4:]) else "T"
            words.append(symbol)
            elements.append(Element(mention.tokens, index))
            if symbol == "C":
                _drop_state_words(words, elements)
            elif symbol == "P":
                _raise_forms_of_address(parse, words, elements)
            i = max(mention.tokens[1], i + 1)
            continue
        token = parse[i]
        if not token.is_space:
            lower = token.lower_
            words.append("H" if lower in honorifics and lower != "he" else lower.replace(" ", "_") or "_")
            elements.append(Element((i, i + 1), None))
        i += 1
    offsets, at = [], 0
    for word in words:
        offsets.append(at)
        at += len(word) + 1
    return Symbols(" ".join(words), tuple(offsets), tuple(elements))


def sentences(document: Document) -> tuple[Symbols, ...]:
    """The symbol strings of a document, one for each sentence; none without a parse."""
    parse = document.parse
    if parse is None:
        return ()
    starts = {m.tokens[0]: i for i, m in enumerate(document.mentions)}
    return tuple(_sentence(document, parse, s.start, s.end, starts) for s in parse.sents)
