"""Names that are known beforehand: countries, peoples, cities, regions, organisations and some buildings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from pipeline.data import City, cities, countries, country_names, demonyms, fold, organisations, table
from pipeline.lookup.words import Words

Kind = Literal["country", "nationality", "city", "region", "organization", "facility"]
_PIECE = re.compile(r"\w+|[^\w\s]")


class Entry(NamedTuple):
    """A known name as its folded pieces; `exact` names must stand in the text letter by letter."""

    pieces: tuple[str, ...]
    kind: Kind
    name: str
    code: str | None
    spelling: str
    exact: bool


class Hit(NamedTuple):
    """A known name in the text: characters, tokens that hold them, and what it is."""

    start: int
    end: int
    i: int
    j: int
    kind: Kind
    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """The known names of a text, by the token that begins them and by the token after."""

    hits: tuple[Hit, ...]
    at: dict[int, Hit] = field(init=False)
    until: dict[int, Hit] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", {hit.i: hit for hit in self.hits})
        object.__setattr__(self, "until", {hit.j: hit for hit in self.hits})

    def tokens(self, *, longer_than: int = 0) -> set[int]:
        """The tokens of names of more than so many tokens."""
        return {k for hit in self.hits if hit.j - hit.i > longer_than for k in range(hit.i, hit.j)}

    def code(self, i: int, j: int) -> str | None:
        """The first country that a known name between the tokens shows."""
        return next((self.at[k].code for k in range(i, j) if k in self.at and self.at[k].code), None)


@cache
def _entries() -> dict[str, list[Entry]]:
    """All known names but cities' by their first piece, the longest first; of equal names the first counts."""
    found: dict[tuple[tuple[str, ...], str], Entry] = {}
    for entry in _all_entries():
        found.setdefault((entry.pieces, entry.spelling if entry.exact else ""), entry)
    index: dict[str, list[Entry]] = {}
    for entry in found.values():
        index.setdefault(entry.pieces[0], []).append(entry)
    for entries in index.values():
        entries.sort(key=lambda entry: (-len(entry.pieces), not entry.exact))
    return index


def _all_entries() -> Iterable[Entry]:
    def entry(spelling: str, kind: Kind, name: str, code: str | None) -> Entry:
        pieces = tuple(_PIECE.findall(fold(spelling)))
        exact = " " not in spelling and sum(c.isupper() for c in spelling) > 1
        return Entry(pieces, kind, name, code, spelling, exact)

    for spelling, organisation in organisations().items():
        yield entry(spelling, "organization", organisation.name, organisation.country)
    named = countries()
    for country in named.values():
        for spelling in (country.name, country.official, *country.aliases):
            plain = re.sub("^[Tt]he ", "", spelling)
            code = country_names()[fold(plain)]
            yield entry(plain, "country", named[code].name, code)
        for spelling in country.demonyms:
            code = demonyms()[fold(spelling)]
            yield entry(spelling, "nationality", named[code].name, code)
    for region in table("places")["regions"]["names"]:
        yield entry(region, "region", region, None)
    for facility in table("heads")["facility"]["names"]:
        yield entry(facility, "facility", facility, None)


@cache
def _city_lengths() -> dict[str, int]:
    """How many pieces the names of cities have at most, by their first piece."""
    found: dict[str, int] = {}
    for name in cities():
        pieces = [name] if name.isalpha() else _PIECE.findall(name)
        found[pieces[0]] = max(len(pieces), found.get(pieces[0], 0))
    return found


def known_names(words: Words) -> list[Hit]:
    """The known names of the text from left to right, the longest where several begin; none overlap."""
    text = words.whole
    matches = list(_PIECE.finditer(text))
    folded = [fold(match.group()) for match in matches]
    index, lengths = _entries(), _city_lengths()
    hits: list[Hit] = []
    free = 0
    for k, piece in enumerate(folded):
        if k < free or (piece not in index and piece not in lengths):
            continue
        entry = _entry_at(words, matches, folded, k, index)
        if entry is None:
            continue
        start, end = matches[k].start(), matches[k + len(entry.pieces) - 1].end()
        hits.append(Hit(start, end, words.at(start), words.at(end - 1) + 1, entry.kind, entry.name, entry.code))
        free = k + len(entry.pieces)
    return hits


def _entry_at(
    words: Words, matches: list[re.Match[str]], folded: list[str], k: int, index: dict[str, list[Entry]]
) -> Entry | None:
    """The longest entry that the text has from piece k on."""
    text, start = words.whole, matches[k].start()
    if start and text[start - 1] in "@#/_.":
        return None
    best = None
    for entry in index.get(folded[k], ()):
        n = len(entry.pieces)
        if tuple(folded[k : k + n]) == entry.pieces and _spelled(text[start : matches[k + n - 1].end()], entry):
            best = entry
            break
    if (
        best is not None
        and (best.kind == "region" or (best.kind == "organization" and len(best.pieces) > 1))
        and _in_a_compound(words, words.at(start))
    ):
        best = None
    longer = len(best.pieces) if best is not None else 0
    if text[start].isupper() and _city_lengths().get(folded[k], 0) > longer:
        best = _city_at(words, matches, folded, k, longer) or best
    return best


def _city_at(words: Words, matches: list[re.Match[str]], folded: list[str], k: int, longer: int) -> Entry | None:
    """The longest name of a city from piece k on that has more pieces than `longer`."""
    start = matches[k].start()
    i = words.at(start)
    if _in_a_compound(words, i):
        return None
    for n in range(min(_city_lengths()[folded[k]], len(matches) - k), longer, -1):
        spelling = fold(words.whole[start : matches[k + n - 1].end()])
        city = cities().get(spelling)
        acronym = n == 1 and words.upper[i] and len(spelling) < 6 and not words.opens[i]
        if city is not None and not (acronym and not _is_large(city) and not words.title_case[i]):
            return Entry(tuple(folded[k : k + n]), "city", city.name, city.country, spelling, exact=False)
    return None


def _spelled(text: str, entry: Entry) -> bool:
    """Whether the text writes the name as a name: acronyms letter by letter, others with a capital."""
    if entry.exact:
        return text == entry.spelling
    if entry.kind == "nationality" and not text.isascii() and text.lower() != entry.spelling.lower():
        return False  # Germán is no German
    return text[0].isupper() or text[0].isdigit() or text == entry.spelling


def _in_a_compound(words: Words, i: int) -> bool:
    """Whether the token is the second half of a word that is no pair of places ("al-Nur", "Inter-State")."""
    if i < 2 or words.text[i - 1] != "-" or not words.glued[i - 1] or not words.glued[i]:
        return False
    first = fold(words.text[i - 2])
    return first not in country_names() and (len(first) < 4 or first not in cities())


def is_well_known(hit: Hit) -> bool:
    """Whether a city is a seat of government or one of the largest."""
    city = cities().get(fold(hit.name))
    return (city is not None and _is_large(city)) or is_seat(hit.name, hit.code)


def _is_large(city: City) -> bool:
    return city.population >= int(table("places")["cities"]["well_known_from"])


def is_seat(city: str, country: str | None) -> bool:
    """Whether a city is a seat of government of the country, an ISO3 code."""
    return country is not None and any(city in seat for seat in countries()[country].seats)
