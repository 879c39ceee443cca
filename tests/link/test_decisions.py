"""Human decisions: they win over the matcher, outlive rebuilds, and can be taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.link.registry import Registry, open_registry
from pipeline.link.sighting import Sighting
from pipeline.link.store import RegistryError
from tests.link.matching import WordMatcher, article, person


def forms(registry: Registry) -> set[frozenset[str]]:
    return {frozenset(f.text for f in e.forms) for e in registry.entities()}


def linked(registry: Registry, *names: str) -> list[str]:
    return [id for (id,) in registry.link([article(name, person(name)) for name in names])]


def test_a_merge_makes_one_of_two_and_undo_makes_two_again(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        anna, carl = linked(registry, "Anna Berg", "Carl Dahl")
        before = list(registry.entities())
        assert registry.merge(carl, anna, note="one person") == anna
        merged = registry.get(carl)
        assert merged is not None
        assert (merged.id, merged.aliases, merged.documents) == (anna, (carl,), 2)
        registry.rebuild()
        assert registry.get(carl) == merged
        assert linked(registry, "Carl Dahl") == [anna]
        (undone,) = [registry.undo(note="two after all")]
        assert (undone.action, undone.undone) == ("merge", True)
        assert list(registry.entities()) == before
        registry.rebuild()
        assert list(registry.entities()) == before


def test_a_split_parts_an_entity_and_what_comes_later(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        (first, *_) = linked(registry, "Anna Maria Berg", "Anna Maria Lund Berg", "Anna Maria Lund")
        before = list(registry.entities())
        assert len(before) == 1
        off = registry.split(first, ["Anna Maria Lund"], note="her niece")
        assert off != first
        assert forms(registry) == {
            frozenset({"Anna Maria Berg", "Anna Maria Lund Berg"}),
            frozenset({"Anna Maria Lund"}),
        }
        assert registry.get(off).documents == 1
        near_off, near_first = linked(registry, "Maria Lund", "Anna Maria Sofia Berg")
        assert (near_off, near_first) == (off, first)
        then = forms(registry)
        registry.rebuild()
        assert forms(registry) == then
        assert registry.resolve([off, first]) == {off: off, first: first}
        registry.undo()
        assert len(list(registry.entities())) == 1
        assert registry.resolve([off]) == {off: first}


def test_the_founding_form_keeps_the_id(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        first, second = linked(registry, "Anna Maria Berg", "Anna Maria Lund Berg")
        assert first == second
        assert registry.split(first, ["Anna Maria Berg"]) == first
        (rest,) = [e for e in registry.entities() if e.id != first]
        assert [f.text for f in rest.forms] == ["Anna Maria Lund Berg"]


def test_a_split_parts_what_one_article_says_is_one(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        wrong = article("a", person("Anna Berg", "Carl Dahl", "Carl Dahl"))
        ((both,),) = registry.link([wrong])
        off = registry.split(both, ["Anna Berg"])
        assert registry.link([wrong]) == [(both,)]
        assert {e.documents for e in registry.entities()} == {1}
        ((id,),) = registry.link([article("b", person("Anna Berg", "Carl Dahl", "Anna Berg"))])
        assert id == off
        assert {e.documents for e in registry.entities()} == {2}


def test_a_split_by_country(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        ((a,), (b,), (c,)) = registry.link(
            [
                article("a", person("Anna Berg", country="KEN")),
                article("b", person("Anna Berg")),
                article("c", person("Anna Berg", country="AZE")),
            ]
        )
        assert registry.resolve([a, b, c]) == {a: a, c: a}
        off = registry.split(a, ["Anna Berg"], country="AZE")
        entity = registry.get(off)
        assert entity is not None
        assert entity.countries == (("AZE", 1),)
        with pytest.raises(RegistryError, match="no form 'Anna Berg' with country SWE"):
            registry.split(a, ["Anna Berg"], country="SWE")


def test_a_form_goes_to_the_side_that_it_fits_best_with_all_that_is_known(place: str) -> None:
    """Two sides of three names each; a fourth is as near to both, until a name comes that is nearer to one."""
    with open_registry(place, matcher=WordMatcher(threshold=0.5)) as registry:
        ((a, b),) = registry.link([article("a", person("Ada Bo Cy Da"), person("Ada Bo Cy Ed"))])
        assert a == b
        b = registry.split(a, ["Ada Bo Cy Ed"])
        ((new,),) = registry.link([article("b", person("Ada Bo Cy"))])
        assert new == a
        registry.link([article("c", person("Ada Bo Cy", "Ada Bo Cy Ed"))])
        assert {e.id: (e.documents, len(e.forms)) for e in registry.entities()} == {a: (1, 1), b: (3, 2)}
        registry.rebuild()
        assert {e.id: (e.documents, len(e.forms)) for e in registry.entities()} == {a: (1, 1), b: (3, 2)}


def test_a_form_that_fits_no_side_is_an_entity_of_its_own(place: str) -> None:
    with open_registry(place, matcher=WordMatcher(threshold=0.5)) as registry:
        ((a, _, c),) = registry.link([article("a", person("Ada Bo"), person("Ada Bo Cy Da"), person("Cy Da"))])
        assert a == c
        registry.split(a, ["Cy Da"])
        b = registry.split(a, ["Ada Bo Cy Da"])
        ((new,),) = registry.link([article("b", person("Ada Bo Cy Da Ed", "Cy Da", "Ada Bo"))])
        assert new in (a, b, c)
        assert sum(e.documents for e in registry.entities()) == 5
        assert registry.stats().entities == {"person": 3}


def test_the_last_decision_wins_and_undo_goes_back_one_by_one(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        anna, carl = linked(registry, "Anna Berg", "Carl Dahl")
        registry.merge(anna, carl)
        assert registry.split(anna, ["Carl Dahl"]) == carl
        assert len(forms(registry)) == 2
        registry.merge(anna, carl)
        assert len(forms(registry)) == 1
        sizes = []
        for _ in range(3):
            registry.undo()
            sizes.append(len(forms(registry)))
        assert sizes == [2, 1, 2]
        with pytest.raises(RegistryError, match="no decision to undo"):
            registry.undo()


def test_the_log_keeps_everything(place: str) -> None:
    start = dt.datetime.now(dt.UTC).replace(microsecond=0)
    with open_registry(place, matcher=WordMatcher()) as registry:
        anna, carl = linked(registry, "Anna Berg", "Carl Dahl")
        registry.merge(anna, carl, note="so says\nthe embassy")
        registry.undo(note="it was wrong")
        registry.split(registry.merge(anna, carl), ["Carl Dahl"])
        log = registry.decisions()
    assert [(d.number, d.action, d.note, d.target, d.undone) for d in log] == [
        (1, "merge", "so says the embassy", None, True),
        (2, "undo", "it was wrong", 1, False),
        (3, "merge", "", None, False),
        (4, "split", "", None, False),
    ]
    assert [d.entities for d in log] == [(anna, carl), (anna, carl), (anna, carl), (anna,)]
    assert log[3].forms == ("Carl Dahl",)
    assert all(start <= d.at <= dt.datetime.now(dt.UTC) for d in log)


def test_decisions_outlive_another_matcher(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        anna, carl, _ = linked(registry, "Anna Maria Berg", "Carl Dahl", "Anna Maria Lund Berg")
        registry.merge(anna, carl)
        off = registry.split(anna, ["Anna Maria Lund Berg"])
    with open_registry(place, matcher=WordMatcher(name="words 2", threshold=0.1)) as registry:
        registry.rebuild()
        assert forms(registry) == {frozenset({"Anna Maria Berg", "Carl Dahl"}), frozenset({"Anna Maria Lund Berg"})}
    with open_registry(place, matcher=WordMatcher(threshold=1.0)) as registry:
        registry.rebuild()
        assert forms(registry) == {frozenset({"Anna Maria Berg", "Carl Dahl"}), frozenset({"Anna Maria Lund Berg"})}
        assert registry.resolve([anna, carl, off]) == {anna: anna, carl: anna, off: off}


def test_decisions_take_no_matcher(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        anna, carl = linked(registry, "Anna Berg", "Carl Dahl")
    with open_registry(place, create=False) as registry:
        registry.split(registry.merge(anna, carl), ["Anna Berg"])
        registry.undo()
        assert len(forms(registry)) == 1


def test_what_cannot_be_decided(place: str) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        ((anna,), (carl,), (court,)) = registry.link(
            [
                article("a", person("Anna Berg", "Berg", "Anna Bergh")),
                article("b", person("Carl Dahl")),
                article("c", Sighting("organization", (("Supreme Court", 1),))),
            ]
        )
        size = registry.stats()
        nobody = "ent_0000000000000000"
        for match, decide in {
            "no entity ent_0000000000000000": lambda: registry.merge(anna, nobody),
            "one entity already": lambda: registry.merge(anna, anna),
            "of kind person, .* of kind organization": lambda: registry.merge(carl, court),
            "no form 'Carl Dahl'": lambda: registry.split(anna, ["Anna Berg", "Carl Dahl"]),
            "'Berg' is a short form": lambda: registry.split(anna, ["Berg"]),
            "nothing of .* is left": lambda: registry.split(anna, ["Anna Berg", "Anna Bergh"]),
            "no form is named": lambda: registry.split(anna, []),
        }.items():
            with pytest.raises(RegistryError, match=match):
                decide()
        assert registry.stats() == size
        assert registry.decisions() == []
