"""Whose bare titles an article uses: the home country of its outlet or of its story.

Domestic press leaves the country out where its own office-holders are meant ("Foreign Minister
Rustem Abenov"), and names it for everybody else.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.data import cities, countries, country_names, demonyms
from pipeline.document import Document
from pipeline.names.fold import fold


@functools.cache
def _by_domain() -> Mapping[str, str]:
    return {c.iso2.lower(): c.code for c in countries().values()}


def country_of_outlet(outlet: str | None) -> str | None:
    """The country that an outlet's name shows: its domain ("SAnews.gov.za") or a country in it."""
    if not outlet:
        return None
    domain = re.search(r"\.([a-z]{2})\b", outlet.lower())
    if domain and domain[1] in _by_domain():
        return _by_domain()[domain[1]]
    words = fold(outlet).split()
    for n in (3, 2, 1):
        for i in range(len(words) - n + 1):
            name = " ".join(words[i : i + n])
            code = country_names().get(name) or demonyms().get(name)
            if code:
                return code
    return None


@dataclass(frozen=True, slots=True)
class Home:
    """Signs of the home country: of the outlet's name, the datelines, and whom the article cites."""

    outlet: str | None
    dateline: frozenset[str]
    cited: frozenset[str]

    @property
    def codes(self) -> frozenset[str]:
        return self.dateline | self.cited | frozenset(filter(None, [self.outlet]))


def home_of(document: Document) -> Home:
    """The signs that a document gives of its home country."""
    words = {word for name in document.cited for word in fold(name).split()}
    cited = {code for word in words if (code := demonyms().get(word) or country_names().get(word))}
    return Home(country_of_outlet(document.outlet), frozenset(_furniture_countries(document)), frozenset(cited))


def _furniture_countries(document: Document) -> set[str]:
    """Countries of the cities in datelines."""
    found = set()
    for item in document.furniture:
        if item.kind != "dateline":
            continue
        text = document.article.text[item.span.start : item.span.end]
        city = cities().get(re.split(r"[,/(–—-]", text.strip())[0].strip().lower())
        if city is not None:
            found.add(city.country)
    return found
