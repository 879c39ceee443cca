"""What holds of each name of a batch by itself, as arrays with a row a name and a column a word."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.data import table
from pipeline.names.edits import Ints
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
    main: list[tuple[str, ...]]


def facts_of(names: Sequence[Name], units: Sequence[Units]) -> Facts:
    """The facts of names and their units."""
    known = [_facts(name, mine) for name, mine in zip(names, units, strict=True)]
    width = 5 + 4 * MOST_WORDS
    numbers = np.concatenate([np.zeros(0, dtype=np.int64), *(f.numbers for f in known)]).reshape(len(known), width)
    words, initials, patronymics, last, script = numbers[:, :5].T
    letters, sounds, genders, families = (numbers[:, 5 + n * MOST_WORDS : 5 + (n + 1) * MOST_WORDS] for n in range(4))
    return Facts(
        words, initials, patronymics, last, letters, sounds, genders, families, script,
        np.array([name.inverted for name in names], dtype=np.bool_),
        [fact.joined for fact in known], [fact.sorted for fact in known], [fact.consonants for fact in known],
        [mine.weak for mine in units], [mine.main for mine in units],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _NameFacts:
    """The numbers of a name in the order of the arrays, and its strings."""

    numbers: Ints
    joined: str
    sorted: str
    consonants: str


@functools.lru_cache(maxsize=1 << 12)
def _facts(name: Name, units: Units) -> _NameFacts:
    sounds = [initial_class(roman) if roman else 0 for roman in units.main]
    initials = 0
    for bit, sound in units.initials:
        initials |= bit
        sounds[bit.bit_length() - 1] = sound
    said = [roman for roman in units.main if roman]
    own = (units.words, initials, units.patronymics, units.last, _SCRIPTS.get(name.script, OTHER))
    columns = (*map(len, units.main), *sounds, *map(gender, units.main), *map(family, units.main))
    return _NameFacts(
        np.array((*own, *columns), dtype=np.int64),
        "".join(said),
        "".join(sorted(said)),
        "".join(sorted(roman.translate(_VOWELS) for roman in said)),
    )


@functools.lru_cache(maxsize=1 << 12)
def gender(roman: str) -> int:
    """1 for a surname in the form of a man, 2 in that of a woman, 0 where the form does not tell."""
    endings: Mapping[str, Sequence[str]] = table("person_names")["surname_endings"]
    for code, kind in ((2, "feminine"), (1, "masculine")):
        if any(roman.endswith(ending) and len(roman) - len(ending) >= 2 for ending in endings[kind]):
            return code
    return 0


@functools.lru_cache(maxsize=1 << 12)
def family(roman: str) -> int:
    """Which family of surname endings a word has, counted from 1; 0 for none."""
    endings: Mapping[str, Sequence[str]] = table("person_names")["surname_families"]
    for number, family_endings in enumerate(endings.values(), start=1):
        if any(roman.endswith(ending) and len(roman) - len(ending) >= 3 for ending in family_endings):
            return number
    return 0
