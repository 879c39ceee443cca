"""What holds of each name of a batch by itself, as arrays with a row a name and a column a word."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.data import table
from pipeline.names.align import Ints
from pipeline.names.parse import Name
from pipeline.names.units import MOST_WORDS, Units, initial_class

LATIN, VOWELLESS, SYLLABIC, OTHER = range(4)
_SCRIPTS = {"Latn": LATIN, "Arab": VOWELLESS, "Hebr": VOWELLESS, "Hang": SYLLABIC, "Hani": SYLLABIC, "Kana": SYLLABIC}
_VOWELS = str.maketrans("", "", "aeiouyw")


@dataclass(frozen=True, slots=True)
class Facts:
    """`words`, `patronymics` and `initials` are bit masks over a name's words, `last` is the bit of the last one.

    A column a word have `letters` (how many), `sounds` (classes of the first letter), `genders` (1 and 2 for surnames
    that a man and a woman of one family write differently) and `families` (of endings that make surnames). `joined`,
    `sorted` and `consonants` are all words in one string.
    """

    words: Ints
    initials: Ints
    patronymics: Ints
    last: Ints
    letters: Ints
    sounds: Ints
    genders: Ints
    families: Ints
    script: Ints
    inverted: NDArray[np.bool_]
    joined: list[str]
    sorted: list[str]
    consonants: list[str]
    weak: list[frozenset[str]]
    main: list[list[str]]


def facts_of(names: Sequence[Name], units: Sequence[Units]) -> Facts:
    """The facts of names and their units."""
    n = len(names)
    words, initials, patronymics, last, script = (np.zeros(n, dtype=np.int64) for _ in range(5))
    letters, sounds, genders, families = (np.zeros((n, MOST_WORDS), dtype=np.int64) for _ in range(4))
    joined, ordered, consonants, main = [], [], [], []
    for row, (name, parts) in enumerate(zip(names, units, strict=True)):
        words[row], patronymics[row], last[row] = parts.words, parts.patronymics, parts.last
        script[row] = _SCRIPTS.get(name.script, OTHER)
        for bit, sound in parts.initials:
            initials[row] |= bit
            sounds[row, bit.bit_length() - 1] = sound
        mine = [""] * MOST_WORDS
        for unit in parts.units:
            column = unit.bits.bit_length() - 1
            if unit.single and not mine[column]:
                mine[column] = unit.roman
                letters[row, column] = len(unit.roman)
                sounds[row, column] = initial_class(unit.roman)
                genders[row, column] = gender(unit.roman)
                families[row, column] = family(unit.roman)
        said = [roman for roman in mine if roman]
        joined.append("".join(said))
        ordered.append("".join(sorted(said)))
        consonants.append("".join(sorted(roman.translate(_VOWELS) for roman in said)))
        main.append(mine)
    return Facts(
        words, initials, patronymics, last, letters, sounds, genders, families, script,
        np.array([name.inverted for name in names], dtype=np.bool_),
        joined, ordered, consonants, [part.weak for part in units], main,
    )  # fmt: skip


@functools.lru_cache(maxsize=1 << 16)
def gender(roman: str) -> int:
    """1 for a surname in the form of a man, 2 in that of a woman, 0 where the form does not tell."""
    endings: Mapping[str, Sequence[str]] = table("person_names")["surname_endings"]
    for code, kind in ((2, "feminine"), (1, "masculine")):
        if any(roman.endswith(ending) and len(roman) - len(ending) >= 2 for ending in endings[kind]):
            return code
    return 0


@functools.lru_cache(maxsize=1 << 16)
def family(roman: str) -> int:
    """Which family of surname endings a word has, counted from 1; 0 for none."""
    endings: Mapping[str, Sequence[str]] = table("person_names")["surname_families"]
    for number, family_endings in enumerate(endings.values(), start=1):
        if any(roman.endswith(ending) and len(roman) - len(ending) >= 3 for ending in family_endings):
            return number
    return 0
