"""The names inside what sources label: no titles, no articles, nothing that is only described."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pipeline.data import country_names, demonyms, fold
from pipeline.recognise.title_grammar import grammar

PRONOUNS = frozenset(
    "i we you he she they it me us him them who whom his her their our my your its this that these those himself "
    "herself".split()
)
SURNAMES = frozenset(
    "king bishop judge marshal prince major lord page dean earl duke baker cook chancellor general".split()
)
"""Title words that end many a person's name."""
GIVEN = frozenset("dean don earl u he sun madison sister justice father".split())
"""Title words that a person's name begins with."""
TITLES = frozenset(
    "pope saint st st. former ex-president ex-minister late then then-president gov gov. governor coach detective "
    "nurse spokesman spokeswoman congressman congresswoman archduke emperor empress queen tsar czar sultan emir "
    "amir".split()
)
INSIDE = frozenset(
    "of the and for & 's de la del di da do dos das van von der den bin ibn al el - ' ’s in on at to".split()
)
DESCRIBING = frozenset("of for to the in on at with".split())
"""Small words that no person's name has."""
FACILITIES = frozenset(
    "airport airfield airbase base street avenue road bridge hospital university school house building palace hotel "
    "center centre stadium hall tower museum church mosque prison camp station headquarters".split()
)


def is_title_word(word: str) -> bool:
    """Whether a word can be the last of a title or form of address."""
    rules, lower = grammar(), fold(word)
    return lower in rules.heads or lower in rules.honorifics or lower in TITLES


def person_name(words: Sequence[str]) -> tuple[int, int] | None:
    """The tokens of a person's name among those of a mention, without titles; None when there is no name.

    What stands up to the last title word goes: "Boeing Vice President Scott Carson" is Scott Carson.
    """
    end = len(words)
    while end and words[end - 1].lower() in ("'s", "’s", "'", ",", ".", "-", "--"):
        end -= 1
    start = 0
    for i in range(end - 1):
        first_name = i == start and fold(words[i]) in GIVEN and end - i == 2
        if is_title_word(words[i]) and not first_name and not _is_initial(words, i):
            start = _complement_end(words[:end], i + 1)
    while start < end and (words[start] in ("the", "of", "and", "for", ",", ".")):
        start += 1
    name = words[start:end]
    described = any(word in DESCRIBING for word in name)
    if not name or described or not _is_named(name) or fold(name[0]) in {*PRONOUNS, "jr.", "sr."}:
        return None
    last = fold(name[-1])
    people = last in demonyms() and (len(name) == 1 or last.endswith("s"))
    if people or (is_title_word(name[-1]) and last not in SURNAMES) or (len(name) == 1 and _is_state(name)):
        return None
    return start, end


def _complement_end(words: Sequence[str], i: int) -> int:
    """Where what a title is of ends: "Secretary of State John Kerry", "President of Iraq Fuad Masum"."""
    if i >= len(words) or words[i].lower() not in ("of", "for"):
        return i
    fields = grammar().portfolios | {"the", "and", "&", ",", "of"}
    j = i + 1
    while j < len(words):
        long = next((n for n in (4, 3, 2, 1) if _is_state(words[j : j + n])), 0)
        if not long and fold(words[j]) not in fields:
            break
        j += long or 1
    return j


def _is_initial(words: Sequence[str], i: int) -> bool:
    return len(words[i].rstrip(".")) == 1


def organisation_name(words: Sequence[str]) -> tuple[int, int] | None:
    """The tokens of an organisation's name, without "the"; None for descriptions, peoples and people."""
    start, end = _trimmed(words)
    name = words[start:end]
    if not name or not _is_named(name) or fold(name[0]) in PRONOUNS or fold(name[-1]) in demonyms():
        return None
    return None if is_title_word(name[-1]) else (start, end)


def place_names(words: Sequence[str]) -> list[tuple[int, int]]:
    """The tokens of each place's name in a mention: "Everett, Washington" are two; none for facilities."""
    found = []
    commas = [-1, *(i for i, word in enumerate(words) if word == ","), len(words)]
    for before, after in itertools.pairwise(commas):
        start, end = _trimmed(words[before + 1 : after])
        name = words[before + 1 : after][start:end]
        if name and _is_named(name) and fold(name[0]) not in PRONOUNS and fold(name[-1]) not in FACILITIES:
            found.append((before + 1 + start, before + 1 + end))
    return found


def nationality(words: Sequence[str]) -> tuple[int, int] | None:
    """The tokens of the adjective or people of a country, without "the"; None when the words are something else."""
    start, end = _trimmed(words)
    return (start, end) if fold(" ".join(words[start:end])) in demonyms() else None


def state_name(words: Sequence[str]) -> tuple[int, int] | None:
    """The tokens of a country's name, without "the"; None when the words are something else."""
    start, end = _trimmed(words)
    return (start, end) if _is_state(words[start:end]) else None


def _is_state(words: Sequence[str]) -> bool:
    return fold(" ".join(words)) in country_names() and any(word[0].isupper() for word in words)


def _trimmed(words: Sequence[str]) -> tuple[int, int]:
    start, end = 0, len(words)
    while start < end and words[start].lower() in ("the", "a", "an", "of", "in", "and", "'s"):
        start += 1
    while start < end and words[end - 1].lower() in ("'s", "’s", "'", "."):
        end -= 1
    return start, end


def _is_named(words: Sequence[str]) -> bool:
    """Whether all words but small ones have a capital or digit, and one has a capital."""
    big = [word for word in words if word.lower() not in INSIDE]
    capitals = [any(c.isupper() for c in word) or word[0].isdigit() or word in (".", "-", "&") for word in big]
    return bool(big) and all(capitals) and any(c.isupper() for word in big for c in word)
