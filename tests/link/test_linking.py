"""Linking: the same entities whatever the order, ids that stay, counts that add up."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.link.components import Union
from pipeline.link.placing import place as placed
from pipeline.link.registered import RegisteredEntity
from pipeline.link.registry import Registry, open_registry
from pipeline.link.sighting import ArticleSightings, ImportedEntity, Node, Office, Sighting
from pipeline.link.store import RegistryError
from tests.link.conftest import NewPlace
from tests.link.matching import DAY, DrawnMatcher, WordMatcher, article, digest, person

WORDS = st.sampled_from("an ab bo bu".split())
FORMS = st.one_of(WORDS, st.tuples(WORDS, WORDS).map(" ".join))
SIGHTINGS = st.builds(
    Sighting,
    st.sampled_from(["person", "organization"]),
    st.lists(st.tuples(FORMS, st.integers(1, 3)), min_size=1, max_size=3, unique_by=lambda f: f[0]).map(tuple),
    st.sampled_from([None, "AZE", "KEN"]),
    st.lists(st.builds(Office, st.sampled_from(["minister", "Minister"]), st.sampled_from([None, "AZE"]))).map(tuple),
)
ARTICLES = st.lists(st.lists(SIGHTINGS, max_size=3).map(tuple), max_size=7).map(
    lambda all_sightings: [
        ArticleSightings(digest(str(n)), str(n), None if n % 3 == 0 else DAY + dt.timedelta(n), sightings)
        for n, sightings in enumerate(all_sightings)
    ]
)


def link_in_calls(registry: Registry, articles: list[ArticleSightings], size: int) -> dict[tuple[str, int], str]:
    """Link, some articles a call; the id at the end of each sighting, by article and place in it."""
    for start in range(0, len(articles), size):
        registry.link(articles[start : start + size])
    return ids_now(registry, articles)


def ids_now(registry: Registry, articles: list[ArticleSightings]) -> dict[tuple[str, int], str]:
    found = zip(articles, registry.link(articles), strict=True)
    return {(one.sha256, n): id for one, ids in found for n, id in enumerate(ids)}


def groups(ids: dict[tuple[str, int], str]) -> set[frozenset[tuple[str, int]]]:
    return {frozenset(key for key in ids if ids[key] == id) for id in ids.values()}


def brute_force(articles: list[ArticleSightings], matcher: DrawnMatcher) -> set[frozenset[tuple[str, int]]]:
    """The groups of sightings by comparing every node with every other."""
    anchors: dict[tuple[str, int], Node] = {}
    numbers: dict[Node, int] = {}
    union = Union()
    for one in articles:
        for n, sighting in enumerate(one.sightings):
            nodes = placed(sighting.kind, sighting.forms, sighting.country, matcher).nodes
            anchors[one.sha256, n] = nodes[0]
            for node in nodes:
                union.join(numbers.setdefault(nodes[0], len(numbers)), numbers.setdefault(node, len(numbers)))
    for a, b in itertools.combinations(sorted(numbers, key=lambda node: node.key), 2):
        alike = a.kind == b.kind and matcher.is_full(a.kind, a.normal) == matcher.is_full(b.kind, b.normal)
        shared = set(matcher.keys(a.kind, a.normal, a.country)) & set(matcher.keys(b.kind, b.normal, b.country))
        if alike and shared and matcher.probability(a, b) >= matcher.threshold:
            union.join(numbers[a], numbers[b])
    roots = {key: str(union.find(numbers[node])) for key, node in anchors.items()}
    return groups(roots)


def facts(entity: RegisteredEntity) -> tuple[object, ...]:
    """What must be the same in any order: everything but the ids, and which articles are kept as evidence."""
    forms = tuple((f.text, f.count, f.first, f.last) for f in entity.forms)
    return (entity.kind, entity.name, forms, entity.countries, entity.positions, entity.documents)


@settings(max_examples=150)
@given(ARTICLES, st.randoms(use_true_random=False), st.integers(1, 4))
def test_any_order_of_articles_gives_the_same_entities(articles, random, size: int) -> None:
    with (
        open_registry(":memory:", matcher=DrawnMatcher()) as one,
        open_registry(":memory:", matcher=DrawnMatcher()) as other,
    ):
        first = groups(link_in_calls(one, articles, len(articles) or 1))
        shuffled = random.sample(articles, len(articles))
        assert groups(link_in_calls(other, shuffled, size)) == first
        assert first == brute_force(articles, DrawnMatcher())
        before = list(map(facts, one.entities()))
        assert sorted(before, key=repr) == sorted(map(facts, other.entities()), key=repr)
        assert other.rebuild().entities == one.stats().entities
        assert sorted(before, key=repr) == sorted(map(facts, other.entities()), key=repr)


@settings(max_examples=150)
@given(ARTICLES, ARTICLES, st.data())
def test_any_order_of_articles_gives_the_same_entities_under_decisions(before, later, data: st.DataObject) -> None:
    later = [ArticleSightings(digest(f"later {a.doc_id}"), f"later {a.doc_id}", a.day, a.sightings) for a in later]
    orders = [later, data.draw(st.permutations(later))]
    choices = data.draw(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=3))
    found = []
    for order in orders:
        with open_registry(":memory:", matcher=DrawnMatcher()) as registry:
            link_in_calls(registry, before, 2)
            for a, b in choices:
                decide(registry, a, b)
            link_in_calls(registry, order, 2)
            found.append(groups(ids_now(registry, [*before, *order])))
            facts_then = sorted(map(facts, registry.entities()), key=repr)
            registry.rebuild()
            assert sorted(map(facts, registry.entities()), key=repr) == facts_then
    assert found[0] == found[1]


def decide(registry: Registry, a: int, b: int) -> None:
    """Some decision that is possible, chosen by two numbers: an undo, a merge, or else a split."""
    if (a + b) % 5 == 0 and any(not d.undone for d in registry.decisions() if d.action != "undo"):
        registry.undo()
        return
    everyone = list(registry.entities())
    if not everyone:
        return
    one, other = everyone[a % len(everyone)], everyone[b % len(everyone)]
    if one.kind == other.kind and one.id != other.id:
        registry.merge(one.id, other.id)
    else:
        try:
            registry.split(one.id, [one.forms[b % len(one.forms)].text])
        except RegistryError:
            return


@given(ARTICLES, st.integers(1, 3))
def test_what_was_one_stays_one_and_every_id_resolves(articles, size: int) -> None:
    with open_registry(":memory:", matcher=DrawnMatcher()) as registry:
        given_out: list[dict[tuple[str, int], str]] = []
        created: list[str] = []
        for start in range(0, len(articles), size):
            given_out.append(link_in_calls(registry, articles[start : start + size], size))
            created += [id for id in given_out[-1].values() if id not in created]
        now = registry.resolve(created)
        everyone = {id: entity for entity in registry.entities() for id in (entity.id, *entity.aliases)}
        assert now.keys() == set(created)
        assert {id: everyone[id].id for id in created} == now
        for ids in given_out:
            assert {key: now[id] for key, id in ids.items()} == {
                key: id for key, id in ids_now(registry, articles).items() if key in ids
            }
        for id, winner in now.items():
            if winner in created and size == 1:
                assert created.index(winner) <= created.index(id)


def test_any_order_in_every_store(new_place: NewPlace) -> None:
    draw = random.Random(5)
    names = [f"{a}{x} {b}{x}" for a, b in itertools.product("abcde", repeat=2) for x in "klm"]
    articles = [
        article(f"a{n}", *(person(draw.choice(names), country=draw.choice(["AZE", "KEN", None])) for _ in range(3)))
        for n in range(30)
    ]
    matcher, found = DrawnMatcher(threshold=0.95), []
    for size in (30, 7, 1):
        draw.shuffle(articles)
        with open_registry(new_place(), matcher=matcher) as registry:
            found.append(groups(link_in_calls(registry, articles, size)))
    assert found[0] == found[1] == found[2] == brute_force(articles, matcher)
    assert 1 < len(found[0]) < 90


def test_linking_again_changes_nothing(place: str) -> None:
    articles = [article("a", person("Anna Berg", "Berg", country="KEN")), article("b", person("Anna Berg"))]
    with open_registry(place, matcher=WordMatcher()) as registry:
        ids = registry.link(articles)
        before, size = list(registry.entities()), registry.stats()
        assert registry.link(articles) == ids
        assert registry.link(articles[:1] * 2) == [ids[0], ids[0]]
        assert list(registry.entities()) == before
        assert registry.stats() == size


def test_the_same_article_twice_in_one_call_counts_once(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link([article("a", person("Anna Berg")), article("a", person("Anna Berg"))])
        (entity,) = registry.entities()
        assert (entity.documents, entity.forms[0].count) == (1, 1)


def test_an_article_read_anew_gives_ids_but_no_counts(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link([article("a", person("Anna Berg"))])
        ((id,),) = registry.link([article("a", person("Carl Dahl", "Dahl"))])
        entity = registry.get(id)
        assert entity is not None
        assert [(f.text, f.count, f.first) for f in entity.forms] == [("Carl Dahl", 0, None), ("Dahl", 0, None)]
        assert entity.documents == 0
        assert registry.stats().articles == 1


def test_late_evidence_merges_and_the_later_id_resolves(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        ((early,),) = registry.link([article("a", person("Anna Berg", country="KEN"))])
        ((late,),) = registry.link([article("b", person("Anka Bergh", country="KEN"), day=DAY + dt.timedelta(3))])
        assert early != late
        ((both,),) = registry.link([article("c", person("Anka Bergh", "Anna Berg", "Anna Berg", country="KEN"))])
        assert both == early
        assert registry.resolve([early, late, "ent_0000000000000000"]) == {early: early, late: early}
        entity = registry.get(late)
        assert entity == registry.get(early)
        assert entity is not None
        assert (entity.id, entity.aliases, entity.documents) == (early, (late,), 3)
        assert [(f.text, f.count, f.first, f.last) for f in entity.forms] == [
            ("Anna Berg", 3, DAY, DAY),
            ("Anka Bergh", 2, DAY, DAY + dt.timedelta(3)),
        ]
        assert registry.stats().entities == {"person": 1}


def test_an_id_does_not_depend_on_what_else_is_there(new_place: NewPlace) -> None:
    with (
        open_registry(new_place(), matcher=WordMatcher()) as one,
        open_registry(new_place(), matcher=WordMatcher()) as other,
    ):
        other.link([article("x", person("Carl Dahl"))])
        assert one.link([article("a", person("Anna Berg"))]) == other.link([article("b", person("anna  BERG"))])


def test_a_short_form_goes_with_the_full_one_and_is_never_a_bridge(place: str) -> None:
    with open_registry(place, matcher=WordMatcher(threshold=0.5)) as registry:
        ids = registry.link(
            [
                article("a", person("Anna Berg", "Berg", "Berg")),
                article("b", person("Olaf Berg", "Berg")),
                article("c", person("Berg")),
                article("d", person("BERG", country="KEN")),
            ]
        )
        assert len({id for (id,) in ids}) == 3
        assert ids[2] == ids[3]
        anna = registry.get(ids[0][0])
        assert anna is not None
        assert [(f.text, f.count) for f in anna.forms] == [("Berg", 2), ("Anna Berg", 1)]
        assert anna.name == "Anna Berg"


def test_kinds_and_countries_are_apart(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        ((a, b, c, d),) = registry.link(
            [
                article(
                    "a",
                    Sighting("organization", (("Supreme Court", 1),), "KEN"),
                    Sighting("organization", (("Supreme Court", 1),), "AZE"),
                    Sighting("organization", (("Supreme Court", 1),), "KEN"),
                    Sighting("facility", (("Supreme Court", 1),), "KEN"),
                )
            ]
        )
        assert a == c
        assert len({a, b, d}) == 3
        court = registry.get(a)
        assert court is not None
        assert (court.documents, court.forms[0].count, court.country) == (1, 2, "KEN")


def test_positions_have_counts_and_days(place: str) -> None:
    minister = Office("Foreign Minister", "KEN")
    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link(
            [
                article("a", person("Anna Berg", positions=(minister,)), day=DAY),
                article("b", person("Anna Berg", positions=(minister, Office("envoy"))), day=None),
                article(
                    "c", person("Anna Berg", positions=(Office("foreign\n minister", "KEN"),)), day=DAY.replace(day=1)
                ),
            ]
        )
        (entity,) = registry.entities()
        assert [(p.title, p.of, p.count, p.first, p.last) for p in entity.positions] == [
            ("Foreign Minister", "KEN", 3, DAY.replace(day=1), DAY),
            ("envoy", None, 1, None, None),
        ]


def test_evidence_is_capped_and_counts_are_not(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        for start in (0, 4, 25):
            registry.link([article(f"a{n:02}", person("Anna Berg")) for n in range(start, start + 25)])
        (entity,) = registry.entities()
        (form,) = entity.forms
        assert [e.doc_id for e in form.evidence] == [f"a{n:02}" for n in range(10)]
        assert form.evidence[0].sha256 == digest("a00")
        assert form.evidence[0].day == DAY
        assert (form.count, entity.documents) == (50, 50)


def test_documents_count_an_article_once_even_when_two_sightings_become_one(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        ((one, other),) = registry.link([article("a", person("Anna Berg"), person("Anka Bergh"))])
        assert one != other
        registry.link([article("b", person("Anna Berg", "Anka Bergh"))])
        entity = registry.get(one)
        assert entity is not None
        assert entity.documents == 2


def test_imported_entities_have_names_but_no_articles(place: str) -> None:
    listed = ImportedEntity("person", ("Anna Berg", "Анна Берг", "Berg"), "KEN", (Office("envoy", "KEN"),), "Q1")
    with open_registry(place, matcher=WordMatcher()) as registry:
        (id,) = registry.add_imported([listed])
        before = list(registry.entities())
        assert registry.add_imported([listed, listed]) == [id, id]
        assert list(registry.entities()) == before
        (entity,) = before
        assert (entity.name, entity.documents, entity.wikidata, entity.countries) == (
            "Anna Berg",
            0,
            ("Q1",),
            (("KEN", 0),),
        )
        assert {(f.text, f.count, f.evidence) for f in entity.forms} == {(name, 0, ()) for name in listed.names}
        assert [(p.title, p.count) for p in entity.positions] == [("envoy", 0)]
        assert registry.link([article("a", person("Анна Берг"))]) == [(id,)]
        entity = registry.get(id)
        assert entity is not None
        assert (entity.documents, entity.name) == (1, "Anna Berg")


def test_another_matcher_has_to_rebuild(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        ((one,), (other,)) = registry.link(
            [article("a", person("Anna Maria Berg")), article("b", person("Anna Maria Lund Berg"))]
        )
        assert one == other
    with open_registry(place, matcher=WordMatcher(threshold=0.8)) as registry:
        with pytest.raises(RegistryError, match=r"linked by words 1 at 0\.6, not words 1 at 0\.8; rebuild"):
            registry.link([article("c", person("Carl Dahl"))])
        with pytest.raises(RegistryError, match="rebuild"):
            registry.search("Anna")
        assert registry.rebuild().entities == {"person": 2}
        ((third,),) = registry.link([article("b", person("Anna Maria Lund Berg"))])
        assert registry.resolve([one, third]) == {one: one, third: third}
        assert third != one


def test_nothing_is_kept_of_a_call_that_fails(place: str) -> None:
    class Failing(WordMatcher):
        def probabilities(self, pairs):
            raise KeyboardInterrupt

    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link([article("a", person("Anna Berg"))])
        size = registry.stats()
    with open_registry(place, matcher=Failing()) as registry:
        with pytest.raises(KeyboardInterrupt):
            registry.link([article("b", person("Anna Dahl"))])
        assert registry.stats() == size
        registry.link([article("c", person("Anna Berg"))])


def test_odd_text_is_kept_as_one_line(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link([article("a", person("Anna\x00\u2028 Be\ud800rg", positions=(Office("en\x00voy"),)))])
        (entity,) = registry.entities()
        assert (entity.name, entity.positions[0].title) == ("Anna Be rg", "en voy")


@pytest.mark.parametrize("forms", [(), (("—", 1),)])
def test_a_sighting_needs_a_name(forms) -> None:
    with pytest.raises(ValueError, match="name"):
        Sighting("person", forms)


def test_a_matcher_that_finds_no_name_is_told() -> None:
    with open_registry(":memory:", matcher=WordMatcher()) as registry, pytest.raises(ValueError, match=r"Dr\."):
        registry.link([article("a", person("Dr."))])


def test_linking_takes_a_matcher(place: str) -> None:
    with open_registry(place) as registry, pytest.raises(RegistryError, match="matcher"):
        registry.link([])
