"""What the gazetteer knows of a word: an encoder has not read the names of all cities, ministries and peoples."""

from __future__ import annotations

from pipeline.lookup.gazetteer import is_well_known, known_names
from pipeline.lookup.words import Words

KINDS = ("country", "nationality", "seat or large city", "city", "region", "organization", "facility")
UNKNOWN = 0
COUNT = 1 + 2 * len(KINDS)
"""Numbers that `known_of` gives: unknown, then beginning and inside of each of `KINDS`."""


def known_of(words: Words) -> list[int]:
    """For each word whether it begins a known name or stands inside one, and of what kind."""
    found = [UNKNOWN] * len(words)
    for hit in known_names(words):
        kind = "seat or large city" if hit.kind == "city" and is_well_known(hit) else hit.kind
        number = 1 + 2 * KINDS.index(kind)
        found[hit.i : hit.j] = [number, *[number + 1] * (hit.j - hit.i - 1)]
    return found
