"""Folding of names: spellings of one name that differ only in diacritics, case and marks become equal."""

from __future__ import annotations

import functools
import re

from pipeline import data
from pipeline.data import table

_WORD = re.compile(r"\w+")


@functools.lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """`pipeline.data.fold` without apostrophes and punctuation, words joined by a blank."""
    return " ".join(_WORD.findall(data.fold(name).replace("'", "").replace("_", " ")))


@functools.lru_cache(maxsize=1 << 12)
def skeleton(word: str) -> str:
    """What stays of a folded word when spellings that stand for one sound are made equal."""
    for old, new in table("folding")["skeleton"]["replace"]:
        word = word.replace(old, new)
    kept = [c for i, c in enumerate(word) if i == 0 or c != word[i - 1]]
    return "".join(kept)


@functools.lru_cache(maxsize=1 << 12)
def name_words(name: str) -> tuple[str, ...]:
    """The skeletons of a person name's words, particles (bin, al, van …) left out unless alone."""
    words = fold(name).split()
    particles = table("folding")["skeleton"]["particles"]
    return tuple(skeleton(w) for w in words if w not in particles) or tuple(map(skeleton, words))
