"""Where behind a title the name of its holder may begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.data import fold
from pipeline.lookup.gazetteer import Known
from pipeline.lookup.words import Words
from pipeline.recognise.board import Board
from pipeline.recognise.lexicon import common_words, glue
from pipeline.recognise.title_grammar import is_honorific
from pipeline.recognise.titles import Title

_STEPS = 8


def names_from(board: Board, known: Known) -> dict[int, int]:
    """The ends of known and claimed names of places and bodies by their first tokens."""
    return {hit.i: hit.j for hit in known.hits} | {
        item.i: item.j for item in board.found if item.label in ("organization", "facility")
    }


def holder_starts(words: Words, title: Title, ends: Mapping[int, int], starts: Mapping[int, Title]) -> Iterator[int]:
    """The tokens at which a name may begin after forms of address, "of Kenya to France", "of the Arab
    League (AL)," or another title. `ends` is from `names_from`, `starts` are titles by first token."""
    k, passed = title.j, False
    named = title.capital or not title.bare
    for _ in range(_STEPS):
        yield k
        if k >= len(words):
            return
        joined = words.after_the(k + 1)
        if k in ends:
            k, passed = ends[k], True
        elif words.lower[k] in glue("and") and joined in starts and not (passed and joined > k + 1):
            k = starts[joined].j
        elif named and words.text[k] == "," and k + 1 in starts and starts[k + 1].capital:
            k = starts[k + 1].j
        elif words.text[k : k + 3 : 2] == ["(", ")"] and words.upper[k + 1]:
            k += 3
        elif is_honorific(words, k) or words.lower[k] in glue("after_title"):
            k += 2 if words.text[k + 1 : k + 2] == ["."] and is_honorific(words, k) else 1
        else:
            return


def behind_names(words: Words, title: Title, ends: Mapping[int, int], starts: Mapping[int, Title]) -> Iterator[int]:
    """Those of `holder_starts` that directly follow a name, a bracket or a comma, and are the first of two
    capitalised words: there even the name of a city is a person's first name."""
    closed = set(ends.values())
    for k in holder_starts(words, title, ends, starts):
        if k + 1 >= len(words) or k <= title.j or words.title_case[k]:
            continue
        free = words.capital[k] and words.capital[k + 1] and k + 1 not in ends and k not in starts
        if free and fold(words.text[k + 1]) not in common_words() and (k in closed or words.text[k - 1] in (",", ")")):
            yield k
