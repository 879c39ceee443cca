"""Forms of titles: one holder's, and which is short for which."""

from __future__ import annotations

from pipeline.data import table
from pipeline.names.fold import fold
from pipeline.relate.symbols import is_plural


def of_one_holder(text: str) -> str:
    """The title that one holder has where the text says this: no article, no plural."""
    title = text.removeprefix("the ").removeprefix("The ")
    return singular(title) if is_plural(title) else title


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
