"""Countries that can stand for each other in an article, and their cities."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.data import Country, cities, countries

ENOUGH_CITIES = 6
"""A country that takes the place of another has so many cities beside its capital; only the largest are used."""
MOST_CITIES = 15


@dataclass(frozen=True, slots=True)
class Places:
    """The countries that can be swapped, their cities, and which names stand with "the" (models/corpus/places.toml)."""

    swappable: tuple[str, ...]
    cities: Mapping[str, tuple[str, ...]]
    no_city: frozenset[str]
    the: frozenset[str]
    the_before: tuple[str, ...]
    names: re.Pattern[str]
    """Any name or adjective of any country or a seat of government, as it is written or in capitals."""
    named: Mapping[str, frozenset[str]]
    """The countries of each such form, which is in lower case."""


def load_places(path: Path) -> Places:
    """The knowledge of a file such as places.toml; raises `OSError`, `ValueError` or `KeyError` for a broken one."""
    with path.open("rb") as file:
        rules: dict[str, Any] = tomllib.load(file)
    never = frozenset(rules["never"])
    large: dict[str, dict[str, int]] = {}
    for city in cities().values():
        large.setdefault(city.country, {})[city.name] = city.population
    no_city = frozenset(rules["no_city"])
    towns = {code: _largest(countries()[code], of, no_city) for code, of in large.items()}
    swappable = tuple(
        code
        for code, country in sorted(countries().items())
        if code not in never and country.demonyms and country.seats and len(towns.get(code, ())) >= ENOUGH_CITIES
    )
    return Places(swappable, towns, no_city, frozenset(rules["the"]), tuple(rules["the_before"]), *_names())


def _largest(country: Country, population: Mapping[str, int], no_city: frozenset[str]) -> tuple[str, ...]:
    """A country's largest cities but its seats of government, those with plain names of their own."""
    seats = {spelling for seat in country.seats for spelling in seat}
    plain = [
        name
        for name in sorted(population, key=lambda name: (-population[name], name))
        if name not in seats and name.isascii() and no_city.isdisjoint(name.split()) and "(" not in name
    ]
    return tuple(plain[:MOST_CITIES])


def _names() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    named: dict[str, set[str]] = {}
    forms = {code: all_forms(country) for code, country in countries().items()}
    for code, of in forms.items():
        for form in of:
            named.setdefault(form.casefold(), set()).add(code)
    return any_of(set().union(*forms.values())), {form: frozenset(codes) for form, codes in named.items()}


def all_forms(country: Country) -> set[str]:
    """Every name, adjective and spelling of a seat of government of a country."""
    seats = {spelling for seat in country.seats for spelling in seat}
    return {country.name, country.official, *country.aliases, *country.demonyms, *seats}


def any_of(forms: set[str]) -> re.Pattern[str]:
    """A pattern of any of the forms, as they are or in capitals, the longest first."""
    every = sorted(forms | {form.upper() for form in forms}, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, every))})(?!\w)")
