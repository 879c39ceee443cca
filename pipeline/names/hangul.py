"""Hangul: Korean names, and names from elsewhere that Korean writes."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from pipeline.data import table
from pipeline.names.letters import read, spellings

_FIRST, _LAST = 0xAC00, 0xD7A3


def _syllable(letter: str) -> str:
    """A syllable block in letters, as Unicode's arithmetic takes it apart; other letters unchanged."""
    if not _FIRST <= ord(letter) <= _LAST:
        return letter
    jamo = table("romanise/hangul")["jamo"]
    rest, final = divmod(ord(letter) - _FIRST, len(jamo["finals"]))
    initial, vowel = divmod(rest, len(jamo["vowels"]))
    return f"{jamo['initials'][initial]}{jamo['vowels'][vowel]}{jamo['finals'][final]}"


@functools.cache
def _given_names() -> dict[str, str]:
    return dict(spellings("given_names.tsv", 5, 0))


def _elsewhere(way: str, word: str) -> str:
    """A word of a name that is not Korean."""
    return _given_names().get(word) or read("hangul", way, "'".join(map(_syllable, word.replace("-", ""))))


def _parted(words: Sequence[str]) -> tuple[str, str] | None:
    """Surname and given name, if the words look like a Korean name."""
    surnames = table("romanise/hangul")["surnames"]
    if len(words) == 2 and words[0] in surnames and len(words[1]) <= 2:
        return words[0], words[1]
    if len(words) == 1 and len(words[0]) in (2, 3, 4):
        for size in (2, 1):
            surname, given = words[0][:size], words[0][size:]
            if surname in surnames and 0 < len(given) <= 2:
                return surname, given
    return None


def hangul_readings(words: Sequence[str]) -> list[list[str]]:
    """The readings of the words of one text: a Korean name as the press, the South's system and the North write it."""
    data = table("romanise/hangul")
    name = _parted(words)
    if name is None:
        return [[_elsewhere(way, word) for word in words] for way in data["elsewhere"]]
    found = []
    for n, (first, other) in enumerate(data["korean"]):
        spellings = data["surnames"][name[0]]
        surname = spellings[min(n, len(spellings) - 1)]
        given = "-".join(
            read("hangul", other if i else first, _syllable(letter))
            for i, letter in enumerate(name[1].replace("-", ""))
        )
        found.append([surname, given] if len(words) == 2 else [f"{surname} {given}"])
    return found
