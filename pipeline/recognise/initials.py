"""Acronyms that are initials of what the article names: of countries and of titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.data import countries
from pipeline.lookup.gazetteer import Hit, Known
from pipeline.lookup.words import Words
from pipeline.recognise.heads import head_label
from pipeline.recognise.title_grammar import grammar
from pipeline.recognise.titles import Title

_LONGEST = 5
_CLEARLY = 2
"""How many times as often as another country with the same initials the country meant is named."""


@cache
def _state_initials() -> dict[str, str]:
    """Initials of the official names of countries by code ("RA" for the Republic of Armenia)."""
    names = ((code, country.official.split()) for code, country in countries().items())
    found = {code: "".join(word[0] for word in words if word[0].isupper()) for code, words in names}
    return {code: initials for code, initials in found.items() if len(initials) > 1}


def with_initials(words: Words, known: Known) -> Known:
    """The known names with initials that stand before an office or body ("RA Foreign Minister") and are those
    of a country that the article names, of several the one named clearly the most often."""
    tokens = known.tokens()
    places = [k for k in range(len(words) - 1) if words.upper[k] and k not in tokens and _opens_an_office(words, k + 1)]
    if not places:
        return known
    named = Counter(hit.code for hit in known.hits if hit.code and hit.kind in ("country", "nationality"))
    meant: dict[str, str] = {}
    for acronym in {words.text[k] for k in places}:
        most = [item for item in named.most_common() if _state_initials().get(item[0]) == acronym][:2]
        if most and (len(most) == 1 or most[0][1] >= _CLEARLY * most[1][1]):
            meant[acronym] = most[0][0]
    hits = [
        Hit(words.starts[k], words.ends[k], k, k + 1, "country", countries()[meant[text]].name, meant[text])
        for k, text in enumerate(words.text)
        if text in meant and k not in tokens
    ]
    return Known(tuple(sorted((*known.hits, *hits))))


def _opens_an_office(words: Words, k: int) -> bool:
    rules, word = grammar(), words.lower[k]
    known = word in rules.heads or word in rules.modifiers or word in rules.portfolios
    return not words.title_case[k] and (known or (words.capital[k] and head_label(word) == "organization"))


def initials_of_titles(words: Words, titles: Sequence[Title], known: Known) -> list[Title]:
    """Acronyms that are the initials of a title of the article ("EAM" of "External Affairs Minister")."""
    meant: dict[str, Title] = {}
    for title in titles:
        parts = [words.text[k] for k in range(title.i, title.j) if words.text[k].isalpha()]
        capitals = all(part[0].isupper() for part in parts)
        if 2 < len(parts) <= _LONGEST and capitals and not title.plural:
            meant.setdefault("".join(part[0] for part in parts), title)
    if not meant:
        return []
    taken = known.tokens() | {k for title in titles for k in range(title.i, title.j)}
    return [
        Title(k, k + 1, meant[text].head, True, False, False, False)
        for k, text in enumerate(words.text)
        if text in meant and k not in taken and words.upper[k]
    ]
