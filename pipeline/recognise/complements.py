"""What follows the head of a title: "of Foreign Affairs", "for Yemen", "of the Consular Department"."""

from __future__ import annotations

from pipeline.data import fold
from pipeline.lookup.gazetteer import Known
from pipeline.lookup.words import Words
from pipeline.recognise.heads import head_label
from pipeline.recognise.lexicon import common_words, given_names, glue
from pipeline.recognise.phrases import phrase_end
from pipeline.recognise.title_grammar import grammar, match_phrase


def complement_end(
    words: Words, j: int, head: str, known: Known, dates: set[int], *, general: bool, capital: bool
) -> int:
    """The end of the complement that begins at token j; j when there is none.

    `head` is the title's noun; `general` tells "Secretary General" and the like, which take no
    field of office; `capital` tells titles written with a capital.
    """
    rules = grammar()
    k = _opening(words, j)
    if k >= len(words) or k in dates:
        return j
    of = words.lower[j] == "of"
    if of and not general and head in rules.organ_heads and (end := _organ(words, k)) > k:
        return j if words.lower[k] == "republic" and words.lower[end : end + 1] == ["of"] else end
    if of and head in rules.unit_heads and (end := _unit(words, k, known)) > k:
        return end

    def closed(m: int) -> bool:
        begins = m > k and words.lower[m] in rules.heads and words.lower[m - 1] in ("and", ",", "&")
        address = words.lower[m] in rules.honorifics and words.lower[m] not in rules.portfolios
        return m in dates or address or begins

    hit = known.at.get(k)
    if hit is not None:
        place = hit.kind in ("country", "region") and head in rules.territorial
        if of or not (place or hit.kind == "nationality"):
            return j
        end = phrase_end(words, k, known, stop=closed, places=True)
        return end if end > k else j
    if head not in rules.field_heads or (general and of):
        return j
    if not words.capital[k]:
        end = k if capital else _lower_field(words, k)
        return end if end > k else j
    if not _names_a_field(words, k):
        return j
    end = phrase_end(words, k, known, stop=closed, places=False, links=frozenset(("of",)))
    if end == k:
        return j
    if words.lower[end : end + 1] == ["between"] and (sides := _sides(words, end + 1, known)) is not None:
        return sides
    if of and words.lower[end : end + 1] == ["for"]:
        return complement_end(words, end, head, known, dates, general=general, capital=capital)
    return end


def _opening(words: Words, j: int) -> int:
    """The token after "of the", "for", "in charge of" at token j; past the end when there is no such."""
    if words.lower[j : j + 3] == ["in", "charge", "of"]:
        return words.after_the(j + 3)
    if j < len(words) - 1 and words.lower[j] in ("of", "for", "on"):
        return words.after_the(j + 1)
    return len(words)


def _sides(words: Words, k: int, known: Known) -> int | None:
    """The end of two places that "and" joins at token k ("the Dialogue between Belgrade and Pristina")."""
    one = known.at.get(words.after_the(k))
    if one is None or words.lower[one.j : one.j + 1] != ["and"]:
        return None
    other = known.at.get(words.after_the(one.j + 1))
    return other.j if other is not None and other.kind == one.kind else None


def _organ(words: Words, k: int) -> int:
    """The end of the name of a state's body at token k; k when there is none."""
    for phrase in grammar().organs.get(words.lower[k], []):
        end = match_phrase(words, k, phrase)
        if end > k and not _goes_on_to_a_body(words, end):
            return end
    return k


def _goes_on_to_a_body(words: Words, k: int) -> bool:
    """Whether the capitalised words from token k on close another body's name ("Senate" "Finance Committee")."""
    for m in range(k, min(k + 4, len(words))):
        if not words.capital[m]:
            return False
        if head_label(words.lower[m]) == "organization":
            return True
    return False


def _names_a_field(words: Words, k: int) -> bool:
    """Whether the capitalised words from token k on name a field of office."""
    fields = grammar().portfolios
    if words.lower[k] in fields:
        return True
    if head_label(words.lower[k]) == "organization":
        return False
    if words.lower[k] in common_words():
        return fold(words.text[k]) not in given_names()
    for m in range(k, min(k + 4, len(words))):
        if not words.capital[m]:
            return False
        if words.lower[m] in fields:
            return True
    return False


def _lower_field(words: Words, k: int) -> int:
    """The end of a field of office in lower case at token k; k when there is none."""
    fields, n = grammar().portfolios, len(words)
    while k < n and words.lower[k] in fields and not words.capital[k]:
        k += 1
        if k < n - 1 and words.lower[k] == "and" and words.lower[k + 1] in fields:
            k += 1
    return k


def _unit(words: Words, k: int, known: Known) -> int:
    """The end of the name of a unit inside a body ("Consular Department") at token k; k when there is none."""
    rules = grammar()
    m = end = k
    while m < min(len(words), k + 10):
        word, hit = words.lower[m], known.at.get(m)
        if word in rules.units and m > k:
            end = m + 1
        elif hit is not None:
            if hit.kind == "organization":
                break
            m = hit.j
            continue
        elif not (word in rules.portfolios or word in rules.modifiers or word in glue("unit_joints")):
            break
        m += 1
    return k if words.lower[end : end + 1] == ["for"] and words.capital[k] else end
