"""Reading: by id, in lists, by name, everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from pipeline.link.registered import EntityLine
from pipeline.link.registry import Registry, open_registry
from pipeline.link.sighting import ImportedEntity, Office, Sighting
from tests.link.matching import DAY, WordMatcher, article, person


@pytest.fixture
def registry(place: str) -> Iterator[Registry]:
    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link(
            [
                article(
                    "a",
                    person("Анна Берг", "Анна Берг", "Anna Berg", country="KEN", positions=(Office("envoy", "KEN"),)),
                ),
                article("b", person("Anna Berg", "Dr. Anna Berg"), person("Čarl 100% Dahl", country="SWE"), day=None),
                article("c", Sighting("organization", (("Berg_Bank", 2),)), day=DAY + dt.timedelta(1)),
            ]
        )
        registry.add_imported(
            [
                ImportedEntity("person", ("Dina Moe",), wikidata="Q20"),
                ImportedEntity("person", ("Dina Moe",), wikidata="Q3"),
            ]
        )
        yield registry


def names(lines: tuple[EntityLine, ...]) -> list[str]:
    return [line.name for line in lines]


def test_a_list_has_those_in_most_articles_first(registry: Registry) -> None:
    page = registry.page()
    assert names(page.entities) == ["Anna Berg", "Čarl 100% Dahl", "Berg_Bank", "Dina Moe"]
    assert page.total == 4
    assert page.entities[0] == EntityLine(
        id=page.entities[0].id,
        kind="person",
        name="Anna Berg",
        country="KEN",
        documents=2,
        first=DAY,
        last=DAY,
        wikidata=None,
    )
    assert page.entities[3].wikidata == "Q3"


def test_a_list_in_pages(registry: Registry) -> None:
    pages = [registry.page(offset=offset, limit=3) for offset in (0, 3, 6)]
    assert [len(p.entities) for p in pages] == [3, 1, 0]
    assert {p.total for p in pages} == {4}
    assert (*pages[0].entities, *pages[1].entities) == registry.page().entities


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "organization"}, ["Berg_Bank"]),
        ({"kind": "city"}, []),
        ({"country": "KEN"}, ["Anna Berg"]),
        ({"text": "BERG"}, ["Anna Berg", "Berg_Bank"]),
        ({"text": "анна"}, ["Anna Berg"]),
        ({"text": "carl"}, ["Čarl 100% Dahl"]),
        ({"text": "0%"}, ["Čarl 100% Dahl"]),
        ({"text": "%"}, []),
        ({"text": "e_b"}, []),
        ({"text": "berg", "kind": "person", "country": "SWE"}, []),
    ],
)
def test_a_list_of_some(registry: Registry, wanted: dict[str, str], found: list[str]) -> None:
    page = registry.page(**wanted)
    assert names(page.entities) == found
    assert page.total == len(found)


def test_an_entity_has_everything(registry: Registry) -> None:
    (line,) = registry.page(country="KEN").entities
    entity = registry.get(line.id)
    assert entity is not None
    assert [(f.text, f.count, f.first, f.last) for f in entity.forms] == [
        ("Anna Berg", 2, DAY, DAY),
        ("Анна Берг", 2, DAY, DAY),
        ("Dr. Anna Berg", 1, None, None),
    ]
    assert [e.doc_id for e in entity.forms[0].evidence] == ["a", "b"]
    assert [(p.title, p.of, p.count, p.first, p.last) for p in entity.positions] == [("envoy", "KEN", 1, DAY, DAY)]
    assert (entity.first, entity.last, entity.country, entity.wikidata) == (DAY, DAY, "KEN", ())


def test_an_unknown_id_is_nothing(registry: Registry) -> None:
    assert registry.get("ent_0000000000000000") is None
    assert registry.get("%") is None


def test_items_of_two_imports_are_both_kept(registry: Registry) -> None:
    (found, *_) = registry.search("Dina Moe")
    entity = registry.get(found.entity.id)
    assert entity is not None
    assert entity.wikidata == ("Q3", "Q20")


def test_a_search_has_the_likeliest_first_and_then_what_begins_so(registry: Registry) -> None:
    registry.link([article("d", person("Anna Dahl Berg"), person("Anna Bergström"))])
    found = registry.search("Anna Berg")
    assert [(f.entity.name, f.form, f.probability) for f in found] == [
        ("Anna Berg", "Anna Berg", 1.0),
        ("Anna Bergström", "Anna Bergström", 0.333333),
    ]
    assert registry.search("anna berg", limit=1) == found[:1]
    assert [(f.entity.name, f.probability) for f in registry.search("Ann")] == [
        ("Anna Berg", None),
        ("Anna Bergström", None),
    ]
    assert [f.probability for f in registry.search("Anna Berg", country="SWE")] == [1.0, 0.333333]
    assert [(f.form, f.probability) for f in registry.search("Dr.")] == [("Dr. Anna Berg", None)]


def test_a_search_without_a_matcher_finds_what_begins_so(place: str, registry: Registry) -> None:
    with open_registry(place, create=False) as reader:
        assert [(f.entity.name, f.form, f.probability) for f in reader.search("берг анна")] == []
        assert [(f.entity.name, f.form, f.probability) for f in reader.search("анна Б")] == [
            ("Anna Berg", "Анна Берг", None)
        ]
        assert [f.entity.name for f in reader.search("berg", kind="person")] == []
        assert [f.entity.name for f in reader.search("Berg Ba")] == ["Berg_Bank"]
        assert reader.search("—") == []


def test_everything_comes_in_order_of_creation(registry: Registry) -> None:
    assert [e.name for e in registry.entities()] == ["Anna Berg", "Čarl 100% Dahl", "Berg_Bank", "Dina Moe"]
    assert [e.name for e in registry.entities(kind="organization")] == ["Berg_Bank"]


def test_stats_count_everything(registry: Registry) -> None:
    stats = registry.stats()
    assert stats.entities == {"organization": 1, "person": 3}
    assert (stats.articles, stats.decisions, stats.matcher, stats.threshold) == (3, 0, "words 1", 0.6)
    assert stats.nodes == 6
    assert stats.blocks[0][1] == 2
