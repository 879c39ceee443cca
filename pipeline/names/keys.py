"""Blocking keys: which names are worth comparing."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.names.parse import Name
from pipeline.names.units import Unit, Units, initial_class, sounds, units_of

PREFIX = 3
"""How many consonants of a word go with an initial."""
WIDE = ((2, 2, 0), (1, 5, 4))
NARROW = ((3, 3, 0),)
"""How many consonants of one word and of another make a key, and how many the other must have at least."""

_SPELLINGS = (
    ("tsch", "c"), ("dsch", "j"), ("sch", "s"), ("dzh", "j"), ("tch", "c"), ("cz", "c"), ("sz", "s"), ("dj", "j"),
    ("zh", "j"), ("ts", "s"), ("tz", "s"), ("ds", "s"), ("dz", "s"), ("kh", "h"),
    ("ght", "t"), ("ch", "@"),
)  # fmt: skip
"""Letters that romanisations write for one sound."""
_SOUNDS = {"c": ("k", "s"), "@": ("k", "s", ""), "j": ("j", ""), "q": ("k", "s"), "w": ("w", ""), "x": ("ks", "s", "")}
"""Letters with several sounds: "ch" (here @) as in Charles, Achmed, "j" as in Sergej, "q" as in Qiang, "w" as in
Awlaki, "x" as in Xi, Orxan."""
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Keys:
    """Two names are worth comparing when what one has `asked` is `stored` of the other, or the reverse.

    Names without initials ask for the keys of names with initials but not of each other for them: "A. Aliyev" is
    compared with every Aliyev whose given name begins so, while those are not compared for it.
    """

    stored: frozenset[str]
    asked: frozenset[str]

    def meet(self, other: Keys) -> bool:
        """Whether the names with these keys are worth comparing."""
        return not (self.asked.isdisjoint(other.stored) and other.asked.isdisjoint(self.stored))


@functools.lru_cache(maxsize=1 << 12)
def blocking_keys(name: Name, *, lengths: tuple[tuple[int, int, int], ...] = WIDE, for_initials: bool = True) -> Keys:
    """The keys of a name: the first consonants of each two words, of an initial and a word, of a name's only word.

    `lengths` are `WIDE`, or `NARROW` where fewer and likelier names are wanted. Without `for_initials` a name that has
    none is not to be found by names with initials, nor they by it.
    """
    units = units_of(name)
    skeletons = {unit: _skeletons(unit.roman) for unit in units.units}
    both: set[str] = set()
    for a, b in itertools.combinations(skeletons, 2):
        if not a.bits & b.bits:
            for x, y in itertools.product(skeletons[a], skeletons[b]):
                both |= _of_two_words(x, y, lengths) | _of_two_words(y, x, lengths)
    everything = units.words | sum(bit for bit, _ in units.initials)
    for unit, found in skeletons.items():
        if unit.bits == everything:
            both |= {f"={skeleton}" for skeleton in found}
    if units.initials:
        initials = _with_initials(units, skeletons, units.initials)
        stored = frozenset(both | {f"written {key}" for key in initials})
        return Keys(stored, stored | {f"spelled {key}" for key in initials})
    if not for_initials:
        return Keys(frozenset(both), frozenset(both))
    first = [(unit.bits, initial_class(unit.roman)) for unit in units.units if unit.single]
    could = _with_initials(units, skeletons, first)
    return Keys(
        frozenset(both) | {f"spelled {key}" for key in could}, frozenset(both) | {f"written {key}" for key in could}
    )


def _of_two_words(one: str, other: str, lengths: tuple[tuple[int, int, int], ...]) -> set[str]:
    return {
        f"{a}{b} {' '.join(sorted((one[:a], other[:b])) if a == b else (one[:a], other[:b]))}"
        for a, b, least in lengths
        if len(other) >= least
    }


@functools.lru_cache(maxsize=1 << 12)
def whole_key(name: Name) -> str:
    """One key of a whole name, the same for nearly equal spellings: the consonants of all words."""
    return "whole " + " ".join(sorted(min(_skeletons(word.roman)) for word in name.strong if word.role != "initial"))


def _with_initials(units: Units, skeletons: dict[Unit, set[str]], initials: Iterable[tuple[int, int]]) -> set[str]:
    """Each class of sounds that an initial can stand for, with each other word."""
    found = set()
    for bit, classes in initials:
        for unit, mine in skeletons.items():
            if not unit.bits & bit:
                for number in range(classes.bit_length()):
                    if classes >> number & 1:
                        found |= {f"{number} {skeleton[:PREFIX]}" for skeleton in mine}
    return found


@functools.lru_cache(maxsize=1 << 12)
def _skeletons(roman: str) -> set[str]:
    """The consonants of a word by class, one for doubled ones; where its first letter has two sounds, both."""
    for old, new in _SPELLINGS:
        roman = roman.replace(old, new)
    first, rest = roman[0], roman[1:].replace("h", "")
    sounded = [letter for letter in _SOUNDS if letter in roman]
    found = set()
    for choice in itertools.product(*(_SOUNDS[letter] for letter in sounded)):
        reading = str.maketrans(dict(zip(sounded, choice, strict=True)))
        found.add(_skeleton((first + rest).translate(reading)))
        if first in "jghyx":
            found |= {_skeleton(rest.translate(reading)), _skeleton("k" + rest.translate(reading))}
    return found


def _skeleton(roman: str) -> str:
    return _DOUBLED.sub(r"\1", sounds(roman)) or "A"
