"""Names that say what they are: bodies, buildings, named events and documents, by their head noun."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.lookup.gazetteer import Known
from pipeline.lookup.words import Words
from pipeline.recognise.heads import Label, heads
from pipeline.recognise.lexicon import common_words, glue
from pipeline.recognise.name_edges import name_end, name_start
from pipeline.recognise.phrases import is_name_word


class Headed(NamedTuple):
    """Tokens of a name, its label, and the country that it shows."""

    i: int
    j: int
    label: Label
    code: str | None


def find_headed(words: Words, known: Known, stop: set[int]) -> list[Headed]:
    """All such names from left to right; none overlap. `stop` are tokens of titles and dates."""
    found: list[Headed] = []
    low = 0
    for i, word in enumerate(words.lower):
        if i < low or i in stop:
            continue
        item = _after_its_kind(words, i, known, stop)
        if item is None and word in heads().label:
            if not words.capital[i]:
                item = _lower_case(words, i, low, known)
            elif not _in_a_known_name(i, low, known) and not _later_head(words, i, known, stop):
                item = _capitalised(words, i, low, known, stop)
        if item is not None:
            found.append(item)
            low = item.j
    return found


def _after_its_kind(words: Words, i: int, known: Known, stop: set[int]) -> Headed | None:
    """ "Typhoon Noru", "Palacio San Martín", "Palace of Independence": the kind stands first."""
    label, n = heads().first.get(words.lower[i]), len(words)
    if label is None or not words.capital[i] or words.title_case[i] or i + 1 >= n:
        return None
    start = words.after_the(i + 2) if words.lower[i + 1] in glue("romance") else i + 1
    j = start
    while j < n and j not in stop and words.capital[j] and not words.opens[j]:
        j = known.at[j].j if j in known.at else j + 1
        if j < n - 1 and words.hyphenated(j) and words.capital[j + 1]:
            j += 1
    if j == start or heads().label.get(words.lower[j - 1], label) != label:
        return None
    return Headed(i, j, label, known.code(start, j))


def _in_a_known_name(i: int, low: int, known: Known) -> bool:
    """Whether the token is a part of a known name of several words."""
    for k in range(i, max(low, i - 8) - 1, -1):
        hit = known.at.get(k)
        if hit is not None:
            return hit.j > i and hit.j - hit.i > 1
    return False


def _later_head(words: Words, i: int, known: Known, stop: set[int]) -> bool:
    """Whether another head follows in the same row of capitalised words."""
    for k in range(i + 1, len(words)):
        if k in stop or not words.capital[k] or words.opens[k] or k in known.at:
            return False
        if words.lower[k] in heads().label and words.lower[k] not in heads().organization["legal"]:
            return True
    return False


def _lower_case(words: Words, i: int, low: int, known: Known) -> Headed | None:
    """ "foreign ministry", "G7 summit", "Kabul airport"."""
    label = heads().lower.get(words.lower[i])
    start = i
    if label == "organization":
        fields = heads().organization["fields"]
        while start > low and (words.lower[start - 1] in fields or (words.lower[start - 1] == "and" and start < i)):
            start -= 1
    elif label == "event":
        hit = known.until.get(i)
        if hit is None or hit.kind not in ("organization", "region"):
            return None
        start = hit.i
        if start > low + 1 and words.text[start - 1] == "-" and start - 1 in known.until:
            start = known.until[start - 1].i
    elif label is not None:
        while start > low and is_name_word(words, start - 1) and not words.opens[start - 1]:
            start -= 1
    if label is None or start == i:
        return None
    one = label == "organization" and words.lower[i] != "ministries"
    return Headed(start, i + 1, label, _owner(words, start, i + 1, known) if one else None)


def _capitalised(words: Words, i: int, low: int, known: Known, stop: set[int]) -> Headed | None:
    head, label = words.lower[i], heads().label[words.lower[i]]
    start = name_start(words, i, low, known, stop)
    end = name_end(words, i, known, stop)
    if head in heads().facility["kind_heads"] and not heads().facility["kinds"].isdisjoint(words.lower[start:i]):
        label = "facility"
    if start == i and end == i + 1:
        alone = label == "organization" and head in heads().organization["alone"]
        if not alone or words.opens[i] or words.title_case[i]:
            return None
    elif (label, head) in heads().weak and end == i + 1:
        named = any(k in known.at or words.lower[k] not in common_words() for k in range(start, i) if words.capital[k])
        if words.title_case[i] or not named:
            return None
    code = known.code(start, end)
    if code is None and label == "organization":
        code = _owner(words, start, end, known)
    return Headed(start, end, label, code)


def _owner(words: Words, i: int, j: int, known: Known) -> str | None:
    """The country whose body it is: "Kenya's …", "the Kenyan …", "… of the Republic of Kenya"."""
    k = i - 1 if i and words.lower[i - 1] in glue("possessive") else i
    before = known.until.get(k)
    if before is not None and before.kind in ("country", "nationality"):
        return before.code
    if j + 1 < len(words) and words.lower[j] == "of":
        after = known.at.get(words.after_the(j + 1))
        if after is not None and after.kind == "country":
            return after.code
    return None
