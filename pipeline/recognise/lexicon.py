"""Word lists as the recognisers ask for them."""

from __future__ import annotations

from functools import cache

from pipeline.data import fold, table, titles, words


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


@cache
def always_capital() -> frozenset[str]:
    """Lower-case forms of words that always have a capital and name no one ("Islamic", "Facebook")."""
    return frozenset(table("names")["capitalised"])


@cache
def fields() -> frozenset[str]:
    """Lower-case words of fields of office ("foreign", "trade")."""
    return frozenset(titles()["portfolios"])


@cache
def glue(name: str) -> frozenset[str]:
    """The small words that glue.toml lists under this name."""
    return frozenset(table("glue")[name])


def is_plain(word: str) -> bool:
    """Whether a token's text is a common word and no given name."""
    return word.lower() in common_words() and fold(word) not in given_names()
