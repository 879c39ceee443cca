"""Sectors of participants: PLOVER primary sector codes by titles and organisation names.

Codes as in the PLOVER manual (chapter Actor and Sector Codes): GOV, JUD, LEG, MIL, COP, OPP, PTY, REB,
SPY, ELI, BUS, EDU, MED (health), LAB, JRN (news media), REL, SOC; and for organisations IGO and NGO.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from pipeline.data import organisations, table

_OWN_KIND = frozenset({"MIL", "COP", "SPY", "JUD", "LEG", "REL", "JRN", "OPP"})


def sector(kind: str, name: str, titles: Sequence[str], organisation: str | None) -> str | None:
    """The sector code of a person, organisation or country, or None when nothing tells.

    `titles` are a person's offices, `organisation` the one he or she holds them in when it is no state.
    A title of its own kind (general, judge, speaker) goes before the organisation, and this before a
    title that many kinds of organisations have (president, secretary, managing director).
    """
    if kind == "country":
        return "GOV"
    if kind == "organization":
        return _of_organisation(name)
    if kind != "person":
        return None
    own = [code for title in titles if (code := _first("titles", title)) is not None]
    special = next((code for code in own if code in _OWN_KIND), None)
    if special is not None:
        return special
    inherited = _of_organisation(organisation) if organisation is not None else None
    return inherited or next(iter(own), None)


def _of_organisation(name: str) -> str | None:
    code = _first("organisations", name)
    if code in (None, "GOV", "SOC"):
        known = organisations().get(name)
        if known is not None and known.country is None:
            return "IGO"
    return code


@lru_cache(maxsize=8192)
def _first(group: str, words: str) -> str | None:
    """The first code, in order of precedence, one of whose phrases is in the words."""
    text = words.lower().replace("’", "'")
    return next((code for code, pattern in _patterns(group).items() if pattern.search(text)), None)


@cache
def _patterns(group: str) -> Mapping[str, re.Pattern[str]]:
    return {
        code: re.compile(r"(?<!\w)(?:" + "|".join(re.escape(p).replace(r"\*", r"\w*") for p in phrases) + r")(?!\w)")
        for code, phrases in table("sectors")[group].items()
    }
