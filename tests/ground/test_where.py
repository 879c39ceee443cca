from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.document import Document, MentionLabel, Place
from pipeline.ground.where import event_place

Marked = tuple[str, MentionLabel, str | None]


def place_of(document: Callable[..., Document], text: str, trigger: str, *marked: Marked) -> Place:
    made = document(text, *marked, triggers=(trigger,))
    event = made.event_mentions[0]
    return event_place(made, event.head, event.tokens)


def test_city_by_preposition_with_coordinates(document: Callable[..., Document]) -> None:
    place = place_of(document, "The two ministers met in Nairobi on Friday.", "met", ("Nairobi", "city", "KEN"))
    assert (place.city, place.country, place.mention) == ("Nairobi", "KEN", 0)
    assert place.latitude == pytest.approx(-1.28, abs=0.1)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The president visited Kenya last week.", "visited"),
        ("The president arrived in Kenya for a visit.", "arrived"),
        ("The minister travelled to Kenya on Monday.", "travelled"),
    ],
)
def test_country_of_a_visit(document: Callable[..., Document], text: str, trigger: str) -> None:
    place = place_of(document, text, trigger, ("Kenya", "country", "KEN"))
    assert (place.city, place.country, place.latitude) == (None, "KEN", None)


@pytest.mark.parametrize(("label", "name"), [("facility", None), ("organization", "White House")])
def test_a_body_of_a_state_is_where_it_sits(
    document: Callable[..., Document], label: MentionLabel, name: str | None
) -> None:
    made = document("The two leaders met at the White House.", ("White House", label, "USA"), triggers=("met",))
    named = replace(made, mentions=tuple(replace(mention, name=name) for mention in made.mentions))
    event = named.event_mentions[0]
    place = event_place(named, event.head, event.tokens)
    assert (place.facility, place.country, place.city) == ("White House", "USA", None)


def test_facility_stays_beside_the_city(document: Callable[..., Document]) -> None:
    text = "They signed the treaty at Belvedere Palace in Vienna."
    place = place_of(document, text, "signed", ("Belvedere Palace", "facility", None), ("Vienna", "city", "AUT"))
    assert (place.facility, place.city, place.country) == ("Belvedere Palace", "Vienna", "AUT")


@pytest.mark.parametrize(
    ("text", "trigger", "marked"),
    [
        ("The president met the minister of Kenya.", "met", [("Kenya", "country", "KEN")]),
        ("He met the ambassador to Kenya.", "met", [("ambassador", "title", None), ("Kenya", "country", "KEN")]),
        ("The council called on Kenya to open the border.", "called on", [("Kenya", "country", "KEN")]),
        ("He condemned the strike near Nairobi.", "condemned", [("Nairobi", "city", "KEN")]),
        ("They will travel to Chile and Peru.", "travel", [("Chile", "country", "CHL"), ("Peru", "country", "PER")]),
    ],
)
def test_leaves_places_that_are_no_setting(
    document: Callable[..., Document], text: str, trigger: str, marked: list[Marked]
) -> None:
    assert place_of(document, text, trigger, *marked) == Place()


def test_a_nearer_country_shuts_out_a_foreign_city(document: Callable[..., Document]) -> None:
    text = "The president visited Kenya, and the minister stayed in Oslo."
    place = place_of(document, text, "visited", ("Kenya", "country", "KEN"), ("Oslo", "city", "NOR"))
    assert (place.city, place.country, place.mention) == (None, "KEN", 0)
