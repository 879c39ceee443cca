"""Whom a predicted name stands for among those a labelled article names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.evaluate.normal import dice, norm, tokens
from pipeline.gold.model import GoldArticle, GoldRelation

SAME_NAME = 0.75
"""The least overlap of words at which two names that differ are one."""

STATE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Known:
    """A key with the forms of its name, as `norm` and `tokens` give them."""

    key: str
    forms: frozenset[str]
    words: tuple[frozenset[str], ...]


class GoldNames:
    """The people, organisations and states of one article, by their names and by the words they are mentioned with.

    `people`, `organizations` and `states` are in the order of the file, the states in that of the text. `posts` are
    the offices of each person.
    """

    def __init__(self, gold: GoldArticle) -> None:
        surfaces: dict[tuple[str, str], list[str]] = {}
        for mention in gold.mentions:
            for key in mention.entities:
                surfaces.setdefault((mention.label, key), []).append(mention.text)
        self.people: list[Known] = []
        self.organizations: list[Known] = []
        self.states: list[Known] = []
        for entity in gold.entities:
            label, pool = ("PER", self.people) if entity.kind == "person" else ("ORG", self.organizations)
            pool.append(known(entity.key, (entity.name, *surfaces.get((label, entity.key), ()), *entity.aliases)))
        for key in dict.fromkeys(key for _, key in surfaces if STATE.fullmatch(key)):
            self.states.append(known(key, (key, *surfaces.get(("GPE", key), ()), *surfaces.get(("NORP", key), ()))))
        self._names = {entity.key: entity.name for entity in gold.entities}
        self._countries: dict[str, str | None] = {e.key: e.country for e in gold.entities if e.kind == "organization"}
        self.posts: dict[str, list[GoldRelation]] = {
            person.key: [r for r in gold.relations if r.type == "holds_position" and r.subject == person.key]
            for person in self.people
        }
        for key, posts in self.posts.items():
            givers = (self.giver(post) for post in posts)
            self._countries[key] = next((giver for giver in givers if STATE.fullmatch(giver)), None)

    def resolve(self, kind: str, said: Iterable[str], country: str | None) -> str:
        """The key of the person, organisation or state that a prediction calls by the names `said`.

        A state goes by its code. Else a key counts that has one of the names, the first in file order; failing that
        the one with most words in common. When nobody is near, a token that no key can be: `?` and the first name.
        """
        names = [name for name in said if name]
        first = norm(names[0] if names else "?")
        if kind == "country":
            return country or first
        return nearest(self.people if kind == "person" else self.organizations, names) or f"?{first}"

    def giver(self, post: GoldRelation) -> str:
        """The state or the name of the organisation that gives an office; the word None for nobody."""
        return self.name(str(post.object))

    def name(self, key: str) -> str:
        """A key's name for people to read; what is no key stays as it is."""
        return self._names.get(key, key)

    def country(self, key: str) -> str | None:
        """The state of whom a key stands for: of a person the first that gave an office."""
        if key in self._countries:
            return self._countries[key]
        return key if STATE.fullmatch(key) else None


def nearest(pool: Sequence[Known], names: Sequence[str]) -> str | None:
    """The key in the pool that one of the names is the name of, exactly or by most of its words."""
    forms = {norm(name) for name in names}
    for known in pool:
        if forms & known.forms:
            return known.key
    said = {tokens(name) for name in names}
    best: tuple[float, str] = (0.0, "")
    for known in pool:
        best = max(best, (max((dice(a, b) for a in said for b in known.words), default=0.0), known.key))
    return best[1] if best[0] >= SAME_NAME else None


def known(key: str, names: Sequence[str]) -> Known:
    """A key that goes by the names."""
    return Known(key, frozenset(map(norm, names)), tuple({tokens(name) for name in names}))
