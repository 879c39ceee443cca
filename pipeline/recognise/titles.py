"""Titles of office: modifiers, a head and a complement, without country and name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.data import fold, table, titles
from pipeline.recognise.gazetteer import Hit, common_words, given_names
from pipeline.recognise.headed import head_label
from pipeline.recognise.phrases import complement, hyphenated
from pipeline.recognise.words import Words


class Title(NamedTuple):
    """Tokens of a title and its head noun in the singular.

    `capital` tells titles written with a capital, `weak` heads that are a title only next to a
    name, `bare` heads without modifier and complement, `plural` heads in the plural.
    """

    i: int
    j: int
    head: str
    capital: bool
    weak: bool
    bare: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class _Grammar:
    heads: dict[str, str]
    fixed: dict[str, list[tuple[str, ...]]]
    modifiers: frozenset[str]
    portfolios: frozenset[str]
    capital_only: frozenset[str]
    weak: frozenset[str]
    territorial: frozenset[str]
    organs: dict[str, list[tuple[str, ...]]]
    organ_heads: frozenset[str]
    units: frozenset[str]
    unit_heads: frozenset[str]
    field_heads: frozenset[str]
    ranks: frozenset[str]
    verbs: frozenset[str]
    honorifics: frozenset[str]


def _by_first(phrases: list[str]) -> dict[str, list[tuple[str, ...]]]:
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        parts = tuple(phrase.split())
        index.setdefault(parts[0], []).append(parts)
    for found in index.values():
        found.sort(key=len, reverse=True)
    return index


def _plural(head: str) -> str:
    if head.endswith("man"):
        return head[:-3] + "men"
    return head[:-1] + "ies" if head.endswith("ry") else head + "s"


@cache
def _grammar() -> _Grammar:
    data = titles()
    heads: dict[str, str] = {}
    for head in data["heads"]:
        heads[head] = heads[_plural(head)] = head
    return _Grammar(
        heads=heads,
        fixed=_by_first(data["fixed"]),
        modifiers=frozenset(data["modifiers"]),
        portfolios=frozenset(data["portfolios"]),
        capital_only=frozenset(data["capital_only"]),
        weak=frozenset(data["weak"]),
        territorial=frozenset(data["territorial"]),
        organs=_by_first(data["organs"]),
        organ_heads=frozenset(data["organ_heads"]),
        units=frozenset(data["units"]),
        unit_heads=frozenset(data["unit_heads"]),
        field_heads=frozenset(data["field_heads"]),
        ranks=frozenset(data["ranks"]),
        verbs=frozenset(data["verbs"]),
        honorifics=frozenset(data["honorifics"]),
    )


def is_honorific(words: Words, i: int) -> bool:
    """Whether the token is a form of address or rank such as "Mr", "Dr" or "Gen."."""
    return words.capital[i] and words.lower[i] in _grammar().honorifics


def _match(words: Words, i: int, phrase: tuple[str, ...]) -> int:
    """The end of the phrase at token i, hyphens between its words allowed; i when it is not there."""
    j = i
    for part in phrase:
        if j > i and j < len(words) and hyphenated(words, j) and part != "-":
            j += 1
        if j >= len(words):
            return i
        word = fold(words.text[j])
        if word != fold(part):
            rest = part.split("'")  # "d'affaires" may be one token or two
            if len(rest) == 2 and j + 1 < len(words) and word + fold(words.text[j + 1]) == fold(part):
                j += 2
                continue
            if not (part == phrase[-1] and word == fold(part) + "s") and not (
                part == phrase[0] and word == fold(part) + "s"
            ):
                return i
        j += 1
    return j


def find_titles(words: Words, hits: dict[int, Hit], stop: set[int]) -> list[Title]:
    """All titles from left to right; none overlap. `stop` are tokens of dates."""
    names = {k for hit in hits.values() if hit.j - hit.i > 1 for k in range(hit.i, hit.j)} | stop
    grammar = _grammar()
    found: list[Title] = []
    i, low = 0, 0
    n = len(words)
    while i < n:
        j, head, general = (i, "", False) if i in names else _heads(words, i, names, grammar)
        if j == i or (j < n and words.lower[j] in _SON_OF):
            i += 1
            continue
        start = _modifiers(words, i, low, hits, names, grammar)
        capital = words.capital[j - 1] or words.capital[start]
        tail = _suffix(words, j)
        end = _complement(words, tail, head, general, capital, hits, stop, grammar)
        bare = end - start == 1
        rank = bare and head in grammar.ranks and j < n and words.capital[j]
        clock = bare and words.lower[i] == "pm" and i > 0 and words.text[i - 1][0].isdigit()
        if not rank and not clock and not (bare and head in grammar.capital_only and not words.capital[i]):
            plural = words.lower[j - 1] != head and words.lower[j - 1].endswith(("s", "men"))
            found.append(Title(start, end, head, capital, bare and head in grammar.weak, bare, plural))
            low = end
        i = max(end, i + 1)
    return [title for title in found if not _inside_a_body(words, title)]


_SON_OF = frozenset(("bin", "ibn", "bint"))


def _inside_a_body(words: Words, title: Title) -> bool:
    """Whether the title is a part of a body's name: "Council of Foreign Ministers", "Prime Minister's Office"."""
    i, j = title.i, title.j
    k = i - 1 if i and words.lower[i - 1] == "the" else i
    if k > 1 and words.lower[k - 1] == "of" and words.capital[k - 2] and words.lower[k - 2] in table("heads")["organization"]["offices"]:
        return True
    if title.capital and k > 1 and words.lower[k - 1] in ("of", "for") and (title.plural or title.head == "justice"):
        return words.capital[k - 2] and head_label(words.lower[k - 2]) == "organization"
    if title.capital and j + 1 < len(words) and words.lower[j] == "'s" and words.capital[j + 1]:
        return head_label(words.lower[j + 1]) == "organization"
    return False


