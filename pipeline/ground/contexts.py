"""What an event is about: PLOVER contexts by the words of its evidence.

A weighted lexicon of words and phrases (data/contexts.toml); each entry counts once. What diplomats do
is `diplomatic` by its type.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.data import table

_WORD = re.compile(r"\w+(?:['-]\w+)*")
_STRONG, _WEAK, _ENOUGH = 2, 1, 2
_MOST, _RATIO = 2, 0.5  # contexts from words at most; share of the best score that the second needs
_STEM = 3  # no stem of the lexicon is shorter


class _Entry(NamedTuple):
    words: tuple[str, ...]  # a word that ends in * stands for all that begin so
    context: str
    weight: int


def contexts(text: str, *, type: str, mode: str | None) -> tuple[str, ...]:
    """Sorted contexts of an event of a type and mode, from the text of its evidence.

    The sentences that name the event tell it best; whole paragraphs bring in other matters. At most
    two contexts come from words; without any, the type has its usual one.
    """
    words = _WORD.findall(text.lower().replace("’", "'"))
    scores: dict[str, int] = defaultdict(int)
    for entry in set(_entries_in(words)):
        scores[entry.context] += entry.weight
    ranked = sorted(scores, key=lambda context: (-scores[context], context))[:_MOST]
    found = {context for context in ranked if scores[context] >= max(_ENOUGH, scores[ranked[0]] * _RATIO)}
    rules = table("contexts")["rules"]
    keys = (f"{type}/{mode}", type)
    if not found:
        found.add(next((rules["alone"][key] for key in keys if key in rules["alone"]), rules["default"]))
    if any(key in rules["diplomatic"] for key in keys):
        found.add("diplomatic")
    return tuple(sorted(found))


def _entries_in(words: Sequence[str]) -> Iterator[_Entry]:
    index = _index()
    for i, word in enumerate(words):
        for start in (word, *(word[:n] + "*" for n in range(_STEM, len(word) + 1))):
            for entry in index.get(start, ()):
                rest = words[i + 1 : i + len(entry.words)]
                if len(rest) == len(entry.words) - 1 and all(map(_matches, entry.words[1:], rest)):
                    yield entry


def _matches(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@cache
def _index() -> dict[str, list[_Entry]]:
    """The lexicon's entries by their first word."""
    found: dict[str, list[_Entry]] = defaultdict(list)
    lexicon = {name: lists for name, lists in table("contexts").items() if name != "rules"}
    for context, lists in lexicon.items():
        for weight, phrases in ((_STRONG, lists["strong"]), (_WEAK, lists["weak"])):
            for phrase in phrases:
                words = tuple(phrase.split())
                found[words[0]].append(_Entry(words, context, weight))
    return dict(found)
