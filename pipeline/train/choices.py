"""Choices: which of the entities, dates and places that an article names belong to its events, titles and phrases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.heads import Ints
from pipeline.train.examples import Example, Happening, Marked

Bools = NDArray[np.bool_]

ACTING = frozenset({"PER", "TITLE", "ORG", "GPE", "NORP", "NOM"})
"""The labels of mentions that can take part in events."""
_GIVING = frozenset({"ORG", "GPE", "NORP"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Which group of right-hand spans belongs to each left-hand span.

    `left` and `right` number spans; `members` is groups x right; `allowed` is left x (groups + 1), the last column
    for none of them. Where several are allowed, any will do; a row that allows nothing teaches nothing.
    """

    left: Ints
    right: Ints
    members: Bools
    allowed: Bools


def choices_of(example: Example, mentions: Sequence[Marked], events: Sequence[Happening]) -> dict[str, Choice]:
    """By role or link, the choices that an example teaches; `mentions` and `events` are those of the sample."""
    found: dict[str, Choice] = {}
    if events:
        dates = {n: [m.value] for n, m in enumerate(mentions) if m.label == "DATE" and m.value}
        places = {n: _states(m.keys) for n, m in enumerate(mentions) if m.label == "GPE"}
        cities = {n: [k for k in m.keys if ":" in k] for n, m in enumerate(mentions) if m.label == "GPE"}
        left = range(len(events))
        dated = [e.date if e.basis in ("explicit", "relative") else None for e in events]
        found["date"] = _choice(left, dates, [[d] if d else [] for d in dated])
        found["country"] = _choice(left, places, [[e.country] if e.country else [] for e in events])
        found["city"] = _choice(left, cities, [[e.city] if e.city else [] for e in events])
    titles = [n for n, m in enumerate(mentions) if m.label == "TITLE"]
    if "TITLE" in example.annotates:
        people = {n: list(m.keys) for n, m in enumerate(mentions) if m.label == "PER"}
        found["holder"] = _choice(titles, people, [list(mentions[n].keys) for n in titles])
    if "holds_position" in example.annotates and example.givers is not None:
        told = [(n, giver) for n in titles if (giver := _giver(example, mentions[n])) is not None]
        giving = {n: _states(m.keys) for n, m in enumerate(mentions) if m.label in _GIVING and m.keys}
        found["giver"] = _choice([n for n, _ in told], giving, [[giver] for _, giver in told])
    return {name: choice for name, choice in found.items() if len(choice.left)}


def _choice(left: Sequence[int], right: dict[int, list[str]], wanted: Sequence[list[str]]) -> Choice:
    """Groups by key; where nothing is wanted, or no span has a wanted key, none of them is right."""
    order = list(right)
    groups: dict[str, list[int]] = {}
    for at, n in enumerate(order):
        for key in dict.fromkeys(right[n]):
            groups.setdefault(key, []).append(at)
    number = {key: n for n, key in enumerate(groups)}
    allowed = np.zeros((len(wanted), len(groups) + 1), dtype=np.bool_)
    for row, keys in enumerate(wanted):
        for key in keys:
            if key in number:
                allowed[row, number[key]] = True
        allowed[row, -1] = not allowed[row].any()
    return Choice(
        np.array(list(left), dtype=np.int64), np.array(order, dtype=np.int64), members_of(groups, len(order)), allowed
    )


def _giver(example: Example, title: Marked) -> str | None:
    """Who gives the office that a title names: of a person with several, the one whose words are most like it."""
    offices = [office for key in title.keys for office in (example.givers or {}).get(key, ())]
    if not offices:
        return None
    words = {word.lower() for word in example.words[title.start : title.end]}
    return max(offices, key=lambda office: len(words & set(office[0].lower().split())))[1]


def antecedents_of(mentions: Sequence[Marked]) -> tuple[Ints, Ints, Bools, Bools] | None:
    """Role nouns and pronouns, mentions that name somebody, their members by entity, and which entities are meant."""
    nominal = [n for n, m in enumerate(mentions) if m.label == "NOM" and m.keys]
    named = [n for n, m in enumerate(mentions) if m.label in ACTING - {"NOM"} and m.keys]
    groups = mentions_by_key([mentions[n] for n in named])
    if not nominal or not named:
        return None
    meant = np.array([[key in mentions[n].keys for key in groups] for n in nominal])
    return np.array(nominal), np.array(named), members_of(groups, len(named)), meant


def _states(keys: Iterable[str]) -> list[str]:
    """Keys, with the state for a city of it: a capital may stand for its state."""
    return [key[:3] if key[3:4] == ":" else key for key in keys]


def mentions_by_key(mentions: Sequence[Marked]) -> dict[str, list[int]]:
    """By entity, which of the mentions name it."""
    found: dict[str, list[int]] = {}
    for n, mention in enumerate(mentions):
        for key in dict.fromkeys(_states(mention.keys)):
            found.setdefault(key, []).append(n)
    return found


def members_of(groups: dict[str, list[int]], size: int) -> Bools:
    """Groups of so many things as rows: which of them each has."""
    members = np.zeros((len(groups), size), dtype=np.bool_)
    for row, numbers in enumerate(groups.values()):
        members[row, numbers] = True
    return members
