"""Phrases that stand for a participant: a name with its titles and appositions, or a lone mention."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from pipeline.document import Document, Unit
from pipeline.relate.offices import entity_keys

_LABELS = ("person", "organization", "country", "nationality", "city")


def build_units(document: Document, phrases: Iterable[tuple[tuple[int, int], str]]) -> tuple[Unit, ...]:
    """One unit for each phrase or lone mention that can stand as a participant, none overlapping."""
    mentions, keys = document.mentions, entity_keys(document.entities)
    taken: dict[int, int] = {}
    units: list[Unit] = []
    for tokens, key in sorted(phrases, key=lambda p: p[0][0] - p[0][1]):
        start, end = tokens
        while start < end and start in taken:
            start += 1
        while end > start and end - 1 in taken:
            end -= 1
        if start < end and not any(i in taken for i in range(start, end)):
            taken.update(dict.fromkeys(range(start, end), len(units)))
            units.append(Unit((start, end), (key,)))
    for index, mention in enumerate(mentions):
        wanted = keys.get(index)
        if wanted is None or mention.label not in _LABELS:
            continue
        if mention.tokens[0] not in taken:
            units.append(Unit(mention.tokens, (wanted,)))
    return tuple(sorted(units, key=lambda u: u.tokens))


def owned_organisations(document: Document) -> list[tuple[tuple[int, int], str]]:
    """Organisations with the country that owns them: "Azerbaijan's Ministry of Foreign Affairs"."""
    phrases: list[tuple[tuple[int, int], str]] = []
    if document.parse is None:
        return phrases
    keys, mentions = entity_keys(document.entities), document.mentions
    for index, (before, mention) in enumerate(itertools.pairwise(mentions), start=1):
        if mention.label != "organization" or before.label not in ("country", "nationality") or index not in keys:
            continue
        if document.parse[before.tokens[1] : mention.tokens[0]].text.strip() in ("", "'s", "'"):
            phrases.append(((before.tokens[0], mention.tokens[1]), keys[index]))
    return phrases
