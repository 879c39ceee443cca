"""The context of a document in which triggers and their arguments are found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.data import countries, fold, table
from pipeline.document import Document, Unit
from pipeline.events.syntax import Syntax


@dataclass(frozen=True, slots=True)
class Context:
    """What finding triggers and arguments in one document needs."""

    document: Document
    parse: Doc
    syntax: Syntax
    kinds: dict[str, str]
    places: dict[str, str | None]
    capitals: dict[str, str]
    support: frozenset[str]
    existence: frozenset[str]
    prepositions: frozenset[str]
    bringing: frozenset[str]
    outside: frozenset[str]
    talking: frozenset[str]
    containers: frozenset[str]
    scene: frozenset[str]
    speech_topics: frozenset[str]
    thought_topics: frozenset[str]
    commitments: frozenset[str]

    def kind(self, key: str) -> str:
        """The kind of a participant; a key that is no entity is a state's code."""
        return self.kinds.get(key, "country")

    def destinations(self, units: Iterable[Unit]) -> list[str]:
        """The states that are travelled to: countries, and the countries of cities."""
        codes = (self.places.get(k) if k in self.kinds else k for u in units for k in u.keys)
        return [code for code in dict.fromkeys(codes) if code]


def make_context(document: Document, parse: Doc) -> Context:
    """The context of a parsed document."""
    words, topics = table("detect")["support"], table("detect")["topics"]
    capitals = {}
    for entity in document.entities:
        if entity.kind == "city" and entity.country:
            seats = countries()[entity.country].seats
            if any(entity.name in seat for seat in seats):
                capitals[entity.key] = entity.country
    return Context(
        document,
        parse,
        Syntax(document, parse),
        {e.key: e.kind for e in document.entities},
        {e.key: e.country for e in document.entities if e.kind in ("city", "country")},
        capitals,
        frozenset(words["verbs"]),
        frozenset(words["existence"]),
        frozenset(words["prepositions"]),
        frozenset(words["bringing"]),
        _outside(document, parse),
        frozenset(table("detect")["merge"]["any_talk_verbs"]),
        frozenset(words["containers"]),
        frozenset(words["scene"]),
        frozenset(topics["of_speech"]),
        frozenset(topics["of_thought"]),
        frozenset(topics["of_commitment"]),
    )


def _outside(document: Document, parse: Doc) -> frozenset[str]:
    """Organisations that tell the story and are not in it: the outlet, agencies in brackets."""
    outlet = fold(document.outlet or "")
    found: set[str] = set()
    for entity in document.entities:
        if entity.kind != "organization":
            continue
        spots = [document.mentions[i].tokens for i in entity.mentions]
        bracketed = all(
            start > 0 and end < len(parse) and parse[start - 1].text == "(" and parse[end].text == ")"
            for start, end in spots
        )
        if bracketed or (outlet and fold(entity.name) == outlet):
            found.add(entity.key)
    return frozenset(found)
