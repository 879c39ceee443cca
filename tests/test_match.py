"""What the registry is told of names, and what comes of it with the trained model."""

from __future__ import annotations

import functools
import hashlib
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.link.registry import open_registry
from pipeline.link.sighting import ArticleSightings, Node, Sighting
from pipeline.match import NameMatcher, build_matcher

PEOPLE = (
    ("Jeyhun Bayramov", "AZE"), ("Ceyhun Bayramov", "AZE"), ("Джейхун Байрамов", None), ("Jeyhun Bayramli", "AZE"),
    ("J. Bayramov", "AZE"), ("Kassym-Jomart Tokayev", "KAZ"), ("Касым-Жомарт Токаев", "KAZ"), ("K. Tokayev", None),
    ("Ilham Aliyev", "AZE"), ("Heydar Aliyev", "AZE"), ("Mehriban Aliyeva", "AZE"), ("İlham Əliyev", None),
    ("Ilham Aliyev", "KGZ"), ("Ali Mammadov", "AZE"), ("Elman Mammadov", "AZE"), ("Aliyev", "AZE"),
)  # fmt: skip
BODIES = (
    ("Ministry of Foreign Affairs of Azerbaijan", None), ("Azerbaijani Foreign Ministry", "AZE"), ("MFA", "AZE"),
    ("Ministry of Foreign Affairs", "KEN"), ("Organization of Islamic Cooperation", None), ("OIC", None),
    ("Organisation of Islamic Cooperation", None),
)  # fmt: skip
Seen = tuple[str, str, str | None]
EVERYONE: tuple[Seen, ...] = (*(("person", *who) for who in PEOPLE), *(("organization", *what) for what in BODIES))


@functools.cache
def matcher() -> NameMatcher:
    return build_matcher()


def partition(seen: tuple[Seen, ...]) -> set[frozenset[Seen]]:
    """Which sightings become one entity, each in an article of its own."""
    with open_registry(":memory:", matcher=matcher()) as registry:
        ids: dict[Seen, str] = {}
        for kind, form, country in seen:
            digest = hashlib.sha256(f"{kind}{form}{country}".encode()).hexdigest()
            sighting = Sighting(kind, ((form, 1),), country)  # type: ignore[arg-type]
            [[ids[(kind, form, country)]]] = registry.link([ArticleSightings(digest, form, None, (sighting,))])
        now = registry.resolve(ids.values())
    groups: dict[str, set[Seen]] = {}
    for who, id in ids.items():
        groups.setdefault(now[id], set()).add(who)
    return {frozenset(group) for group in groups.values()}


@pytest.fixture(scope="module")
def parted() -> set[frozenset[Seen]]:
    return partition(EVERYONE)


def together(parted: set[frozenset[Seen]], *seen: Seen) -> bool:
    return any(set(seen) <= group for group in parted)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (PEOPLE[0], PEOPLE[1], True),
        (PEOPLE[0], PEOPLE[2], True),
        (PEOPLE[0], PEOPLE[3], False),
        (PEOPLE[5], PEOPLE[6], True),
        (PEOPLE[8], PEOPLE[9], False),
        (PEOPLE[8], PEOPLE[10], False),
        (PEOPLE[13], PEOPLE[14], False),
        (PEOPLE[8], PEOPLE[15], False),
    ],
)
def test_people(
    parted: set[frozenset[Seen]], one: tuple[str, str | None], other: tuple[str, str | None], same: bool
) -> None:
    assert together(parted, ("person", *one), ("person", *other)) is same


def test_bodies(parted: set[frozenset[Seen]]) -> None:
    azerbaijani, kenyan = [("organization", *what) for what in BODIES[:3]], ("organization", *BODIES[3])
    assert together(parted, ("organization", *BODIES[0]), ("organization", *BODIES[1]))
    assert not any(together(parted, body, kenyan) for body in azerbaijani)
    assert together(parted, *(("organization", *what) for what in BODIES[4:]))


@settings(max_examples=15, deadline=None)
@given(st.permutations(EVERYONE))
def test_any_order_of_articles_gives_the_same_entities(order: list[Seen]) -> None:
    assert partition(tuple(order)) == partition(EVERYONE)


def test_when_one_asks_for_another_the_other_asks_for_it() -> None:
    nodes = [(kind, matcher().normal(kind, form), country) for kind, form, country in EVERYONE]  # type: ignore[arg-type]
    for one, other in itertools.combinations(nodes, 2):
        if one[0] == other[0]:
            there = set(matcher().asks(*one)) & set(matcher().keys(*other))  # type: ignore[arg-type]
            back = set(matcher().asks(*other)) & set(matcher().keys(*one))  # type: ignore[arg-type]
            assert bool(there) == bool(back), (one, other)


def test_a_normal_form_is_its_own() -> None:
    for kind, form, _ in EVERYONE:
        normal = matcher().normal(kind, form)  # type: ignore[arg-type]
        assert matcher().normal(kind, normal) == normal  # type: ignore[arg-type]


def test_probabilities_do_not_depend_on_the_batch() -> None:
    nodes = [Node("person", matcher().normal("person", form), country) for form, country in PEOPLE]
    pairs = list(itertools.combinations(nodes, 2))
    whole = list(matcher().probabilities(pairs))
    assert whole == pytest.approx([matcher().probabilities([pair])[0] for pair in pairs], abs=1e-6)
