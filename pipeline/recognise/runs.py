"""Runs of capitalised words that may be people's names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.data import table
from pipeline.lookup.words import Words
from pipeline.recognise.heads import head_label
from pipeline.recognise.lexicon import always_capital, fields, glue, is_plain

_SITE = re.compile(r"\w{3,}\.[A-Za-z]{2,4}")


class Run(NamedTuple):
    """Tokens that may be a name."""

    i: int
    j: int


@dataclass(frozen=True, slots=True)
class NameParts:
    """The lists of names.toml that say what a name is made of."""

    particles: frozenset[str]
    leading: frozenset[str]
    joined: frozenset[str]
    after: frozenset[str]
    abbreviations: frozenset[str]
    inside: frozenset[str]
    ships: frozenset[str]


@cache
def name_parts() -> NameParts:
    """The parts of names of names.toml."""
    data = table("names")
    keys = ("particles", "leading", "joined", "after", "abbreviations", "inside", "ships")
    return NameParts(*(frozenset(data[key]) for key in keys))


def find_runs(words: Words, blocked: list[bool], anchors: set[int]) -> list[Run]:
    """Maximal runs of name words outside blocked tokens; `anchors` are tokens behind a title or form
    of address, at which a name may begin with any word ("President al-Sisi", "Mr Grant")."""
    runs: list[Run] = []
    i = 0
    while i < len(words):
        if not _begins(words, i, blocked, anchors):
            i += 1
            continue
        j = _end(words, i, blocked)
        run = _trimmed(words, i, j, anchors)
        if run is not None:
            runs.append(run)
        i = j
    return runs


def _begins(words: Words, i: int, blocked: list[bool], anchors: set[int]) -> bool:
    if blocked[i]:
        return False
    if words.lower[i] in name_parts().leading and i + 1 < len(words):
        if words.hyphenated(i + 1):
            return _is_name_word(words, i + 2, blocked)
        return (i in anchors or words.capital[i]) and _is_name_word(words, i + 1, blocked)
    if i in anchors and words.capital[i] and words.text[i].isalpha() and not words.title_case[i]:
        return words.text[i] != "I"
    return _is_name_word(words, i, blocked)


def _is_name_word(words: Words, i: int, blocked: list[bool]) -> bool:
    if blocked[i] or not words.capital[i] or not words.text[i].strip(".'").replace("'", "").replace(".", "").isalpha():
        return False
    text, lower = words.text[i], words.lower[i]
    if lower in name_parts().particles:
        return not words.opens[i]
    if text == "I" or lower in always_capital() or _SITE.fullmatch(text):
        return False
    if is_plain(text):
        return not (
            words.title_case[i] or (words.opens[i] and words.pos[i] != "PROPN") or words.pos[i] in glue("closed_tags")
        )
    return True


def _end(words: Words, i: int, blocked: list[bool]) -> int:
    """The token after the run that begins at token i."""
    j = _after_abbreviation(words, i, blocked)
    while j < len(words):
        k = _step(words, j, blocked)
        if k == j:
            return j
        j = k
    return j


def _after_abbreviation(words: Words, i: int, blocked: list[bool]) -> int:
    """The token after "Md. Anisul" or "J. Blinken" when the full stop is a token, else after token i."""
    short = words.lower[i] in name_parts().abbreviations or (len(words.text[i]) == 1 and words.capital[i])
    stop = short and i + 2 < len(words) and words.text[i + 1] == "." and words.glued[i + 1]
    return i + 3 if stop and _is_name_word(words, i + 2, blocked) else i + 1


def _step(words: Words, j: int, blocked: list[bool]) -> int:
    """The end of the part of the name that begins at token j; j when the name has ended."""
    n = len(words)
    k = _nickname(words, j)
    if k > j:
        return k + 1 if k < n and _is_name_word(words, k, blocked) else k
    if words.text[j] == "'" and words.glued[j] and j + 1 < n and words.glued[j + 1]:
        return j + 2 if _is_name_word(words, j + 1, blocked) else j
    if blocked[j]:
        return j
    if words.glued[j] and words.text[j][0] == "." and words.capital[j]:
        return j + 1  # "Ch" ".Odgerel"
    if words.hyphenated(j):
        part = words.text[j] == "-" and not blocked[j + 1] and words.text[j + 1][0].isalpha()
        return j + 2 if part else j
    if _is_name_word(words, j, blocked):
        return j if words.opens[j] else _after_abbreviation(words, j, blocked)
    k = _particles(words, j, blocked)
    if k > j and _is_name_word(words, k, blocked) and not words.opens[k]:
        return k + 1
    return j + 1 if words.lower[j] in name_parts().after and words.capital[j] else j


def _particles(words: Words, j: int, blocked: list[bool]) -> int:
    """The token after lower-case particles at token j ("bin", "al-", "van der"); j when there are none."""
    parts, k = name_parts(), j
    while k < len(words) - 1 and not words.capital[k] and not blocked[k]:
        glued = words.hyphenated(k + 1)
        if words.lower[k] not in parts.particles and not (glued and words.lower[k] in parts.joined):
            break
        k += 2 if glued else 1
    return k if k < len(words) else j


def _nickname(words: Words, j: int) -> int:
    """The token after a nickname in quotation marks at token j; j when there is none."""
    if words.text[j] not in ('"', "'") or words.glued[j]:
        return j
    for k in range(j + 2, min(j + 4, len(words))):
        if words.text[k] == words.text[j] and words.glued[k]:
            return k + 1 if all(words.capital[m] or words.text[m] == "-" for m in range(j + 1, k)) else j
    return j


def _trimmed(words: Words, i: int, j: int, anchors: set[int]) -> Run | None:
    """The run without ordinary words at its beginning and letters of honour at its end."""
    if not all(is_plain(words.text[k]) for k in range(i, j) if words.text[k][0].isalpha()):
        while i < j - 1 and i not in anchors and not words.hyphenated(i + 1) and _is_no_given_name(words, i):
            i += 1
        while j - 2 > i and _is_honour(words, j - 1) and not words.upper[i]:
            j -= 1
    if all(len(words.text[k].rstrip(".")) < 2 for k in range(i, j)) or words.text[i] in name_parts().ships:
        return None
    if words.lower[j - 1].endswith("s") and words.lower[j - 1] in fields() and is_plain(words.text[j - 1]):
        return None  # "Eurasian Affairs"
    return Run(i, j)


def _is_honour(words: Words, k: int) -> bool:
    """Whether the token is a degree or order behind a name ("CMG")."""
    return words.upper[k] and len(words.text[k]) <= 4 and words.lower[k] not in name_parts().after


def _is_no_given_name(words: Words, i: int) -> bool:
    """Whether an ordinary word before a name is no given name ("the Chamberlain …", "Guarantors …")."""
    word = words.lower[i]
    return is_plain(words.text[i]) and (
        head_label(word) is not None
        or word in fields()
        or word.endswith("s")
        or (i > 0 and words.lower[i - 1] in ("the", "of", "and"))
    )
