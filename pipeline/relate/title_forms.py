"""Forms of titles: one holder's, and which is short for which."""

from __future__ import annotations

import functools

from pipeline.data import bodies, table
from pipeline.names.fold import fold
from pipeline.relate.symbols import is_plural


def of_one_holder(text: str) -> str:
    """The title that one holder has where the text says this: no article, no number, no plural."""
    title = text.removeprefix("the ").removeprefix("The ")
    number, _, rest = title.partition(" ")
    if rest and is_plural(rest) and number.lower() in table("relations")["numbers"]:
        title = rest
    return singular(title) if is_plural(title) else title


@functools.cache
def _own_bodies() -> dict[str, str]:
    """The names of bodies that tell their state, folded, with its ISO3 code."""
    return {fold(name): body.country for body in bodies() if body.country is not None for name in body.own}


@functools.lru_cache(maxsize=8192)
def body_state(title: str) -> str | None:
    """The state of the body that a title names, where the name tells it ("Deputy Speaker of the Milli Majlis")."""
    words = fold(title).split()
    spans = ((i, j) for i in range(len(words)) for j in range(len(words), i, -1))
    return next((code for i, j in spans if (code := _own_bodies().get(" ".join(words[i:j]))) is not None), None)


def singular(title: str) -> str:
    """The title one holder has, from the plural that a list has ("Foreign Ministers" → "Foreign Minister")."""
    words = title.split(" ")
    for i, word in enumerate(words):
        if word.lower() in ("of", "for", "to", "in"):
            break
        if is_plural(word):
            stem, stop = word.removesuffix("."), "." * word.endswith(".")
            words[i] = stem[:-3] + "y" if stem.endswith("ies") else stem[:-1] + stop
    return " ".join(words)


def is_part(short: str, long: str) -> bool:
    """Whether a title is the same as or a shorter form of another ("Minister" or "FM" of "Foreign Minister"), or a word
    for whoever has an office ("leader")."""
    return fold(short) in table("relations")["vague_titles"] or _office_words(short) <= _office_words(long)


def _office_words(title: str) -> set[str]:
    """The words of a title, short forms spelled out."""
    full = table("relations")["short_titles"]
    return {part for word in fold(title).split() for part in full.get(word, word).split()}
