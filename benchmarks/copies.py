"""Dumps of any size made of a few articles: copies with other people, countries, days and numbers."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial

from benchmarks.duplicate_contrasts import CORPUS, DAYS, MONTHS, named_people, replaced
from pipeline.data import countries, fold, words
from pipeline.train.augment_names import GENDERS, Culture, load_cultures, new_name

_WORD = re.compile(r"[^\W\d_]+")
_TITLED = re.compile(
    r"\b(?:Secretary|State|Minister|President|Ambassador|Spokesperson|Representative|General|Chancellor|Director) "
    r"([A-Z][^\W\d_]+) (?:[A-Z]\. )?([A-Z][^\W\d_]{2,})\b"
)
_TOLD = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(DAYS)})|(?P<month>{'|'.join(MONTHS)})(?: (?P<later>\d\d?)(?!\d))?"
    rf"|(?P<earlier>\d\d?) (?P<after>{'|'.join(MONTHS)})|(?P<year>(?:19|20)\d\d)|(?P<number>\d+))\b"
)


def copies(texts: Sequence[str]) -> Iterator[str]:
    """The texts, then again and again with other names: what one copy calls a person or country it calls so in all of
    its texts, and every copy has others. Never ends."""
    yield from texts
    people = {name: part for text in texts for pair in _people(text) for part, name in enumerate(pair)}
    for number in itertools.count(1):
        new = {name: _name(number, name)[-part] for name, part in people.items()}
        for text in texts:
            renamed = _WORD.sub(lambda found, new=new: new.get(found[0], found[0]), text)  # type: ignore[misc]
            yield _TOLD.sub(partial(_other, number), replaced(renamed, _countries(number)) or renamed)


def _people(text: str) -> Iterator[tuple[str, str]]:
    """First and family names of people, told by the first name or by a title in front."""
    yield from named_people(text)
    common = words("words.txt")
    yield from (pair for pair in _TITLED.findall(text) if not any(fold(name) in common for name in pair))


def _name(number: int, old: str) -> Sequence[str]:
    rng = random.Random(f"{number} {old}")
    return new_name(_cultures(), rng, gender=rng.choice(GENDERS), country=None).full.split()


@cache
def _cultures() -> Sequence[Culture]:
    return load_cultures(CORPUS / "names.toml")


@lru_cache(maxsize=2)
def _countries(number: int) -> Mapping[str, str]:
    """Names, adjectives and capitals of all countries, each with those of another country."""
    old = [country for country in countries().values() if country.demonyms and country.capital]
    new = random.Random(number).sample(old, len(old))
    pairs: dict[str, str] = {}
    for one, other in zip(old, new, strict=True):
        pairs |= {one.name: other.name, one.demonyms[0]: other.demonyms[0]}
        if one.capital and other.capital:
            pairs[one.capital] = other.capital
    return pairs


def _other(number: int, found: re.Match[str]) -> str:
    """Another weekday, day, month or number; years stay."""
    if found["weekday"]:
        return DAYS[(DAYS.index(found["weekday"]) + number) % 7]
    if month := found["month"] or found["after"]:
        day = found["later"] or found["earlier"]
        moved = str((int(day) + number - 1) % 28 + 1) if day else ""
        other = MONTHS[(MONTHS.index(month) + number // 7) % 12]
        return f"{moved} {other}" if found["earlier"] else f"{other} {moved}".rstrip()
    if found["year"]:
        return found["year"]
    digits = len(found["number"])
    return str(random.Random(f"{number} {found['number']}").randrange(10 ** (digits - 1), 10**digits))
