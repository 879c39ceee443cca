"""The ids of a run: one for one person, however spelled, in every article and every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import Result
from pipeline.document import Article
from pipeline.link.registry import Registry, open_registry
from pipeline.linker import linked
from pipeline.match import build_matcher
from pipeline.stage import Rejection
from tests.models import extractor

NEWS = (
    "NAIROBI, June 3 (Test Wire) - Azerbaijan's Foreign Minister Jeyhun Bayramov met Kenyan President William Ruto "
    "in Nairobi.",
    "BAKU, June 5 (Test Wire) - Azerbaijani Foreign Minister Ceyhun Bayramov met with Turkish Foreign Minister Hakan "
    "Fidan in Baku.",
    "BAKU, June 9 (Test Wire) - Azerbaijani Finance Minister Sahil Babayev met with Vagif Bayramli of a bank in Baku.",
)


def results(texts: tuple[str, ...], registry: Registry) -> list[Result]:
    articles = [Article(f"a{n}", text) for n, text in enumerate(texts)]
    found = list(linked(extractor().run(articles), registry))
    assert not any(isinstance(item, Rejection) for item in found)
    return [item for item in found if isinstance(item, Result)]


def person(result: Result, word: str) -> str:
    [id] = {e.entity for e in result.record.entities if e.kind == "person" and word in e.name}
    return id


@pytest.fixture
def registry() -> Registry:
    return open_registry(":memory:", matcher=build_matcher())


def test_one_person_has_one_id_however_spelled(registry: Registry) -> None:
    first, second, third = results(NEWS, registry)
    assert person(first, "Bayramov") == person(second, "Bayramov")
    assert person(third, "Bayramli") != person(first, "Bayramov")
    assert person(first, "Ruto") != person(second, "Fidan")


def test_every_id_of_the_records_is_one_of_the_document(registry: Registry) -> None:
    for result in results(NEWS, registry):
        known = {entity.entity for entity in result.record.entities}
        assert {p.entity for e in result.events for p in (*e.actors, *e.recipients)} <= known
        assert {id for r in result.record.relations for id in (r.subject, r.object)} <= known


def test_a_later_run_knows_the_people_of_an_earlier_one(tmp_path: Path) -> None:
    file = tmp_path / "registry.sqlite"
    with open_registry(file, matcher=build_matcher()) as registry:
        [before] = results(NEWS[:1], registry)
    with open_registry(file, matcher=build_matcher()) as registry:
        [again, after] = results(NEWS[:2], registry)
    assert (again.record, again.events) == (before.record, before.events)
    assert person(after, "Bayramov") == person(before, "Bayramov")


def test_the_order_of_articles_does_not_part_people(registry: Registry) -> None:
    with open_registry(":memory:", matcher=build_matcher()) as other:
        forward, back = results(NEWS, registry), results(NEWS[::-1], other)[::-1]
    for word in ("Bayramov", "Fidan", "Babayev"):
        for one, two in ((0, 1), (1, 2), (0, 2)):
            sides = [[p.entity for p in r.record.entities if p.kind == "person" and word in p.name] for r in forward]
            backs = [[p.entity for p in r.record.entities if p.kind == "person" and word in p.name] for r in back]
            assert (sides[one] == sides[two]) == (backs[one] == backs[two])


def test_a_body_of_no_known_state_is_known_in_its_article_only(registry: Registry) -> None:
    told = (
        "The Foreign Ministry said on Monday that Foreign Minister Hakan Fidan met with Jeyhun Bayramov, wires report."
    )
    one, other = results((told, f"{told} They met again in the evening."), registry)
    ministries = [[e.entity for e in r.record.entities if e.kind == "organization"] for r in (one, other)]
    assert all(ministries)
    assert not set(ministries[0]) & set(ministries[1])
