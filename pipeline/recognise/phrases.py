"""Where a capitalised phrase ends: the grammar that titles and names of bodies share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pipeline.data import table, titles
from pipeline.recognise.gazetteer import Hit, common_words
from pipeline.recognise.words import Words

_AND = {"and", "&"}
_LINKS = {"of", "for", "on"}


def is_name_word(words: Words, i: int) -> bool:
    """Whether the token can be part of a capitalised phrase."""
    return words.capital[i] and not words.doc[i].is_space


def hyphenated(words: Words, i: int) -> bool:
    """Whether token i is a hyphen that glues its neighbours into one word."""
    return (
        words.text[i] in ("-", "–", "/")
        and 0 < i < len(words) - 1
        and words.glued[i]
        and words.glued[i + 1]
    )


def complement(
    words: Words,
    i: int,
    hits: dict[int, Hit],
    *,
    stop: Callable[[int], bool],
    places: bool,
    links: frozenset[str] = frozenset(_LINKS),
) -> int:
    """The end of the capitalised phrase that begins at token i (i itself when there is none).

    Goes on over "and", "&", commas of a list, hyphens and linking prepositions. `stop` says at
    which token another phrase begins. With `places` false a known country, people, city or region
    ends the phrase.
    """
    j, n = i, len(words)
    settled = False
    while j < n:
        k = j
        if j > i:
            joint = words.lower[j]
            if not is_name_word(words, j):
                settled = False
            if hyphenated(words, j):
                k = j + 1
            elif joint in _AND or joint == ",":
                if not _goes_on(words, j, hits, stop):
                    break
                k = j + 2 if joint == "," and words.lower[j + 1] in _AND else j + 1
            elif joint in links:
                k = j + 1
                if k < n and words.lower[k] == "the":
                    k += 1
            elif joint == "'s" and j + 1 < n and is_name_word(words, j + 1) and not stop(j + 1):
                k = j + 1
        elif words.lower[j] == "the":
            k = j + 1
        if k >= n or stop(k):
            break
        hit = hits.get(k)
        if hit is not None:
            if not places and hit.kind != "organization":
                break
            j = hit.j
            settled = True
        elif settled and is_name_word(words, k) and not _common(words, k):
            break
        elif is_name_word(words, k) or (k > j and hyphenated(words, k - 1) and words.text[k].isalpha()):
            settled = settled or _common(words, k)
            j = k + 1
        else:
            break
    return j


def _goes_on(words: Words, j: int, hits: dict[int, Hit], stop: Callable[[int], bool]) -> bool:
    """Whether "and" or a comma at token j joins two parts of one capitalised phrase."""
    n = len(words)
    k = j + 1
    if words.lower[j] == ",":
        if k < n and words.lower[k] in _AND:
            k += 1
        else:  # a comma alone goes on only when an "and" closes the list
            m = k
            while m < n and m - j < 12 and (is_name_word(words, m) or words.text[m] == "," or hyphenated(words, m)):
                if m in hits or stop(m):
                    return False
                m += 1
            if m >= n - 1 or words.lower[m] not in _AND:
                return False
            return is_name_word(words, k) and _common(words, k) and is_name_word(words, m + 1) and _common(words, m + 1)
    if k >= n or not is_name_word(words, k) or stop(k):
        return False
    hit = hits.get(k)
    before = j - 1
    if hit is not None and hit.kind in ("nationality", "region") and hit.j < n and words.capital[hit.j] and _common(words, hit.j):
        return True
    if hit is not None:
        return any(h.j == j and h.kind == hit.kind for h in (hits.get(m) for m in range(max(0, j - 6), j)) if h)
    return _common(words, k) and (_common(words, before) or words.lower[before] == ")")


def _common(words: Words, i: int) -> bool:
    return words.lower[i] in common_words() or words.lower[i] in _fields()


@cache
def _fields() -> frozenset[str]:
    """Words of fields of office and adjectives that are always capitalised."""
    return frozenset(titles()["portfolios"]) | frozenset(table("names")["capitalised"])
