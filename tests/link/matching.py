"""Matchers and sightings for tests of the registry."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.document import EntityKind
from pipeline.link.sighting import ArticleSightings, Node, Office, Sighting

DAY = dt.date(2025, 6, 2)


@dataclass(frozen=True)
class WordMatcher:
    """Names are as likely one as the share of words that they have in common, unless their countries differ."""

    name: str = "words 1"
    threshold: float = 0.6

    def normal(self, kind: EntityKind, form: str) -> str:
        return " ".join(w for w in form.casefold().split() if w != "dr.")

    def is_full(self, kind: EntityKind, normal: str) -> bool:
        return kind != "person" or " " in normal

    def keys(self, kind: EntityKind, normal: str, country: str | None) -> Collection[str]:
        return normal.split()

    def asks(self, kind: EntityKind, normal: str, country: str | None) -> Collection[str]:
        return self.keys(kind, normal, country)

    def probabilities(self, pairs: Sequence[tuple[Node, Node]]) -> Sequence[float]:
        return [self._probability(a, b) for a, b in pairs]

    def _probability(self, a: Node, b: Node) -> float:
        assert a.kind == b.kind
        if a.country and b.country and a.country != b.country:
            return 0.0
        ours, theirs = set(a.normal.split()), set(b.normal.split())
        return len(ours & theirs) / len(ours | theirs)


@dataclass(frozen=True)
class DrawnMatcher:
    """Two names have any probability, drawn by their digest. The first letters are the blocking keys."""

    name: str = "drawn 1"
    threshold: float = 0.7

    def normal(self, kind: EntityKind, form: str) -> str:
        return form

    def is_full(self, kind: EntityKind, normal: str) -> bool:
        return " " in normal

    def keys(self, kind: EntityKind, normal: str, country: str | None) -> Collection[str]:
        return {word[0] for word in normal.split()}

    def asks(self, kind: EntityKind, normal: str, country: str | None) -> Collection[str]:
        return self.keys(kind, normal, country)

    def probabilities(self, pairs: Sequence[tuple[Node, Node]]) -> Sequence[float]:
        return [self.probability(a, b) for a, b in pairs]

    def probability(self, a: Node, b: Node) -> float:
        digest = hashlib.sha256(f"{a.normal}|{a.country}|{b.normal}|{b.country}".encode()).digest()
        return digest[0] / 256


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def person(*forms: str, country: str | None = None, positions: tuple[Office, ...] = ()) -> Sighting:
    counted = {form: forms.count(form) for form in forms}
    return Sighting("person", tuple(counted.items()), country, positions)


def article(doc_id: str, *sightings: Sighting, day: dt.date | None = DAY) -> ArticleSightings:
    return ArticleSightings(digest(doc_id), doc_id, day, sightings)
