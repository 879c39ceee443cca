"""Who takes part in a synthesised article: people, organisations and countries drawn for the roles of plans."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from pipeline.data import Country, cities, countries, fold
from pipeline.train.augment_names import Culture, Gender, Name, new_name
from pipeline.train.synthesis_syntax import Role

LARGE_CITY = 250_000
"""People that live in a city which the press names without saying where it lies."""

FEMALE = 0.3

CITIES = 5
"""Cities of a country, beside its seats of government."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person; `of` is the ISO3 code of the state or the key of the organisation whose office it is."""

    key: str
    full: str
    short: str
    female: bool
    kind: str
    title: Mapping[str, Any]
    of: str
    country: str | None
    host: str | None = None

    @property
    def office(self) -> str:
        """The title in the form for the person."""
        return str(self.title.get("female", self.title["title"]) if self.female else self.title["title"])

    @property
    def noun(self) -> str:
        """What the person is called for short, without an article."""
        return str(self.title.get("female_noun", self.title["noun"]) if self.female else self.title["noun"])


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation; `whole` names hold their country, others stand after it."""

    key: str
    name: str
    acronym: str | None
    noun: str
    country: str | None
    whole: bool
    the: bool = True
    the_acronym: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Several people who stand for one letter."""

    people: tuple[Person, ...]


Entity = Person | Organisation | Group | str
"""A country is its ISO3 code."""


@dataclass(frozen=True, slots=True)
class World:
    """What articles are drawn from: the vocabulary of the plans, and names of people."""

    vocabulary: Mapping[str, Any]
    cultures: tuple[Culture, ...]
    codes: tuple[str, ...]
    weights: tuple[int, ...]


def make_world(vocabulary: Mapping[str, Any], cultures: tuple[Culture, ...]) -> World:
    """The world of a vocabulary: its countries have an adjective and a seat of government."""
    listed = vocabulary["countries"]
    codes = tuple(
        code
        for code, country in countries().items()
        if country.demonyms and country.capital and code not in listed["never"]
    )
    return World(vocabulary, cultures, codes, tuple(listed["often"].get(code, 1) for code in codes))


@cache
def large_cities() -> Mapping[str, tuple[str, ...]]:
    """Large cities of each country but its seats of government, by ISO3 code."""
    seats = {spelling for country in countries().values() for seat in country.seats for spelling in seat}
    found: dict[str, list[str]] = {}
    known = {city.geonames_id: city for city in cities().values()}.values()
    for city in sorted(known, key=lambda city: -city.population):
        if city.population >= LARGE_CITY and city.name not in seats and re.fullmatch(r"[^\d()/,]+", city.name):
            found.setdefault(city.country, []).append(city.name)
    return MappingProxyType({code: tuple(names[:CITIES]) for code, names in found.items()})


