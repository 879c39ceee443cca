"""A document's words as strings of symbols, so that relation patterns are regular expressions."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.data import table, titles
from pipeline.document import Document, Mention

_SYMBOL = {
    "person": "P", "title": "T", "organization": "O", "country": "C", "city": "G", "region": "R",
    "nationality": "N", "facility": "V", "event": "V", "document": "V", "date": "d", "nominal": "J",
}  # fmt: skip
_LONGEST_ACRONYM = 3
_COMPLEMENT = re.compile(r" (?:of|for|to|in) ")


class Element(NamedTuple):
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
    """Whether a title names several holders ("Foreign Ministers", "MPs"; "CS" is an acronym)."""
    head = _COMPLEMENT.split(title)[0].split()[-1].removesuffix(".")
    if head.isupper() and len(head) <= _LONGEST_ACRONYM:
        return False
    head = head.lower()
    return head.endswith("s") and not head.endswith(tuple(table("relations")["not_plural"]))


@functools.cache
def _honorifics() -> frozenset[str]:
    return frozenset((*table("relations")["honorifics"], *titles()["honorifics"]))


@functools.cache
def _heads() -> frozenset[str]:
    return frozenset((head + ending) for head in titles()["heads"] for ending in ("", "s"))


@functools.cache
def _state_words() -> frozenset[str]:
    return frozenset(table("relations")["state_words"])


@functools.cache
def counterparts() -> frozenset[str]:
    """First words of the phrases for the holder of the same office on the other side."""
    return frozenset(phrase.split()[0] for phrase in table("relations")["counterparts"])


def _symbol(mention: Mention) -> str:
    symbol = _SYMBOL[mention.label]
    if symbol == "T":
        last = mention.text.rpartition(" ")[2].lower()
        return last if last in counterparts() else "S" if is_plural(mention.text) else "T"
    if symbol == "J":
        words = mention.text.lower().split()
        if not counterparts().isdisjoint(words):
            return "Q"
        if len(words) == 1:
            return words[0]
    return symbol


_WORD = re.compile(r"\w+")


def _is_office(mention: Mention, parse: Doc) -> bool:
    """Whether a role noun is the title of a name after it ("the Secretary General of the foreign
    ministry, Abdelkrim Benhaddou") rather than a reference to somebody named before."""
    end, text = mention.tokens[1], mention.text.lower()
    if end >= len(parse) or parse[end].lower_ not in ("of", "at", "for", ","):
        return False
    named = text.startswith("the ") or mention.text[0].isupper()
    return named and not _heads().isdisjoint(_WORD.findall(text))


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


class _Words:
    """The lower-case words of a parse as symbols; "" for white space."""

    def __init__(self, parse: Doc) -> None:
        self._ids: list[int] = parse.to_array("LOWER").tolist()
        strings, honorifics = parse.vocab.strings, _honorifics()
        self._symbols = {}
        for word_id in set(self._ids):
            word = strings[word_id]
            symbol = "" if word.isspace() else word.replace(" ", "_") or "_"
            self._symbols[word_id] = "H" if word in honorifics and word != "he" else symbol

    def __getitem__(self, token: int) -> str:
        return self._symbols[self._ids[token]]


def _sentence(
    mentions: Sequence[Mention], parse: Doc, words_of: _Words, bounds: tuple[int, int], indices: Sequence[int]
) -> Symbols:
    """The symbols of one sentence; `indices` are its mentions. Without a person only mentions count."""
    words: list[str] = []
    elements: list[Element] = []
    at, end = bounds
    has_person = any(mentions[i].label == "person" for i in indices)
    for index in indices:
        mention = mentions[index]
        if has_person:
            _add_words(words_of, words, elements, at, mention.tokens[0])
        symbol = _symbol(mention)
        if symbol == "J" and _is_office(mention, parse):
            symbol = "S" if is_plural(mention.text.removeprefix("the ").removeprefix("The ")) else "T"
        words.append(symbol)
        elements.append(Element(mention.tokens, index))
        if symbol == "C":
            _drop_state_words(words, elements)
        elif symbol == "P":
            _raise_forms_of_address(parse, words, elements)
        at = max(mention.tokens[1], at)
    if has_person:
        _add_words(words_of, words, elements, at, end)
    offsets, offset = [], 0
    for word in words:
        offsets.append(offset)
        offset += len(word) + 1
    return Symbols(" ".join(words), tuple(offsets), tuple(elements))


def _add_words(words_of: _Words, words: list[str], elements: list[Element], start: int, end: int) -> None:
    for i in range(start, end):
        if symbol := words_of[i]:
            words.append(symbol)
            elements.append(Element((i, i + 1), None))


def sentences(document: Document) -> tuple[Symbols, ...]:
    """The symbol strings of a document, one for each sentence; none without a parse."""
    parse = document.parse
    if parse is None:
        return ()
    mentions, words_of = document.mentions, _Words(parse)
    found, n = [], 0
    for sentence in parse.sents:
        indices = []
        while n < len(mentions) and mentions[n].tokens[0] < sentence.end:
            indices.append(n)
            n += 1
        found.append(_sentence(mentions, parse, words_of, (sentence.start, sentence.end), indices))
    return tuple(found)
