"""The words of titles of office, indexed for matching."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.data import fold, titles
from pipeline.lookup.words import Words

Phrases = dict[str, list[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """titles.toml as sets; `heads` gives the singular of a head, `fixed` and `organs` phrases by first word."""

    heads: dict[str, str]
    fixed: Phrases
    organs: Phrases
    modifiers: frozenset[str]
    portfolios: frozenset[str]
    capital_only: frozenset[str]
    weak: frozenset[str]
    territorial: frozenset[str]
    organ_heads: frozenset[str]
    units: frozenset[str]
    unit_heads: frozenset[str]
    field_heads: frozenset[str]
    serving: frozenset[str]
    ranks: frozenset[str]
    verbs: frozenset[str]
    honorifics: frozenset[str]


@cache
def grammar() -> Grammar:
    """The grammar of titles.toml."""
    data = titles()
    heads: dict[str, str] = {}
    for head in data["heads"]:
        heads[head] = heads[_plural(head)] = head
    sets = ("modifiers", "portfolios", "capital_only", "weak", "territorial", "organ_heads", "units", "unit_heads")
    more = ("field_heads", "serving", "ranks", "verbs", "honorifics")
    return Grammar(
        heads, _by_first(data["fixed"]), _by_first(data["organs"]), *(frozenset(data[name]) for name in sets + more)
    )


def _plural(head: str) -> str:
    if head.endswith("man"):
        return head[:-3] + "men"
    return head[:-1] + "ies" if head.endswith("ry") else head + "s"


def _by_first(phrases: list[str]) -> Phrases:
    index: Phrases = {}
    for phrase in phrases:
        parts = tuple(phrase.split())
        index.setdefault(parts[0], []).append(parts)
    for found in index.values():
        found.sort(key=len, reverse=True)
    return index


def is_honorific(words: Words, i: int) -> bool:
    """Whether the token is a form of address or rank such as "Mr", "Dr", "HE" or "Gen."; "He" is none."""
    return words.capital[i] and words.lower[i] in grammar().honorifics and words.text[i] != "He"


def match_phrase(words: Words, i: int, phrase: tuple[str, ...]) -> int:
    """The end of the phrase at token i, i when it is not there.

    Hyphens may stand for blanks, the first and the last word may be plural, and a word with an
    apostrophe may be two tokens.
    """
    j = i
    for part in phrase:
        if j > i and j < len(words) and words.hyphenated(j):
            j += 1
        if j >= len(words):
            return i
        word, wanted = fold(words.text[j]), fold(part)
        if word != wanted and not (word == wanted + "s" and part in (phrase[0], phrase[-1])):
            if "'" not in part or j + 1 >= len(words) or word + fold(words.text[j + 1]) != wanted:
                return i
            j += 1
        j += 1
    return j