@dataclass(slots=True)
class Cast:
    """Draws entities for roles, no country and no key twice."""

    world: World
    rng: random.Random
    used: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    everybody: dict[str, Person | Organisation] = field(default_factory=dict)

    def fill(self, roles: Iterable[Role], known: Mapping[str, Entity]) -> dict[str, Entity]:
        """Entities for the roles, by letter, a person's country under the capital; `known` are those given."""
        found: dict[str, Entity] = {}
        for role in sorted(roles, key=lambda role: role.kinds != ("country",)):
            given = {**known, **found}
            if role.kinds == ("country",):
                found[role.letter] = self._country()
            elif role.most > 1:
                count = self.rng.randint(role.least, role.most)
                kind = self.rng.choice(role.kinds)
                found[role.letter] = Group(tuple(self._person(kind, self._country()) for _ in range(count)))
            else:
                entity = self._one(role, given)
                found[role.letter] = entity
                if entity.country is not None:
                    found.setdefault(role.letter.upper(), entity.country)
        return found

    def _one(self, role: Role, given: Mapping[str, Entity]) -> Person | Organisation:
        kind = _kind_of(given[role.like]) if role.like else self.rng.choice(role.kinds)
        of = given[role.of] if role.of else None
        if kind == "international":
            return self._international()
        if kind in self.world.vocabulary["national"]:
            return self.national(kind, of if isinstance(of, str) else self._country())
        if isinstance(of, Organisation):
            return self._person(kind, of.country, of=of.key)
        if isinstance(of, Person):
            of = of.country
        if kind == "bystander":
            return self.bystander(of if isinstance(of, str) else self._country())
        host = given[role.to] if role.to else None
        return self._person(kind, of if isinstance(of, str) else self._country(), host=host)

    def _country(self) -> str:
        while True:
            code = self.rng.choices(self.world.codes, self.world.weights)[0]
            if code not in self.used:
                self.used.add(code)
                return code

    def _person(self, kind: str, code: str | None, *, of: str | None = None, host: Entity | None = None) -> Person:
        titles = self._titles(kind, code)
        if not titles:
            kind = "pm" if kind == "head" else "head"
            titles = self._titles(kind, code)
        title = self.rng.choices(titles, [title.get("weight", 1) for title in titles])[0]
        name, female = self._name(code)
        key = self._key(name.short)
        person = Person(
            key, name.full, name.short, female, kind, title, of or code or "", code,
            host if isinstance(host, str) else None,
        )  # fmt: skip
        self.everybody[key] = person
        return person

    def _titles(self, kind: str, code: str | None) -> list[Mapping[str, Any]]:
        """The titles of a kind that the country has."""
        lacking = self.world.vocabulary["lacking"]
        return [
            title
            for title in self.world.vocabulary["titles"][kind]
            if (code in title["only"] if "only" in title else True)
            and not (code is not None and code in lacking.get(title.get("general"), ""))
        ]

    def bystander(self, code: str) -> Person:
        """Somebody without an office, such as who wrote the article."""
        name, female = self._name(code)
        key = self._key(name.short)
        person = Person(key, name.full, name.short, female, "none", {"title": "", "noun": ""}, "", code)
        self.everybody[key] = person
        return person

    def _international(self) -> Organisation:
        rows = [row for row in self.world.vocabulary["international"] if slug(row["name"]) not in self.keys]
        row = self.rng.choice(rows)
        organisation = Organisation(
            self._key(row["name"]), row["name"], row.get("acronym"), row["noun"], None,
            whole=True, the_acronym=row.get("the_acronym", True),
        )  # fmt: skip
        self.everybody[organisation.key] = organisation
        return organisation

    def national(self, kind: str, code: str) -> Organisation:
        """The organisation of a kind in the country, the same for as long as the article lasts."""
        known = self.everybody.get(f"{kind}-{code.lower()}")
        if isinstance(known, Organisation):
            return known
        rows: Sequence[Mapping[str, Any]] = self.world.vocabulary["national"][kind]
        row = self.rng.choices(rows, [row.get("weight", 1) for row in rows])[0]
        name = fill_name(row["name"], code, self.world.vocabulary)
        organisation = Organisation(
            self._key(f"{kind}-{code.lower()}"), name, row.get("acronym"), row["noun"], code,
            whole=row.get("whole", False), the=not row.get("no_the", False),
        )  # fmt: skip
        self.everybody[organisation.key] = organisation
        return organisation

    def public(self, name: str) -> Organisation:
        """The organisation of the name, which a plan says itself."""
        for who in self.everybody.values():
            if isinstance(who, Organisation) and name in (who.name, who.acronym):
                return who
        found = Organisation(self._key(name), name, None, "body", None, whole=True)
        self.everybody[found.key] = found
        return found

    def _name(self, code: str | None) -> tuple[Name, bool]:
        female = self.rng.random() < FEMALE
        gender: Gender = "female" if female else "male"
        return new_name(self.world.cultures, self.rng, gender=gender, country=code), female

    def _key(self, text: str) -> str:
        key = base = slug(text)
        number = 2
        while key in self.keys:
            key = f"{base}-{number}"
            number += 1
        self.keys.add(key)
        return key


def slug(text: str) -> str:
    """A key made of the letters of a name."""
    letters = "".join(c if c.isalnum() else "-" for c in fold(text))
    return re.sub(r"-+", "-", letters).strip("-") or "x"


def country_of(code: str) -> Country:
    """The country of a code."""
    return countries()[code]


def adjective(code: str, vocabulary: Mapping[str, Any]) -> str:
    """The first adjective for what is of the country."""
    listed = vocabulary["countries"]["before_nouns"]
    return str(listed[code][0]) if code in listed else country_of(code).demonyms[0]


def official_name(code: str, vocabulary: Mapping[str, Any]) -> str:
    """The country's long name, without an article: "Republic of Kenya"."""
    return str(vocabulary["countries"]["official"].get(code, country_of(code).official)).removeprefix("the ")


def fill_name(pattern: str, code: str, vocabulary: Mapping[str, Any], **more: str) -> str:
    """A name with the country's name, adjective and capital in the places for them."""
    country = country_of(code)
    name = f"the {country.name}" if code in vocabulary["countries"]["the"] and " of {C}" in pattern else country.name
    if official_name(code, vocabulary) == country.name:
        pattern = pattern.replace("the {official}", "{C}")
    return pattern.format(
        C=name, adj=adjective(code, vocabulary), cap=country.capital, official=official_name(code, vocabulary), **more
    )


def _kind_of(entity: Entity) -> str:
    return entity.kind if isinstance(entity, Person) else "fm"
