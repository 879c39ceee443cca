"""Which of several cities of one name an article means: the one in a country that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.data import City, cities, fold, namesakes, table
from pipeline.lookup.gazetteer import is_seat
from pipeline.recognise.board import Found


def meant_cities(found: Sequence[Found]) -> list[Found]:
    """The mentions, cities among them with the country of the namesake that the article's countries and peoples speak
    for ("Tripoli" beside Lebanon, not Libya)."""
    named = Counter(f.code for f in found if f.label in ("country", "nationality") and f.code is not None)
    return [f._replace(code=_country(f.name, f.code, named)) if f.label == "city" and f.name else f for f in found]


def _country(name: str, code: str | None, named: Counter[str]) -> str | None:
    same = namesakes().get(fold(name), ())
    first = cities().get(fold(name))
    if first is None or code != first.country or code in named:
        return code
    others = [city for city in same[1:] if city.country in named and _may_be_meant(city, first)]
    return max(others, key=lambda city: (named[city.country], city.population)).country if others else code


def _may_be_meant(city: City, first: City) -> bool:
    """Whether a city is large enough beside the one of its name that comes to mind first."""
    if is_seat(city.name, city.country):
        return True
    rules = table("places")["cities"]
    known = is_seat(first.name, first.country) or first.population >= rules["well_known_from"]
    least = rules["namesake_from"] if known else 0
    return bool(city.population >= max(rules["namesake_share"] * first.population, least))
