"""Entities added up over articles."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.entities import EntityTable, canonical_name
from pipeline.record import DocumentRecord, EntityRecord
from tests.records import document_record, entity, holds, ident

NORWAY = entity(9, "country", "Norway", "Norway", "Norwegian", country="NOR")
COUNCIL = entity(8, "organization", "Nordic Council", "Nordic Council")
DOCUMENTS = [
    document_record(
        "a",
        entity(1, "person", "Ann Lee", "Ann Lee", "Lee", "Lee", country="NOR"),
        NORWAY,
        relations=(holds(1, "Foreign Minister", 9),),
        published="2025-05-06",
    ),
    document_record(
        "b",
        entity(1, "person", "Lee", "Lee"),
        COUNCIL,
        NORWAY,
        relations=(holds(1, "foreign minister", 9), holds(1, "Chair", 8)),
        published="2025-01-02",
    ),
    document_record(
        "c",
        entity(1, "person", "Lee", "Ann\nLee"),
        NORWAY,
        relations=(holds(1, "Foreign Minister", 9),),
        published=None,
    ),
]


def table(
    documents: Iterable[DocumentRecord], *, now: Mapping[str, str] | None = None, **options: int
) -> list[EntityRecord]:
    entities = EntityTable(**options)
    for document in documents:
        entities.add(document)
    return list(entities.records(now))


def test_a_person_over_several_articles() -> None:
    ann, council, norway = table(DOCUMENTS)
    assert (ann.id, ann.kind, ann.name, ann.country) == (ident(1), "person", "Ann Lee", "NOR")
    assert list(ann.names.items()) == [("Lee", 3), ("Ann Lee", 2)]
    assert [(p.title, p.of, str(p.first_seen), str(p.last_seen)) for p in ann.positions] == [
        ("Chair", "Nordic Council", "2025-01-02", "2025-01-02"),
        ("Foreign Minister", "NOR", "2025-01-02", "2025-05-06"),
    ]
    assert (ann.first_seen, ann.last_seen, ann.documents) == (dt.date(2025, 1, 2), dt.date(2025, 5, 6), 3)
    assert (council.name, council.documents) == ("Nordic Council", 1)
    assert norway.names == {"Norway": 3, "Norwegian": 3}
    assert ann.wikidata is None


@given(st.permutations(DOCUMENTS))
def test_the_order_of_the_articles_does_not_matter(documents: list[DocumentRecord]) -> None:
    shuffled = [record.model_dump_json() for record in table(documents)]
    assert shuffled == [record.model_dump_json() for record in table(DOCUMENTS)]


@given(st.lists(st.sampled_from(DOCUMENTS)), st.integers(1, 4), st.booleans())
def test_what_is_put_aside_is_not_forgotten(documents: list[DocumentRecord], most: int, merged: bool) -> None:
    now = {ident(8): ident(7)} if merged else {}
    assert table(documents, now=now, most=most) == table(documents, now=now)


def test_the_ids_put_aside_are_known() -> None:
    entities = EntityTable(most=1)
    for document in DOCUMENTS:
        entities.add(document)
    assert sorted(entities.ids()) == sorted({ident(1), ident(8), ident(9)})


def test_an_entity_without_a_date() -> None:
    [alone] = table([document_record("a", entity(1, "city", "Oslo", "Oslo"), published=None)])
    assert (alone.first_seen, alone.last_seen, alone.positions) == (None, None, [])


def test_canonical_names() -> None:
    assert canonical_name(Counter({"Lee": 9, "Ann Lee": 2, "A. Lee": 1})) == "Ann Lee"
    assert canonical_name(Counter({"Ann Lee": 1, "Ann B. Lee": 1})) == "Ann B. Lee"
    assert canonical_name(Counter({"Kenya": 1, "Kenia": 1})) == "Kenia"
