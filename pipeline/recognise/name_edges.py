"""Where a name with a capitalised head noun begins and ends."""

from __future__ import annotations

from pipeline.lookup.gazetteer import Hit, Known
from pipeline.lookup.words import Words
from pipeline.recognise.heads import Label, heads
from pipeline.recognise.lexicon import common_words, glue
from pipeline.recognise.phrases import is_name_word, phrase_end


def name_start(words: Words, i: int, low: int, known: Known, stop: set[int]) -> int:
    """The first token, from `low` on, of the name whose head noun is token i."""
    head, label = words.lower[i], heads().label[words.lower[i]]
    start = k = i
    while k > low:
        hit = known.until.get(k)
        if hit is not None and hit.i >= low:
            if _stays_outside(words, hit, head, label):
                break
            start = k = hit.i
            if k > low and words.text[k - 1] == "-" and k - 1 in known.until:
                k -= 1
            continue
        k -= 1
        if k in stop:
            break
        if is_name_word(words, k):
            if _opens_no_name(words, k):
                break
            start = k
        elif words.hyphenated(k):
            continue
        elif label == "event" and start == k + 1 and words.text[k][0].isdigit() and _is_number(words.lower[k]):
            start = k
        elif not (start == k + 1 and k > low and _joins(words, k, i, known, stop)):
            break
    while start < i and not words.capital[start] and not words.text[start][0].isdigit():
        start += 1
    return start


def _is_number(word: str) -> bool:
    return word.isdigit() or word.endswith(("th", "st", "nd", "rd"))


def _stays_outside(words: Words, hit: Hit, head: str, label: Label) -> bool:
    """Whether a country before the head is no part of the name ("Kenyan parliament")."""
    rules = heads().organization
    paired = hit.i > 0 and words.text[hit.i - 1] == "-"
    if label == "organization" and hit.kind == "nationality":
        royal = hit.i > 0 and words.lower[hit.i - 1] == "royal"
        return head in rules["apart"] and not paired and not royal
    if label == "organization" and hit.kind == "country":
        return head in rules["apart_country"] and not paired
    return hit.kind == "nationality" and label in ("document", "event") and not paired


def _opens_no_name(words: Words, k: int) -> bool:
    """Whether a capitalised token is only the first word of a sentence, or a small word."""
    word = words.lower[k]
    first = words.opens[k] and word in common_words() and words.pos[k] in glue("function_tags")
    return first or word in glue("openers")


def _joins(words: Words, k: int, i: int, known: Known, stop: set[int]) -> bool:
    """Whether "and" or a comma at token k joins two ordinary words of the name whose head is token i."""
    before, after = words.lower[k - 1], words.lower[k + 1]
    if k - 1 in stop or not is_name_word(words, k - 1) or before not in common_words():
        return False
    if words.lower[k] == ",":
        return any(words.lower[m] in glue("and") for m in range(k + 1, min(i, k + 7)))
    if words.lower[k] not in glue("and") or k in known.until or after not in common_words():
        return False
    return not (before in heads().label and k > 1 and words.capital[k - 2])


def name_end(words: Words, i: int, known: Known, stop: set[int]) -> int:
    """The end of the name whose head noun is token i, with its complement ("of …", "for …")."""
    head, label, n = words.lower[i], heads().label[words.lower[i]], len(words)
    end = i + 1
    while end < n and words.lower[end] in heads().organization["legal"] and words.capital[end]:
        end += 1
    if end > i + 1 or head in heads().organization["no_complement"]:
        return end
    links = heads().after[label]
    if head in heads().organization["seated"]:
        links |= {"in", "to"}
    apart = label == "organization" and head in heads().organization["apart"]

    def closed(k: int) -> bool:
        begins = words.lower[k - 1] in ("and", ",", "&") and words.lower[k] in heads().organization["beginnings"]
        return k in stop or begins

    while end < n - 1 and words.lower[end] in links:
        k = words.after_the(end + 1)
        if k >= n or not is_name_word(words, k) or closed(k):
            break
        if words.lower[end] == "in" and k in known.at and words.lower[known.at[k].j : known.at[k].j + 1] == ["'s"]:
            break  # "the embassy in Kenya's capital"
        if apart and k in known.at and known.at[k].kind in ("country", "nationality"):
            break
        after = phrase_end(words, k, known, stop=closed, places=not apart, links=links)
        if after <= k:
            break
        end = after
    return end
