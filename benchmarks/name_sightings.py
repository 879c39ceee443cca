"""Sightings of people that do not exist: given names and surnames of a pairs file, recombined and respelled.

Spellings are those of the file, and a given name or surname that is common in it is as common here.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

RESPELLED = frozenset({"transliteration", "diacritics-punct"})
"""The kinds of pairs whose names have the same words in the same order."""
TITLES = ("Dr. ", "Mr. ", "H.E. ")
IN_LATIN, WITH_TITLE = 0.9, 0.1
"""Shares of the sightings; the others are in another script, if the name is in the file in one."""

Spellings = Mapping[str, Sequence[str]]
"""The spellings of one given name or surname by script."""


@dataclass(frozen=True, slots=True)
class Person:
    """A recombined person; `country` is an ISO3 code."""

    given: Spellings
    surname: Spellings
    country: str


def words_of(pairs: Sequence[Mapping[str, Any]]) -> tuple[list[Spellings], list[Spellings]]:
    """The given names and the surnames of all names of two words in Latin letters, with the spellings of both.

    A name that pairs spell anew comes with the spellings of the first such pair; no name comes twice.
    """
    given: list[Spellings] = []
    surnames: list[Spellings] = []
    seen: set[str] = set()
    for pair in sorted(pairs, key=lambda pair: pair["kind"] not in RESPELLED):
        written = [(pair[f"script_{side}"], pair[side]) for side in "ab" if pair[side] not in seen]
        seen.update(name for _, name in written)
        if any("," in name for _, name in written):
            continue
        together = [written] if pair["kind"] in RESPELLED else [[name] for name in written]
        for names_of_one in together:
            split = [(script, name.split()) for script, name in names_of_one]
            if all(len(words) == 2 for _, words in split) and "Latn" in dict(split):
                given.append(_by_script((script, words[0]) for script, words in split))
                surnames.append(_by_script((script, words[1]) for script, words in split))
    return given, surnames


def _by_script(words: Iterable[tuple[str, str]]) -> Spellings:
    spellings: dict[str, list[str]] = defaultdict(list)
    for script, word in words:
        spellings[script].append(word)
    return spellings


def people(pairs: Sequence[Mapping[str, Any]], countries: Sequence[str], count: int) -> list[Person]:
    """`count` people, the same on every call; each country as often as it is given."""
    chance = random.Random(20251122)
    given, surnames = words_of(pairs)
    return [Person(chance.choice(given), chance.choice(surnames), chance.choice(countries)) for _ in range(count)]


def names(group: Sequence[Person], *, seed: int) -> Iterator[str]:
    """A name of each person as an article may have it, the same for the same seed."""
    chance = random.Random(seed)
    for person in group:
        scripts = sorted(person.given.keys() & person.surname.keys() - {"Latn"})
        script = chance.choice(scripts) if scripts and chance.random() >= IN_LATIN else "Latn"
        name = f"{chance.choice(person.given[script])} {chance.choice(person.surname[script])}"
        yield chance.choice(TITLES) + name if script == "Latn" and chance.random() < WITH_TITLE else name
