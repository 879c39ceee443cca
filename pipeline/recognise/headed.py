"""Names that say what they are: bodies, buildings, named events and documents, by their head noun."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from pipeline.data import table
from pipeline.recognise.gazetteer import Hit, common_words
from pipeline.recognise.phrases import complement, hyphenated, is_name_word
from pipeline.recognise.words import Words

Label = Literal["organization", "facility", "event", "document"]


class Headed(NamedTuple):
    """Tokens of a name, its label, and the country that it shows."""

    i: int
    j: int
    label: Label
    code: str | None


@dataclass(frozen=True, slots=True)
class _Heads:
    label: dict[str, Label]
    weak: frozenset[tuple[str, str]]
    lower: dict[str, Label]
    data: dict[str, Any]


@cache
def _heads() -> _Heads:
    data = table("heads")
    label: dict[str, Label] = {}
    weak = set()
    lower: dict[str, Label] = {}
    kinds: tuple[Label, ...] = ("organization", "facility", "event", "document")
    for kind in kinds:
        for head in data[kind]["heads"]:
            label.setdefault(head, kind)
        weak |= {(kind, head) for head in data[kind].get("weak", [])}
        lower |= {head: kind for head in data[kind].get("lower", [])}
    return _Heads(label, frozenset(weak), lower, data)


def head_label(word: str) -> Label | None:
    """What a capitalised phrase is that this lower-case word closes."""
    return _heads().label.get(word)


def find_headed(words: Words, hits: dict[int, Hit], ends: dict[int, Hit], stop: set[int]) -> list[Headed]:
    """All such names; `hits` by first token, `ends` by the token after; `stop` are titles and dates."""
    heads = _heads()
    found: list[Headed] = []
    low = 0
    for i, word in enumerate(words.lower):
        if i < low or i in stop:
            continue
        label = heads.label.get(word)
        if label is None:
            continue
        if not words.capital[i]:
            item = _lower_case(words, i, low, hits, ends, heads)
        elif _known(i, hits, low) or _later_head(words, i, hits, stop, heads):
            continue
        else:
            item = _capitalised(words, i, low, label, hits, ends, stop, heads)
        if item is not None:
            found.append(item)
            low = item.j
    return found


def _known(i: int, hits: dict[int, Hit], low: int) -> bool:
    """Whether the token is a part of a known name of several words."""
    for k in range(i, max(low, i - 8) - 1, -1):
        hit = hits.get(k)
        if hit is not None:
            return hit.j > i and hit.j - hit.i > 1
    return False


def _later_head(words: Words, i: int, hits: dict[int, Hit], stop: set[int], heads: _Heads) -> bool:
    """Whether another head follows in the same row of capitalised words."""
    k = i + 1
    while k < len(words) and k not in stop and words.capital[k] and not words.opens[k]:
        if k in hits:
            return False
        if words.lower[k] in heads.label and words.lower[k] not in heads.data["organization"]["legal"]:
            return True
        k += 1
    return False


def _lower_case(
    words: Words, i: int, low: int, hits: dict[int, Hit], ends: dict[int, Hit], heads: _Heads
) -> Headed | None:
    """"foreign ministry", "G7 summit", "Kabul airport"."""
    label = heads.lower.get(words.lower[i])
    if label is None:
        return None
    start = i
    if label == "organization":
        fields = heads.data["organization"]["fields"]
        while start > low and (words.lower[start - 1] in fields or (words.lower[start - 1] == "and" and start < i)):
            start -= 1
    elif label == "event":
        hit = ends.get(i)
        if hit is None or hit.kind not in ("organization", "region"):
            return None
        start = hit.i
    else:
        while start > low and is_name_word(words, start - 1) and not words.opens[start - 1]:
            start -= 1
    return Headed(start, i + 1, label, None) if start < i else None


def _capitalised(
    words: Words,
    i: int,
    low: int,
    label: Label,
    hits: dict[int, Hit],
    ends: dict[int, Hit],
    stop: set[int],
    heads: _Heads,
) -> Headed | None:
    rules = heads.data[label]
    n = len(words)
    end = i + 1
    head = words.lower[i]
    start = _leftwards(words, i, low, head, label, ends, stop, rules)
    legal = heads.data["organization"]["legal"]
    tail = end
    while tail < n and words.lower[tail] in legal and words.capital[tail]:
        tail += 1
    if tail == end:
        tail = _rightwards(words, end, head, label, hits, stop, heads)
    if any(words.lower[k] in heads.data["facility"]["kinds"] for k in range(start, i)) and (
        head in heads.data["facility"]["kind_heads"]
    ):
        label = "facility"
    if start == i and tail == end:
        if label == "organization" and head in rules["alone"] and not words.opens[i] and not words.title_case[i]:
            return Headed(start, tail, label, None)
        return None
    weak = (label, head) in heads.weak
    if weak and tail == end:
        distinct = any(words.lower[k] not in common_words() or k in hits for k in range(start, i) if words.capital[k])
        if not distinct:
            return None
    if words.title_case[i] and tail == end and weak:
        return None
    if label == "document" and start == i and tail == end:
        return None
    code = next((hits[k].code for k in range(start, tail) if k in hits and hits[k].code), None)
    if code is None and label == "organization":
        code = _owner(words, start, tail, hits, ends)
    return Headed(start, tail, label, code)


def _owner(words: Words, i: int, j: int, hits: dict[int, Hit], ends: dict[int, Hit]) -> str | None:
    """The country whose body it is: "Kenya's …", "the Kenyan …", "… of the Republic of Kenya"."""
    k = i - 1 if i and words.lower[i - 1] in ("'s", "'") else i
    before = ends.get(k)
    if before is not None and before.kind in ("country", "nationality"):
        return before.code
    if j + 1 < len(words) and words.lower[j] == "of":
        after = hits.get(j + 2 if words.lower[j + 1] == "the" else j + 1)
        if after is not None and after.kind == "country":
            return after.code
    return None


def _leftwards(
    words: Words,
    i: int,
    low: int,
    head: str,
    label: Label,
    ends: dict[int, Hit],
    stop: set[int],
    rules: dict[str, Any],
) -> int:
    """The first token of the name whose head is token i."""
    start = k = i
    while k > low:
        hit = ends.get(k)
        if hit is not None and hit.i >= low:
            if label == "organization" and hit.kind == "nationality" and head in rules["apart"]:
                pair = hit.i > 0 and words.text[hit.i - 1] in ("-", "–")
                royal = hit.i > 0 and words.lower[hit.i - 1] == "royal"
                if not pair and not royal:
                    break
            if label == "organization" and hit.kind == "country" and head in rules["apart_country"]:
                if hit.i == 0 or words.text[hit.i - 1] not in ("-", "–"):
                    break
            if hit.kind == "nationality" and label in ("document", "event") and words.text[hit.i - 1] != "-":
                break
            start = k = hit.i
            if k > low and words.text[k - 1] in ("-", "–") and ends.get(k - 1) is not None:
                k -= 1
            continue
        k -= 1
        word = words.lower[k]
        if k in stop:
            break
        if is_name_word(words, k):
            if words.opens[k] and word in common_words() and words.pos[k] in _FUNCTION:
                break
            if word in _FUNCTION_WORDS:
                break
            start = k
        elif hyphenated(words, k):
            continue
        elif word in ("and", "&") and k > low and is_name_word(words, k - 1) and start == k + 1:
            if ends.get(k) is not None or words.lower[k - 1] not in common_words() or words.lower[start] not in common_words():
                break
            if k - 1 in stop or (words.lower[k - 1] in _heads().label and k > 1 and words.capital[k - 2]):
                break
        elif word == "," and start == k + 1 and k > low and is_name_word(words, k - 1):
            if not _listed(words, start, i) or words.lower[k - 1] not in common_words() or k - 1 in stop:
                break
        elif word.isdigit() and start == k + 1 and label == "event":
            start = k
        elif word[0].isdigit() and word.endswith(("th", "st", "nd", "rd")) and start == k + 1 and label == "event":
            start = k
        elif label == "event" and word in _ORDINALS and start == k + 1:
            start = k
        else:
            break
    while start < i and (not words.capital[start] and not words.text[start][0].isdigit() and words.lower[start] not in _ORDINALS):
        start += 1
    return start


_FUNCTION = frozenset(("DET", "ADP", "PRON", "SCONJ", "CCONJ", "AUX", "ADV", "VERB", "PART"))
_FUNCTION_WORDS = frozenset(("the", "a", "an", "in", "at", "on", "of", "by", "for", "to", "and", "his", "her", "their", "its", "our", "this", "that"))
_ORDINALS = frozenset(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"))


def _listed(words: Words, i: int, j: int) -> bool:
    """Whether an "and" closes the list of words from token i to the head j."""
    return any(words.lower[k] in ("and", "&") for k in range(i, min(j, i + 6)))


def _rightwards(
    words: Words, j: int, head: str, label: Label, hits: dict[int, Hit], stop: set[int], heads: _Heads
) -> int:
    """The end of the name with its complement ("of …", "for …")."""
    n = len(words)
    links = set(heads.data[label].get("after", ()))
    if head == "government":
        return j
    if label == "organization" and head in heads.data[label]["seated"]:
        links |= {"in", "to"}

    def closed(k: int) -> bool:
        if k in stop:
            return True
        return (
            k > 0
            and words.lower[k - 1] in ("and", ",", "&")
            and words.lower[k] in heads.label
            and words.lower[k] in ("ministry", "department", "embassy", "president", "parliament", "university")
        )

    end = j
    apart = label == "organization" and head in heads.data[label]["apart"]
    while end < n - 1 and words.lower[end] in links:
        k = end + 1
        if words.lower[k] == "the":
            k += 1
        if k >= n or not is_name_word(words, k) or closed(k):
            break
        if apart and k in hits and hits[k].kind in ("country", "nationality"):
            break
        after = complement(words, k, hits, stop=closed, places=not apart, links=frozenset(links))
        if after <= k:
            break
        end = after
    if end < n - 1 and words.lower[end] == "under" and label == "organization":
        k = end + 2 if words.lower[end + 1] == "the" else end + 1
        if k < n and is_name_word(words, k) and k not in stop:
            end = complement(words, k, hits, stop=closed, places=True)
    return end