def _heads(words: Words, i: int, stop: set[int], grammar: _Grammar) -> tuple[int, str, bool]:
    """End, singular noun and whether it is a "… General" of the title head at token i; the end is i
    when there is none. "Deputy" goes on to "Deputy Prime Minister"."""
    j, head, general = _head(words, i, grammar)
    n = len(words)
    while j > i and head in grammar.modifiers and not general:
        k = j + 1 if j < n and hyphenated(words, j) else j
        while k < n and k not in stop and words.capital[k] == words.capital[i]:
            word = words.lower[k]
            end, later, is_general = _head(words, k, grammar)
            if end > k:
                break
            field = word in grammar.portfolios or word in grammar.modifiers
            if not field and not (word in ("and", "&", ",") and k > j and words.lower[k - 1] in grammar.portfolios):
                return j, head, general
            k += 1
        else:
            while k < n and words.lower[k] in ("and", "&"):
                k += 1
            end, later, is_general = (k, "", False) if k >= n or k in stop else _head(words, k, grammar)
        if end == k or later == "general":
            return j, head, general
        j, head, general = end, later, is_general
    return j, head, general


def _head(words: Words, i: int, grammar: _Grammar) -> tuple[int, str, bool]:
    word = words.lower[i]
    if word in grammar.verbs and words.pos[i] in ("VERB", "AUX"):
        return i, "", False
    for phrase in grammar.fixed.get(word, []) or grammar.fixed.get(word.removesuffix("s"), []):
        j = _match(words, i, phrase)
        if j == i or (words.pos[j - 1] == "VERB" and phrase[0] == "co"):
            continue
        if phrase[-1] == "state" and words.capital[j - 1] and j < len(words) and words.capital[j]:
            continue  # "Head of the State Protocol Department"
        noun = next((part for part in phrase if part in grammar.heads), phrase[-1])
        return j, grammar.heads.get(noun, noun), phrase[-1] == "general"
    if word in grammar.heads:
        return i + 1, grammar.heads[word], False
    return i, "", False


def _modifiers(
    words: Words, i: int, low: int, hits: dict[int, Hit], stop: set[int], grammar: _Grammar
) -> int:
    """The first token of the modifiers that stand before the head at token i."""
    start = i
    capital = words.capital[i]
    k = i - 1
    while k >= low and k not in stop:
        word = words.lower[k]
        if hyphenated(words, k) and start == k + 1:
            if words.lower[k - 1] not in grammar.modifiers and words.lower[k - 1] != "non":
                break
            start = k - 1
            k -= 2
            continue
        fits = words.capital[k] == capital or not capital or word in _LOWER
        if word in grammar.modifiers and fits:
            start = k
        elif word in grammar.portfolios and fits and k not in hits:
            start = k
        elif word in ("and", "&", ",") and start == k + 1 and k - 1 >= low and words.lower[start] in grammar.portfolios:
            before = words.lower[k - 1]
            if before not in grammar.portfolios or words.capital[k - 1] != words.capital[start]:
                break
            k -= 1
            start = k
        elif start == i and not capital and words.pos[k] == "NOUN" and _compound(words, k, i) and k not in hits:
            start = k
        else:
            break
        k -= 1
    if start > 1 and words.lower[start - 1] in ("of", "for") and head_label(words.lower[start - 2]) == "organization":
        while start < i and (words.lower[start] in grammar.portfolios or words.lower[start] in ("and", "&", ",")):
            start += 1  # "Ministry of Foreign Affairs Director General"
    return start


