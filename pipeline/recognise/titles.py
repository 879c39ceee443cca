"""Titles of office: modifiers, a head and a complement, without country and name."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pipeline.data import fold, table
from pipeline.lookup.gazetteer import Known
from pipeline.lookup.words import Words
from pipeline.recognise.complements import complement_end
from pipeline.recognise.heads import head_label
from pipeline.recognise.lexicon import given_names, glue
from pipeline.recognise.title_grammar import grammar, match_phrase


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


class _Head(NamedTuple):
    """Where a head ends, its noun in the singular, and whether it is a "… General"."""

    end: int
    noun: str
    general: bool


def find_titles(words: Words, known: Known, dates: set[int]) -> list[Title]:
    """All titles from left to right; none overlap. `dates` are tokens of dates."""
    named = known.tokens(longer_than=1) | dates
    found: list[Title] = []
    i = low = 0
    while i < len(words):
        head = _whole_head(words, i, named) if i not in named else None
        if head is None or (head.end < len(words) and words.lower[head.end] in glue("son_of")):
            i += 1
            continue
        title = _title(words, i, head, low, known, named, dates)
        if _counts(words, i, title, found):
            if found and _serves(words, found[-1], title):
                title = found.pop()._replace(j=title.j)
            found.append(title)
            low = title.j
        i = max(title.j, i + 1)
    return [title for title in found if not _inside_a_body(words, title)]


def cut_title(words: Words, title: Title, taken: Callable[[int], bool]) -> Title | None:
    """The title without a complement that is taken; None when its modifiers or head are."""
    j = next((k for k in range(title.i, title.j) if taken(k)), title.j)
    if j < title.j:
        while j > title.i and words.lower[j - 1] in ("of", "for", "on", "the", "in", "charge"):
            j -= 1
        if not any(grammar().heads.get(words.lower[k]) == title.head for k in range(title.i, j)):
            return None
    return title._replace(j=j)


def _title(words: Words, i: int, head: _Head, low: int, known: Known, named: set[int], dates: set[int]) -> Title:
    start = _modifiers(words, i, low, known, named)
    capital = words.capital[head.end - 1] or words.capital[start]
    tail = _suffix(words, head.end)
    end = complement_end(words, tail, head.noun, known, dates, general=head.general, capital=capital)
    bare = end - start == 1
    last = words.lower[head.end - 1]
    plural = last != head.noun and last.endswith(("s", "men"))
    return Title(start, end, head.noun, capital, bare and head.noun in grammar().weak, bare, plural)


def _counts(words: Words, i: int, title: Title, found: list[Title]) -> bool:
    """Whether a bare head is a title here, and no rank, name or time of the day."""
    if not title.bare:
        return True
    before_a_name = title.j < len(words) and words.capital[title.j]
    if title.head in grammar().ranks and before_a_name:
        return False
    if before_a_name and found and found[-1].j == i and fold(title.head) in given_names():
        return False  # "Foreign Minister Amir Khan"
    if words.lower[i] == "pm" and i > 0 and words.text[i - 1][0].isdigit():
        return False
    return words.capital[i] or title.head not in grammar().capital_only


def _inside_a_body(words: Words, title: Title) -> bool:
    """Whether the title is a part of a body's name: "Council of Foreign Ministers", "Prime Minister's Office"."""
    i, j = title.i, title.j
    k = i - 1 if i and words.lower[i - 1] == "the" else i
    if k > 1 and words.capital[k - 2] and words.lower[k - 1] in ("of", "for"):
        body = words.lower[k - 2]
        if words.lower[k - 1] == "of" and body in table("heads")["organization"]["offices"]:
            return True
        if title.capital and (title.plural or title.head == "justice"):
            return head_label(body) == "organization"
    if title.capital and j + 1 < len(words) and words.lower[j] == "'s" and words.capital[j + 1]:
        return head_label(words.lower[j + 1]) == "organization"
    return False


def _serves(words: Words, one: Title, other: Title) -> bool:
    """Whether the other title belongs to the first: "Adviser to the Minister of Trade", but not "to Minister Lee"."""
    if one.head not in grammar().serving or not one.capital or not other.capital or one.j >= other.i:
        return False
    nameless = other.i > one.j + 1 or not words.capital[min(other.j, len(words) - 1)]
    return nameless and words.lower[one.j] in ("to", "of", "for") and words.after_the(one.j + 1) == other.i


