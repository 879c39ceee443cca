"""Where a capitalised phrase ends: the grammar that titles and names of bodies share."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.lookup.gazetteer import Hit, Known
from pipeline.lookup.words import Words
from pipeline.recognise.lexicon import always_capital, common_words, fields, glue

LINKS = frozenset(("of", "for", "on"))


def is_name_word(words: Words, i: int) -> bool:
    """Whether the token can be part of a capitalised phrase."""
    return words.capital[i] and not words.doc[i].is_space


def is_common(words: Words, i: int) -> bool:
    """Whether the token is an ordinary word, with or without a capital."""
    word = words.lower[i]
    return word in common_words() or word in fields() or word in always_capital()


def phrase_end(
    words: Words,
    i: int,
    known: Known,
    *,
    stop: Callable[[int], bool],
    places: bool,
    links: frozenset[str] = LINKS,
) -> int:
    """The end of the capitalised phrase that begins at token i, i itself when there is none.

    Goes on over "and", commas of a list, hyphens and the linking prepositions. After an ordinary
    word an unknown one ends the phrase: there a person's name begins. `stop` says at which token
    another phrase begins. With `places` false a country, people, city or region ends the phrase.
    """
    j, n = i, len(words)
    settled = False  # an ordinary word has been seen since the last link
    while j < n:
        k = _next_word(words, j, known, stop, links) if j > i else words.after_the(j)
        if k is None or k >= n or stop(k):
            break
        if j > i and not is_name_word(words, j):
            settled = False
        hit = _place_at(words, k, known)
        if hit is not None:
            if not places and hit.kind != "organization":
                break
            j, settled = hit.j, True
            continue
        glued = k > j and words.hyphenated(k - 1) and words.text[k].isalpha()
        if not (is_name_word(words, k) or glued) or (settled and not is_common(words, k)):
            break
        settled = settled or is_common(words, k)
        j = k + 1
    return j


def _place_at(words: Words, k: int, known: Known) -> Hit | None:
    """The known name at token k, unless it is one word of a field of office ("Commonwealth")."""
    hit = known.at.get(k)
    return None if hit is not None and hit.j == k + 1 and words.lower[k] in fields() else hit


def _next_word(words: Words, j: int, known: Known, stop: Callable[[int], bool], links: frozenset[str]) -> int | None:
    """The token of the phrase that follows what joins it at token j; None when the phrase ends at j."""
    joint = words.lower[j]
    if words.hyphenated(j):
        return j + 1
    if joint in glue("and") or joint == ",":
        if not _goes_on(words, j, known, stop):
            return None
        return j + 2 if joint == "," and words.lower[j + 1] in glue("and") else j + 1
    if joint in links:
        return words.after_the(j + 1)
    if joint == "'s" and j + 1 < len(words) and is_name_word(words, j + 1):
        return j + 1
    return j


def _goes_on(words: Words, j: int, known: Known, stop: Callable[[int], bool]) -> bool:
    """Whether "and" or a comma at token j joins two parts of one capitalised phrase."""
    n = len(words)
    k = j + 1
    if words.lower[j] == ",":
        if k >= n or words.lower[k] not in glue("and"):
            return _list_closes(words, k, known, stop)
        k += 1
    if k >= n or not is_name_word(words, k) or stop(k):
        return False
    hit = _place_at(words, k, known)
    if hit is None:
        return is_common(words, k) and (is_common(words, j - 1) or words.lower[j - 1] == ")")
    if hit.kind in ("nationality", "region") and hit.j < n and words.capital[hit.j] and is_common(words, hit.j):
        return True
    before = known.until.get(j)
    return before is not None and before.kind == hit.kind


def _list_closes(words: Words, k: int, known: Known, stop: Callable[[int], bool]) -> bool:
    """Whether ordinary words in capitals from token k on go on to an "and" and one more of them."""
    n, m = len(words), k
    while m < min(n, k + 11) and (is_name_word(words, m) or words.text[m] == "," or words.hyphenated(m)):
        if _place_at(words, m, known) is not None or stop(m):
            return False
        m += 1
    if m >= n - 1 or words.lower[m] not in glue("and"):
        return False
    return all(is_name_word(words, x) and is_common(words, x) for x in (k, m + 1))
