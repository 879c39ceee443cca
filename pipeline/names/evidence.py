"""What a comparison found of two names: which words of one belong to which of the other, which are left."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.data import fold, words
from pipeline.names.model import Compared
from pipeline.names.parse import Name, Word
from pipeline.names.units import MOST_WORDS

LONG = 4
"""How many letters a word must have for lists of names to tell what it is."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two names: its words that are compared, and what kind each is.

    A kind is "given name", "surname", "patronymic", "initial", or "name" where nothing tells.
    """

    name: Name
    words: tuple[Word, ...]
    kinds: tuple[str, ...]
    families: tuple[int, ...]
    genders: tuple[int, ...]

    def covered(self, bits: int) -> list[int]:
        """The places of the words that are in a bit mask."""
        return [n for n in range(len(self.words)) if bits >> n & 1]

    def said(self, places: Sequence[int], roman: str = "") -> str:
        """Words as written, with the particle that the letters compared, `roman`, have beside them."""
        text = " ".join(said(self.words[n]) for n in places)
        if len(places) != 1 or not roman:
            return text
        word = self.words[places[0]]
        if roman in (word.roman, *word.readings):
            return text
        for weak in self.name.words:
            if weak.role == "weak" and roman == weak.roman + word.roman:
                return f"{said(weak)} {text}"
            if weak.role == "weak" and roman == word.roman + weak.roman:
                return f"{text} {said(weak)}"
        return text


@dataclass(frozen=True, slots=True)
class Match:
    """Words that were matched, by their places in each name, and the letters that were compared."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    roman_a: str
    roman_b: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found of two names.

    `matches` are best first. `fits` are places of initials and of what they fit, `misfits` those of initials on each
    side that fit nothing though there is something left. `pairs` are words left on both sides, like kinds together;
    `over` those that then are left on one.
    """

    left: Side
    right: Side
    matches: tuple[Match, ...]
    fits: tuple[tuple[int, int], ...]
    misfits: tuple[tuple[int, ...], tuple[int, ...]]
    pairs: tuple[tuple[int, int], ...]
    over: tuple[tuple[int, ...], tuple[int, ...]]


def said(word: Word) -> str:
    """A word as written, or as read where the text has it in one with others."""
    return word.written or word.roman.capitalize()


def evidence_of(a: Name, b: Name, found: Compared) -> Evidence:
    """The evidence of two names; `found` is the comparison of these two alone."""
    left, right = _side(a, 0, found), _side(b, 1, found)
    alignment, lexicon = found.alignment, found.lexicon
    matches = []
    covered = [0, 0]
    for step in range(MOST_WORDS):
        units = [int(side[0, step]) for side in (alignment.left, alignment.right)]
        if units[0] < 0:
            break
        bits = [int(side[0, step]) for side in (alignment.left_bits, alignment.right_bits)]
        covered = [done | new for done, new in zip(covered, bits, strict=True)]
        places = [tuple(side.covered(mask)) for side, mask in zip((left, right), bits, strict=True)]
        romans = [lexicon.romans[unit] for unit in units]
        plain = {" ".join(side.words[n].roman for n in own) for side, own in zip((left, right), places, strict=True)}
        if len(plain) == 1 and romans[0] == romans[1]:  # equal words may have been matched by what both are short for
            romans = ["".join(plain).replace(" ", "")] * 2
        matches.append(Match(places[0], places[1], romans[0], romans[1]))
    free = [int(found.facts.words[row]) & ~covered[row] for row in (0, 1)]
    fits, opened, free = _initials(found, free)
    misfits = [side.covered(opened[n] if opened[1 - n] | free[1 - n] else 0) for n, side in enumerate((left, right))]
    pairs, over = _paired(left, right, *(side.covered(bits) for side, bits in zip((left, right), free, strict=True)))
    return Evidence(
        left, right, tuple(matches), tuple(fits), (tuple(misfits[0]), tuple(misfits[1])), tuple(pairs), over
    )


def _side(name: Name, row: int, found: Compared) -> Side:
    strong = name.strong[:MOST_WORDS]
    families, genders = tuple(found.facts.families[row].tolist()), tuple(found.facts.genders[row].tolist())
    return Side(name, strong, _kinds(name, strong, families), families, genders)


def _kinds(name: Name, strong: Sequence[Word], families: Sequence[int]) -> tuple[str, ...]:
    """What each word is, as far as its role, its form, a list of given names and then its place tell.

    A name whose first word is known as a surname may have it in front: there places tell nothing.
    """
    kinds = [word.role if word.role != "name" else "given name" if _is_given(word.roman) else "name" for word in strong]
    if kinds and kinds[-1] == "name" and families[len(kinds) - 1] and strong[-1].roman not in _known("given_names.txt"):
        kinds[-1] = "surname"
    if len(kinds) > 1 and (name.inverted or strong[0].roman not in _known("surnames.txt")):
        if kinds[-1] == "name" and (name.inverted or "given name" in kinds):
            kinds[-1] = "surname"
        if kinds[0] == "name" and kinds[-1] == "surname":
            kinds[0] = "given name"
    return tuple(kinds)


def _is_given(roman: str) -> bool:
    """Whether a word is known as a given name and not as a surname; short words are often both somewhere."""
    return len(roman) >= LONG and roman in _known("given_names.txt") and roman not in _known("surnames.txt")


@functools.cache
def _known(file: str) -> frozenset[str]:
    return frozenset(map(fold, words(file)))


def _initials(found: Compared, free: Sequence[int]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Places of initials and what they fit, then bit masks of initials and of words that are left, for each side.

    As the features count them.
    """
    facts = found.facts
    opened, free = [int(facts.initials[row]) for row in (0, 1)], list(free)
    fits = []
    for i in range(MOST_WORDS):
        for j in range(MOST_WORDS):
            bits = 1 << i, 1 << j
            there = all((opened[n] | free[n]) & bits[n] for n in (0, 1))
            if there and any(opened[n] & bits[n] for n in (0, 1)) and int(facts.sounds[0, i]) & int(facts.sounds[1, j]):
                fits.append((i, j))
                opened = [opened[n] & ~bits[n] for n in (0, 1)]
                free = [free[n] & ~bits[n] for n in (0, 1)]
    return fits, opened, free


def _paired(
    left: Side, right: Side, mine: list[int], other: list[int]
) -> tuple[list[tuple[int, int]], tuple[tuple[int, ...], tuple[int, ...]]]:
    """Words side by side, those of one kind and those in like places first; and what is over on each side."""
    near = sorted((left.kinds[i] != right.kinds[j], abs(i - j), i, j) for i in mine for j in other)
    pairs = []
    for _, _, i, j in near:
        if i in mine and j in other:
            mine, other = [n for n in mine if n != i], [n for n in other if n != j]
            pairs.append((i, j))
    return sorted(pairs), (tuple(mine), tuple(other))