def _whole_head(words: Words, i: int, stop: set[int]) -> _Head | None:
    """The head at token i; one that is also a modifier goes on to the next ("Deputy Prime Minister")."""
    head = _head(words, i)
    while head is not None and head.noun in grammar().modifiers and not head.general:
        later = _head_after(words, i, head.end, stop)
        if later is None or later.noun == "general":
            return head
        head = later
    return head


def _head_after(words: Words, i: int, j: int, stop: set[int]) -> _Head | None:
    """The next head behind modifiers and fields from token j on, in the same case as token i."""
    rules = grammar()
    k = j + 1 if j < len(words) and words.hyphenated(j) else j
    while k < len(words) and k not in stop:
        word = words.lower[k]
        joint = word in glue("and") and k > j and words.lower[k - 1] in rules.portfolios
        if not joint and words.capital[k] != words.capital[i]:
            return None
        if not joint and (head := _head(words, k)) is not None:
            return head
        if not joint and word not in rules.portfolios and word not in rules.modifiers:
            return None
        k += 1
    return None


def _head(words: Words, i: int) -> _Head | None:
    rules, word = grammar(), words.lower[i]
    if word in rules.verbs and words.pos[i] in ("VERB", "AUX"):
        return None
    for phrase in rules.fixed.get(word, []) or rules.fixed.get(word.removesuffix("s"), []):
        j = match_phrase(words, i, phrase)
        if j == i or (words.pos[j - 1] == "VERB" and phrase[0] == "co"):
            continue
        if phrase[-1] == "state" and words.capital[j - 1] and j < len(words) and words.capital[j]:
            continue  # "Head of the State Protocol Department"
        noun = next((part for part in phrase if part in rules.heads), phrase[-1])
        return _Head(j, rules.heads.get(noun, noun), phrase[-1] == "general")
    return _Head(i + 1, rules.heads[word], False) if word in rules.heads else None


def _modifiers(words: Words, i: int, low: int, known: Known, stop: set[int]) -> int:
    """The first token of the modifiers that stand before the head at token i."""
    rules = grammar()
    start, k = i, i - 1
    while k >= low and k not in stop:
        if words.hyphenated(k) and start == k + 1:
            if words.lower[k - 1] not in rules.modifiers and words.lower[k - 1] not in glue("lower_modifiers"):
                break
            start = k - 1
        elif _modifies(words, k, i, known) or (start == i and _is_compound(words, k, i, known)):
            start = k
        elif start == k + 1 and k > low and _joins_fields(words, k, i):
            start = k - 1
        else:
            break
        k = start - 1
    body = (
        start > 1 and words.lower[start - 1] in ("of", "for") and head_label(words.lower[start - 2]) == "organization"
    )
    if body and not words.lower[i].endswith("s"):
        while start < i and (words.lower[start] in rules.portfolios or words.lower[start] in ("and", "&", ",")):
            start += 1  # "Ministry of Foreign Affairs Director General"
    return start


def _modifies(words: Words, k: int, i: int, known: Known) -> bool:
    """Whether the token is a modifier or field of the title whose head is token i."""
    word = words.lower[k]
    if words.capital[k] != words.capital[i] and words.capital[i] and word not in glue("lower_modifiers"):
        return False
    return word in grammar().modifiers or (word in grammar().portfolios and k not in known.at)


def _joins_fields(words: Words, k: int, i: int) -> bool:
    """Whether "and" or a comma at token k joins two fields ("Foreign and Diaspora Affairs")."""
    if words.lower[k] not in glue("and") and words.lower[k] != ",":
        return False
    if words.lower[k] == "," and not any(words.lower[m] in glue("and") for m in range(k + 1, i)):
        return False
    fields = grammar().portfolios
    same = words.capital[k - 1] == words.capital[k + 1]
    return same and words.lower[k - 1] in fields and words.lower[k + 1] in fields


def _is_compound(words: Words, k: int, i: int, known: Known) -> bool:
    """Whether token k is the first half of a lower-case compound ("prison director")."""
    token = words.doc[k]
    if words.capital[i] or words.capital[k] or words.pos[k] != "NOUN" or k in known.at or len(token) < 3:
        return False
    return token.dep_ in ("compound", "amod") and token.head.i == i


def _suffix(words: Words, j: int) -> int:
    """The end of "-designate", "ad interim" and the like after a head that ends at token j."""
    k = j + 1 if j < len(words) and words.hyphenated(j) else j
    for phrase in table("glue")["title_suffixes"]:
        end = match_phrase(words, k, tuple(phrase.split()))
        if end > k:
            return end
    return j
