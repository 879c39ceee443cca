"""Ids: the same for the same thing however spelled, another for another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Entity, EntityKind, Event, EventDate, Place, Span
from pipeline.link.identify import cluster_id, country_id, entity_id, event_id, text_digest

DAY = dt.date(2025, 6, 2)
MEETING = Event(
    key="e0",
    type="CONSULT",
    mode="meeting",
    status="occurred",
    date=EventDate(DAY, DAY, "day", "explicit"),
    place=Place(city="Nairobi", country="KEN"),
    actors=("p0", "p1"),
    recipients=(),
    contexts=(),
    trigger=Span(10, 14),
    mentions=(0,),
    evidence=(),
    confidence=0.5,
)


def person(name: str) -> str:
    return entity_id(Entity("p0", "person", name, (0,)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jelena Petrović", "Jelena Petrovic"),
        ("ELENA PETROVA", "Elena Petrova"),
        ("Nguyễn Văn Hùng", "Nguyen Van Hung"),
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("Shavkat O‘tkirov", "Shavkat O'tkirov"),
        ("Hassan al-Masri", "Hassan Al Masri"),
    ],
)
def test_spellings_of_one_name_are_one_person(one: str, other: str) -> None:
    assert person(one) == person(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Elena Petrova", "Elena Petrov"), ("Elena Petrova", "Irina Petrova"), ("Ann Lee", "Ann Leeson")],
)
def test_people_with_close_names_stay_apart(one: str, other: str) -> None:
    assert person(one) != person(other)


def test_the_key_in_the_article_does_not_count() -> None:
    assert entity_id(Entity("p0", "person", "Ann Lee", (0,))) == entity_id(Entity("p7", "person", "Ann Lee", (3, 4)))


def test_states_go_by_their_code() -> None:
    assert entity_id(Entity("x", "country", "Türkiye", (), country="TUR")) == country_id("TUR")
    assert entity_id(Entity("x", "country", "Turkey", (), country="TUR")) == country_id("TUR")
    assert country_id("TUR") != country_id("TKM")


def test_ministries_of_two_states_are_two() -> None:
    ours, theirs = (Entity("o0", "organization", "Ministry of Energy", (), country=code) for code in ("KEN", "UGA"))
    assert entity_id(ours) != entity_id(theirs)


@given(st.sampled_from(["person", "organization", "city", "facility", "event"]), st.text(min_size=1))
def test_an_id_is_sixteen_hex_digits(kind: EntityKind, name: str) -> None:
    found = entity_id(Entity("k", kind, name, (0,)))
    assert found.startswith("ent_")
    assert len(bytes.fromhex(found.removeprefix("ent_"))) == 8
    assert found == entity_id(Entity("k", kind, name, (0,)))


@given(st.text(st.characters()), st.text(st.characters()))
def test_texts_have_one_digest_each(one: str, other: str) -> None:
    assert (text_digest(one) == text_digest(other)) == (one == other)


@pytest.mark.parametrize(
    "changes",
    [
        {"trigger": Span(11, 14)},
        {"type": "SUPPORT", "mode": "sign"},
        {"mode": "phone"},
        {"status": "planned"},
        {"actors": ("p0", "p2")},
        {"actors": ("p0",), "recipients": ("p1",)},
    ],
)
def test_events_of_one_article_differ(changes: dict[str, object]) -> None:
    assert event_id("0", replace(MEETING, **changes)) != event_id("0", MEETING)  # type: ignore[arg-type]


def test_an_event_is_of_its_article() -> None:
    assert event_id("0", MEETING) == event_id("0", MEETING)
    assert event_id("0", MEETING) != event_id("1", MEETING)


VISIT = ("CONSULT", "visit")


def test_clusters_go_by_what_happened_not_by_how_it_is_told() -> None:
    days = (DAY, DAY)
    one = cluster_id(VISIT, days, "KEN", ["ent_1", "ent_2"], "evt_1")
    assert cluster_id(VISIT, days, "KEN", ["ent_2", "ent_1"], "evt_2") == one
    others = [
        (("CONSULT", "meeting"), days, "KEN", ["ent_1", "ent_2"]),
        (VISIT, (DAY, DAY + dt.timedelta(1)), "KEN", ["ent_1", "ent_2"]),
        (VISIT, days, "UGA", ["ent_1", "ent_2"]),
        (VISIT, days, "KEN", ["ent_1", "ent_3"]),
    ]
    assert all(cluster_id(*other, "evt_1") != one for other in others)


def test_events_without_a_date_are_not_taken_for_one() -> None:
    days = (None, None)
    assert cluster_id(VISIT, days, None, ["ent_1"], "evt_1") != cluster_id(VISIT, days, None, ["ent_1"], "evt_2")
    assert cluster_id(VISIT, days, None, ["ent_1"], "evt_1") == cluster_id(VISIT, days, None, ["ent_1"], "evt_1")