_LOWER = frozenset(("acting", "deputy", "caretaker", "interim", "outgoing", "first", "vice", "non"))


def _compound(words: Words, k: int, i: int) -> bool:
    token = words.doc[k]
    return token.dep_ in ("compound", "amod") and token.head.i == i and not words.capital[k] and len(token) > 2


def _suffix(words: Words, j: int) -> int:
    """The end of "General", "-designate", "ad interim" and the like after a head."""
    n = len(words)
    for phrase in (("ad", "interim"), ("a.i",), ("a.i.",), ("designate",), ("elect",), ("at", "large")):
        k = j + 1 if j < n and hyphenated(words, j) else j
        end = _match(words, k, phrase)
        if end > k:
            return end
    return j


def _complement(
    words: Words,
    j: int,
    head: str,
    general: bool,
    capital: bool,
    hits: dict[int, Hit],
    stop: set[int],
    grammar: _Grammar,
) -> int:
    """The end of the title with its complement; j when it has none."""
    n = len(words)
    if j >= n - 1:
        return j
    word = words.lower[j]
    if words.lower[j : j + 3] == ["in", "charge", "of"]:
        k = j + 3
    elif word in ("of", "for", "on"):
        k = j + 1
    else:
        return j
    if k < n and words.lower[k] == "the":
        k += 1
    if k >= n or k in stop:
        return j
    if word == "of" and head in grammar.organ_heads and not general:
        end = _organ(words, k, grammar)
        if end > k:
            return j if words.lower[k] == "republic" and words.lower[end : end + 1] == ["of"] else end
    if word == "of" and head in grammar.unit_heads:
        end = _unit(words, k, hits, grammar)
        if end > k:
            return end

    def closed(m: int) -> bool:
        begins = words.lower[m] in grammar.heads and words.lower[m - 1] in ("and", ",", "&")
        return m in stop or words.lower[m] in grammar.honorifics or (begins and m > k)

    hit = hits.get(k)
    if hit is not None:
        if word == "of" or head not in grammar.territorial or hit.kind not in ("country", "region"):
            if hit.kind != "nationality" or word == "of":
                return j
        return complement(words, k, hits, stop=closed, places=True)
    if head not in grammar.field_heads or (general and word == "of"):
        return j
    if not words.capital[k]:
        end = k if capital else _lower_field(words, k, grammar)
        return end if end > k else j
    if not _names_a_field(words, k, grammar):
        return j
    end = complement(words, k, hits, stop=closed, places=False, links=frozenset(("of",)))
    if word == "of" and end > k and words.lower[end : end + 1] == ["for"]:
        return _complement(words, end, head, general, capital, hits, stop, grammar)
    return end


def _organ(words: Words, k: int, grammar: _Grammar) -> int:
    """The end of the name of a state's body at token k, with a committee of it; k when there is none."""
    for phrase in grammar.organs.get(words.lower[k], []):
        end = _match(words, k, phrase)
        if end > k:
            return end
    return k


def _names_a_field(words: Words, k: int, grammar: _Grammar) -> bool:
    """Whether the capitalised words from token k on name a field of office."""
    if head_label(words.lower[k]) == "organization" and words.lower[k] not in grammar.portfolios:
        return False
    if words.lower[k] in grammar.portfolios or words.lower[k] in common_words():
        return fold(words.text[k]) not in given_names() or words.lower[k] in grammar.portfolios
    for m in range(k, min(k + 4, len(words))):
        if not words.capital[m]:
            return False
        if words.lower[m] in grammar.portfolios:
            return True
    return False


def _lower_field(words: Words, k: int, grammar: _Grammar) -> int:
    """The end of a field of office in lower case at token k."""
    n = len(words)
    while k < n and words.lower[k] in grammar.portfolios and not words.capital[k]:
        k += 1
        if k < n - 1 and words.lower[k] == "and" and words.lower[k + 1] in grammar.portfolios:
            k += 1
    return k


def _unit(words: Words, k: int, hits: dict[int, Hit], grammar: _Grammar) -> int:
    """The end of the name of a unit inside a body ("Consular Department") at token k, else k."""
    n = len(words)
    m = end = k
    while m < n and m - k < 10:
        word = words.lower[m]
        hit = hits.get(m)
        if word in grammar.units and m > k:
            end = m + 1
        elif hit is not None:
            if hit.kind == "organization":
                break
            m = hit.j
            continue
        elif word not in grammar.portfolios and word not in grammar.modifiers:
            if word not in ("and", "of", "the", ",", "-", "&"):
                break
        m += 1
    return end
