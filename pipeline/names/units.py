"""What of a name is compared with what of another: its words, neighbours written as one word, further readings."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.names.parse import Name

MOST_WORDS = 6
MOST_READINGS = 3

_SOUNDS = str.maketrans("bpfvwckqxghjszdtlmnr", "BBBBBKKKKKKKSSTTLMNR", "aeiouy")
"""Consonants by what romanisations exchange, as in Soundex (Russell and Odell, 1918); vowels not at all."""
_CLASSES = {
    letter: 1 << "BKSTLMNR".index(sound)
    for letter, sound in zip("bpfvwckqxghjszdtlmnr", "BBBBBKKKKKKKSSTTLMNR", strict=True)
}
_MASKS = {
    **_CLASSES,
    "c": _CLASSES["k"] | _CLASSES["s"],
    "j": _CLASSES["k"] | _CLASSES["s"] | _CLASSES["d"],
    "z": _CLASSES["s"] | _CLASSES["d"],
}
"""The classes as bit masks, of letters that can stand for several sounds all of them."""
_VOWEL = 1 << 8


@dataclass(frozen=True, slots=True)
class Unit:
    """Letters that can stand for one word of another name.

    `bits` says which words of the name it covers. `single` units are one written word; at least one of two units that
    are compared must be.
    """

    roman: str
    bits: int
    single: bool


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The units of a name, and what holds of its words.

    `words` and `patronymics` are bit masks over the words, `last` the bit of the last one, `initials` bits with classes
    of sounds, `main` the words' first readings; `spelled` are the units' letters, `shape` two rows:
    their bits, and whether they are single.
    """

    units: tuple[Unit, ...]
    words: int
    initials: tuple[tuple[int, int], ...]
    patronymics: int
    weak: frozenset[str]
    last: int
    main: tuple[str, ...]
    spelled: tuple[str, ...]
    shape: NDArray[np.int64]


@functools.lru_cache(maxsize=1 << 12)
def units_of(name: Name) -> Units:
    """The units of a name; words behind the sixth are left out."""
    found: list[Unit] = []
    bits = words = patronymics = 0
    initials: list[tuple[int, int]] = []
    before = ""
    weak_before = ""
    for word in name.words:
        if word.role == "weak":
            if before and bits:
                found.append(Unit(before + word.roman, bits, False))
            weak_before = word.roman
            continue
        bits = bits << 1 if bits else 1
        if bits >> MOST_WORDS:
            bits >>= 1
            break
        if word.role == "initial":
            initials.append((bits, initial_class(word.roman)))
            before = weak_before = ""
            continue
        words |= bits
        if word.role == "patronymic":
            patronymics |= bits
        found.append(Unit(word.roman, bits, True))
        found += [Unit(reading, bits, True) for reading in word.readings[:MOST_READINGS]]
        if weak_before:
            found.append(Unit(weak_before + word.roman, bits, False))
        if before:
            found.append(Unit(before + word.roman, bits | bits >> 1, False))
        before, weak_before = word.roman, ""
    main = [""] * MOST_WORDS
    for unit in reversed(found):
        if unit.single:
            main[unit.bits.bit_length() - 1] = unit.roman
    return Units(
        tuple(found),
        words,
        tuple(initials),
        patronymics,
        frozenset(word.roman for word in name.words if word.role == "weak"),
        bits,
        tuple(main),
        tuple(unit.roman for unit in found),
        np.array([[unit.bits for unit in found], [unit.single for unit in found]], dtype=np.int64),
    )


@functools.lru_cache(maxsize=1 << 12)
def initial_class(roman: str) -> int:
    """The sounds, as a bit mask, that a word's first letter can stand for; vowels are one."""
    return _MASKS.get(roman[0], _VOWEL)


@functools.lru_cache(maxsize=1 << 12)
def signature(roman: str) -> int:
    """Which classes of consonants a word has, as a bit mask."""
    mask = 0
    for letter in roman:
        mask |= _MASKS.get(letter, 0)
    return mask


@functools.lru_cache(maxsize=1 << 12)
def sounds(roman: str) -> str:
    """The classes of a word's consonants in order."""
    return roman.translate(_SOUNDS)


@functools.lru_cache(maxsize=1 << 12)
def letters(name: Name) -> str:
    """The letters of all words that make a name, the words in the order of the alphabet."""
    return "".join(sorted(word.roman for word in name.strong))
