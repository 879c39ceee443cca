"""Names that are known beforehand: countries, peoples, cities, regions and organisations."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from pipeline.data import cities, countries, country_names, demonyms, fold, organisations, table, words
from pipeline.recognise.words import Words

Kind = Literal["country", "nationality", "city", "region", "organization"]
_PIECE = re.compile(r"\w+|[^\w\s]")


class Entry(NamedTuple):
    """A known name as its folded pieces; `exact` names must stand in the text letter by letter."""

    pieces: tuple[str, ...]
    kind: Kind
    name: str
    code: str | None
    spelling: str
    exact: str | None


class Hit(NamedTuple):
    """A known name in the text: characters, tokens that hold them, and what it is."""

    start: int
    end: int
    i: int
    j: int
    kind: Kind
    name: str
    code: str | None


def pieces(text: str) -> list[str]:
    """Words and single punctuation marks of a text, folded."""
    return _PIECE.findall(fold(text))


@cache
def _entries() -> dict[str, list[Entry]]:
    """All known names by their first piece, the longest first."""
    found: dict[tuple[tuple[str, ...], str | None], Entry] = {}

    def add(spelling: str, kind: Kind, name: str, code: str | None) -> None:
        exact = spelling if sum(c.isupper() for c in spelling) > 1 and " " not in spelling else None
        parts = tuple(pieces(spelling))
        found.setdefault((parts, exact), Entry(parts, kind, name, code, spelling, exact))

    for spelling, organisation in organisations().items():
        add(spelling, "organization", organisation.name, organisation.country)
    named = countries()
    for country in named.values():
        for spelling in (country.name, country.official, *country.aliases):
            code = country_names()[fold(spelling).removeprefix("the ")]
            add(re.sub("^The ", "", spelling), "country", named[code].name, code)
        for spelling in country.demonyms:
            code = demonyms()[fold(spelling)]
            add(spelling, "nationality", named[code].name, code)
    for region in table("places")["regions"]["names"]:
        add(region, "region", region, None)
    for spelling, city in cities().items():
        parts = tuple(pieces(spelling))
        found.setdefault((parts, None), Entry(parts, "city", city.name, city.country, spelling, None))
    index: dict[str, list[Entry]] = {}
    for entry in found.values():
        index.setdefault(entry.pieces[0], []).append(entry)
    for entries in index.values():
        entries.sort(key=lambda entry: (-len(entry.pieces), entry.exact is None))
    return index


def known_names(article: Words) -> list[Hit]:
    """The known names of the text from left to right, the longest where several begin; none overlap."""
    text = article.doc.text
    matches = list(_PIECE.finditer(text))
    folded = [fold(match.group()) for match in matches]
    index = _entries()
    hits: list[Hit] = []
    k = 0
    while k < len(matches):
        entries = index.get(folded[k])
        first = matches[k].start()
        hit = None
        if entries is not None and (text[first].isupper() or text[first].isdigit() or text[first] in "asno"):
            for entry in entries:
                n = len(entry.pieces)
                if tuple(folded[k : k + n]) != entry.pieces:
                    continue
                end = matches[k + n - 1].end()
                if not _spelled(text[first:end], entry) or (first and text[first - 1] in "@#/_."):
                    continue
                i = article.at(first)
                if entry.kind in ("city", "region") and _in_compound(article, i, article.at(end - 1) + 1):
                    continue
                hit = Hit(first, end, i, article.at(end - 1) + 1, entry.kind, entry.name, entry.code)
                hits.append(hit)
                k += n
                break
        if hit is None:
            k += 1
    return hits


def _in_compound(words: Words, i: int, j: int) -> bool:
    """Whether the tokens are a part of a hyphenated surname ("al-Nur", "Uribe-Mosquera")."""
    before = i > 1 and words.text[i - 1] == "-" and words.glued[i - 1] and words.glued[i]
    return before and (len(words.text[i - 2]) < 4 or fold(words.text[i - 2]) not in cities()) and (
        fold(words.text[i - 2]) not in country_names()
    )


def is_well_known(hit: Hit) -> bool:
    """Whether a city is a seat of government or one of the largest."""
    city = cities().get(fold(hit.name))
    large = city is not None and city.population >= table("places")["cities"]["well_known_from"]
    return large or is_seat(hit)


def is_seat(hit: Hit) -> bool:
    """Whether a city is a seat of government."""
    return hit.code is not None and any(hit.name in seat for seat in countries()[hit.code].seats)


def _spelled(text: str, entry: Entry) -> bool:
    """Whether the text writes the name as a name: acronyms letter by letter, others with a capital."""
    if entry.exact is not None:
        return text == entry.exact
    if entry.kind == "nationality" and not text.isascii() and text.lower() != entry.spelling.lower():
        return False  # Germán is no German
    return text[0].isupper() or text[0].isdigit() or text == entry.name


@cache
def common_words() -> frozenset[str]:
    """Common English words in lower case."""
    return words("words.txt")


@cache
def given_names() -> frozenset[str]:
    """Given names, folded."""
    return frozenset(fold(name) for name in words("given_names.txt"))


@cache
def surnames() -> frozenset[str]:
    """Surnames of office holders, folded."""
    return frozenset(fold(name) for name in words("surnames.txt"))
