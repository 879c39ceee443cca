"""Invented names of people, by culture."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Gender = Literal["female", "male"]
Role = Literal["given", "middle", "family"]

GENDERS: tuple[Gender, ...] = ("female", "male")
AT_HOME = 0.95
"""How often a person of a country gets a name of a culture of that country, when there is one."""
OTHER_ENDING = 0.25
"""How often the ending of a family name is written in another way, when there is one."""
MOST_HYPHENS = 2
PLACEHOLDER = re.compile(r"\{(\w+)\}")

Spellings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Culture:
    """A culture's names, each with its spellings; models/corpus/names.toml tells what the fields mean."""

    name: str
    countries: frozenset[str]
    weight: float
    patterns: tuple[tuple[tuple[Role, str], ...], ...]
    short: tuple[Role, ...]
    given: Mapping[Gender, tuple[Spellings, ...]]
    middle: Mapping[Gender, tuple[Spellings, ...]]
    family: tuple[Spellings, ...]
    feminine: tuple[tuple[str, str], ...]
    endings: tuple[tuple[str, str], ...]
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: its roles in the order in which they are written, and those of the second mention."""

    parts: tuple[tuple[Role, str], ...]
    short_roles: tuple[Role, ...]

    def written(self, roles: Collection[Role]) -> str:
        """The parts with one of the roles, in the name's own order; the whole name when it has none of them."""
        chosen = [text for role, text in self.parts if role in roles]
        return " ".join(chosen or [text for _, text in self.parts])

    @property
    def full(self) -> str:
        """The whole name."""
        return " ".join(text for _, text in self.parts)

    @property
    def short(self) -> str:
        """The name on second mention."""
        return self.written(self.short_roles)

    def part(self, role: Role) -> str | None:
        """The part with the role."""
        return next((text for known, text in self.parts if known == role), None)


def load_cultures(path: Path) -> tuple[Culture, ...]:
    """The cultures of a file such as names.toml; raises `OSError`, `ValueError` or `KeyError` for a broken one."""
    with path.open("rb") as file:
        return tuple(_culture(entry) for entry in tomllib.load(file)["culture"])


def _culture(entry: Mapping[str, Any]) -> Culture:
    return Culture(
        name=entry["name"],
        countries=frozenset(entry["countries"]),
        weight=entry["weight"],
        patterns=tuple(_pattern(pattern) for pattern in entry["patterns"]),
        short=tuple(entry.get("short", ["family"])),
        given={"female": _names(entry["female"]), "male": _names(entry["male"])},
        middle={"female": _names(entry.get("middle_female", "")), "male": _names(entry.get("middle_male", ""))},
        family=_names(entry["family"]),
        feminine=tuple(_pair(pair) for pair in entry.get("feminine", ())),
        endings=tuple(_pair(pair) for pair in entry.get("endings", ())),
        prefixes=tuple(entry.get("prefixes", [""])),
    )


def _names(listed: str) -> tuple[Spellings, ...]:
    return tuple(tuple(name.strip().split("/")) for name in listed.split(",") if name.strip())


def _pair(written: str) -> tuple[str, str]:
    one, other = written.split("/")
    return one, other


def _pattern(written: str) -> tuple[tuple[Role, str], ...]:
    found: list[tuple[Role, str]] = []
    for part in written.split(" | "):
        role, made_of = part.split("=")
        if role not in ("given", "middle", "family"):
            raise ValueError(f"{written}: no role {role}")
        found.append((role, made_of))  # type: ignore[arg-type]
    return tuple(found)


def genders(cultures: Sequence[Culture]) -> dict[str, Gender]:
    """The gender of given names that only one gender has, in lower case."""
    of = {gender: {s.casefold() for c in cultures for n in c.given[gender] for s in n} for gender in GENDERS}
    both = of["female"] & of["male"]
    return {name: gender for gender in GENDERS for name in of[gender] - both}


def new_name(cultures: Sequence[Culture], rng: random.Random, *, gender: Gender, country: str | None) -> Name:
    """A name of a culture, mostly one of the country (ISO3) when it is known."""
    home = [culture for culture in cultures if country in culture.countries]
    chosen = home if home and rng.random() < AT_HOME else cultures
    culture = rng.choices(chosen, [culture.weight for culture in chosen])[0]
    while True:
        pattern = rng.choice(culture.patterns)
        name = Name(tuple((role, _made(culture, made_of, gender, rng)) for role, made_of in pattern), culture.short)
        words = re.split(r"[\s-]+", name.full.casefold())
        if len(set(words)) == len(words) and name.full.count("-") <= MOST_HYPHENS:
            return name


def _made(culture: Culture, made_of: str, gender: Gender, rng: random.Random) -> str:
    def one(match: re.Match[str]) -> str:
        kind = match[1]
        if kind in ("family", "mother"):
            return _family(culture, gender, rng)
        if kind == "middle":
            return rng.choice(rng.choice(culture.middle[gender]))
        given = rng.choice(rng.choice(culture.given["male" if kind == "father" else gender]))
        return next(c for c in given if c.isalpha()).upper() if kind == "initial" else given

    return PLACEHOLDER.sub(one, made_of)


def _family(culture: Culture, gender: Gender, rng: random.Random) -> str:
    name = rng.choice(rng.choice(culture.family))
    if gender == "female":
        name = _ended(name, culture.feminine)
    if rng.random() < OTHER_ENDING:
        name = _ended(name, culture.endings)
    prefix = rng.choice(culture.prefixes)
    return prefix + (name.lower() if prefix.isalpha() else name)


def _ended(name: str, endings: Sequence[tuple[str, str]]) -> str:
    """The name with another ending; the first that it has counts."""
    for old, new in endings:
        if name.endswith(old):
            return name.removesuffix(old) + new
    return name
