"""Mentions that an encoder reads, joined with those of the rules; it decides where both speak of the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pipeline.data import cities, fold, table
from pipeline.document import MentionLabel
from pipeline.lookup.gazetteer import Hit, Known
from pipeline.lookup.words import Words
from pipeline.reading.reading import Range, Reading
from pipeline.recognise.board import Found
from pipeline.recognise.title_grammar import grammar

LABELS: Mapping[str, MentionLabel] = {
    "PER": "person", "TITLE": "title", "ORG": "organization", "GPE": "country", "LOC": "region",
    "NORP": "nationality", "FAC": "facility", "NEV": "event", "DOC": "document", "DATE": "date", "NOM": "nominal",
}  # fmt: skip
"""The labels of gold/1 as mentions have them; a GPE that no table knows as a country is a city."""


def join_mentions(words: Words, reading: Reading, known: Known, ruled: Sequence[Found]) -> list[Found]:
    """The mentions of a reading, those that the rules are better at, and those that the rules are good at where the
    reading has none.

    None overlap; in the order of the text.
    """
    by_span = {(item.i, item.j): item for item in ruled}
    better = table("reading")["better"]
    found = [item for item in ruled if item.label in better]
    taken = _marked(words, found)
    found += [
        _of_reading(words, tokens, label, known, by_span)
        for tokens, label in _read(words, reading)
        if not any(taken[slice(*tokens)])
    ]
    taken = _marked(words, found)
    kept = table("reading")["rules"]
    found += [item for item in ruled if not any(taken[item.i : item.j]) and item.source in kept.get(item.label, ())]
    return sorted(found, key=lambda item: item.start)


def _marked(words: Words, found: Sequence[Found]) -> bytearray:
    """1 for each word that something found has."""
    taken = bytearray(len(words))
    for item in found:
        taken[item.i : item.j] = b"\1" * (item.j - item.i)
    return taken


def _read(words: Words, reading: Reading) -> Iterator[tuple[Range, MentionLabel]]:
    """The tokens and labels of the mentions that the encoder reads, without those that can be no names."""
    names = reading.heads.labels.mentions
    honorifics = grammar().honorifics
    reads = [
        (_trimmed(words, *read.tokens, label), label, read.probability)
        for read in reading.mentions()
        for label in [LABELS[names[read.label]]]
    ]
    people = Counter(word for (i, j), label, _ in reads if label == "person" for word in words.lower[i:j])
    for (i, j), label, probability in reads:
        lone = label == "person" and j == i + 1 and people[words.lower[i]] == 1
        lone = lone and not (i and words.lower[i - 1] in honorifics)
        doubtful = probability < table("reading")["lone_name"] or words.lower[i] in honorifics
        if label == "country" and j == i + 1 and words.lower[i] in _placeless():
            continue
        if any(map(str.isalnum, words.whole[words.starts[i] : words.ends[j - 1]])) and not (lone and doubtful):
            yield (i, j), label


@cache
def _placeless() -> frozenset[str]:
    """Words that name no place by themselves: forms of address, and words for any state ("the Republic")."""
    return grammar().honorifics.union(table("relations")["state_words"])


def _trimmed(words: Words, i: int, j: int, label: MentionLabel) -> Range:
    """The words without those at the end that no name ends with ("Speaker of the"), those of a person without forms of
    address in front ("Col. Ann Lee", "Tan Sri Ann Lee"); one word may be a name too ("Tan Wei Ming") and stays."""
    while j > i + 1 and words.lower[j - 1] in table("reading")["never_last"]:
        j -= 1
    if label == "person":
        name = next((k for k in range(i, j) if words.lower[k] not in grammar().honorifics), j)
        if name < j and (name - i > 1 or (name > i and words.text[i].endswith("."))):
            i = name
    return i, j


def _of_reading(
    words: Words, tokens: tuple[int, int], label: MentionLabel, known: Known, by_span: Mapping[tuple[int, int], Found]
) -> Found:
    i, j = tokens
    ruled = by_span.get((i, j))
    hit = _hit(known, i, j)
    start, end = words.starts[i], words.ends[j - 1]
    code = name = None
    if label == "country":
        place = hit if hit is not None and hit.kind in ("country", "city", "region") else None
        if place is None or place.kind != "country":
            label = "city"
        if place is not None and place.kind != "region":
            code, name = place.code, place.name
        elif (city := cities().get(fold(words.whole[start:end]))) is not None:
            code, name = city.country, city.name
    elif label == "nationality":
        code = hit.code if hit is not None else None
        name = hit.name if hit is not None else None
    elif ruled is not None and ruled.label == label:
        code, name = ruled.code, ruled.name
    elif label == "facility" and hit is not None and (hit.i, hit.j) == (i, j) and hit.kind == "organization":
        code = hit.code  # a body of a state where it sits
    return Found(start, end, i, j, label, "model", code, name)


def _hit(known: Known, i: int, j: int) -> Hit | None:
    """The known name that fills the words but for an article or a possessive."""
    for k in range(i, j):
        if k in known.at:
            return known.at[k]
    return None
