"""Whom a predicted name stands for."""

from __future__ import annotations

from typing import Any

from pipeline.evaluate.names import GoldNames
from pipeline.gold.model import GoldArticle
from tests.evaluate.planting import gold_with
from tests.golds import visit


def entity(key: str, kind: str, name: str, **fields: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "name": name, **fields}


def with_entities(*entities: dict[str, Any], **fields: Any) -> GoldArticle:
    return gold_with(entities=entities, mentions=[], events=[], **{"relations": [], **fields})


def test_by_any_of_its_names() -> None:
    names = GoldNames(visit())
    assert names.resolve("person", ["Rafiyev"], None) == "rafiyev"
    assert names.resolve("person", ["The deputy", "Yalchin Rəfiyev"], None) == "rafiyev"
    assert names.resolve("organization", ["the United Nations"], None) == "un"


def test_kinds_are_apart() -> None:
    names = GoldNames(visit())
    assert names.resolve("organization", ["Rafiyev"], None) == "?rafiyev"
    assert names.resolve("person", ["United Nations"], None) == "?united nations"


def test_states_go_by_their_code() -> None:
    names = GoldNames(visit())
    assert names.resolve("country", ["Kenya"], "KEN") == "KEN"
    assert names.resolve("country", ["Free Kenya"], None) == "free kenya"


def test_nobody() -> None:
    names = GoldNames(visit())
    assert names.resolve("person", ["Quentin Zoltan"], None) == "?quentin zoltan"
    assert names.resolve("person", ["", ""], None) == "?"


def test_most_words_in_common() -> None:
    gold = with_entities(
        entity("mfa", "organization", "Ministry of Foreign Affairs"), entity("mod", "organization", "Ministry")
    )
    names = GoldNames(gold)
    assert names.resolve("organization", ["Foreign Ministry"], None) == "mfa"
    assert names.resolve("organization", ["Foreign Office"], None) == "?foreign office"


def test_the_first_of_two_with_the_name_and_the_last_of_two_as_near() -> None:
    first = entity("b", "person", "Ann Mary Lee", aliases=["Lee"])
    second = entity("a", "person", "Ann Jane Lee", aliases=["Lee"])
    names = GoldNames(with_entities(first, second))
    assert names.resolve("person", ["Lee"], None) == "b"
    assert GoldNames(with_entities(second, first)).resolve("person", ["Lee"], None) == "a"
    assert names.resolve("person", ["Ann Lee"], None) == "b"
    assert GoldNames(with_entities(second, first)).resolve("person", ["Ann Lee"], None) == "b"


def test_countries() -> None:
    gold = with_entities(
        entity("lee", "person", "Lee"),
        entity("ray", "person", "Ray"),
        entity("mfa", "organization", "MFA", country="KEN"),
        relations=[
            {"type": "holds_position", "subject": "lee", "object": "mfa", "title": "Head"},
            {"type": "holds_position", "subject": "lee", "object": "NOR", "title": "Minister"},
            {"type": "holds_position", "subject": "lee", "object": "FRA", "title": "Envoy"},
            {"type": "holds_position", "subject": "ray", "object": None, "title": "historian"},
        ],
    )
    names = GoldNames(gold)
    # An organisation whose name looks like a code passes for a state, as it does in value labels.
    assert names.country("lee") == "MFA"
    assert names.country("ray") is None
    assert names.country("mfa") == "KEN"
    assert names.country("IRQ") == "IRQ"
    assert names.country("nobody") is None
    assert [names.giver(post) for post in (*names.posts["lee"], *names.posts["ray"])] == ["MFA", "NOR", "FRA", "None"]
