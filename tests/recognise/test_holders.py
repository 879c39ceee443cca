"""Holders' names behind titles with bodies, countries and further titles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Surfaces = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("She met the Secretary-General of the Arab League Baghdad Omarov on Monday.", "Baghdad Omarov"),
        ("The Secretary-General of the Arab League, Baghdad Omarov, spoke.", "Baghdad Omarov"),
        ("He received the Ambassador of the People's Republic of China to Vietnam He Weiling for talks.", "He Weiling"),
    ],
)
def test_a_name_behind_a_title_with_its_body(surfaces: Surfaces, text: str, person: str) -> None:
    assert person in surfaces(text, "person")


def test_a_city_that_is_a_given_name_is_one_again_with_the_surname(surfaces: Surfaces) -> None:
    text = "The Secretary-General of the Arab League Baghdad Omarov spoke in Baghdad. There Baghdad Omarov met Ana Paz."
    assert surfaces(text, "person") == ["Baghdad Omarov", "Baghdad Omarov", "Ana Paz"]
    assert surfaces(text, "city") == ["Baghdad"]


@pytest.mark.parametrize(
    "text",
    [
        "The President of Kenya visited Baghdad on Monday.",
        "She met the Secretary-General of the Arab League in Baghdad Monday.",
        "The Minister of Trade of Iraq, Baghdad Province and others agreed.",
    ],
)
def test_a_city_elsewhere_stays_a_city(surfaces: Surfaces, text: str) -> None:
    assert not [person for person in surfaces(text, "person") if "Baghdad" in person]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("The Secretary-General of the Arab League (AL), H.E. Omar Diallo, spoke.", ["Secretary-General"]),
        ("Kenya's Minister of Foreign Affairs, Ambassador Musa Otieno, spoke.",
         ["Minister of Foreign Affairs", "Ambassador"]),
        ("The Spokesman for the Presidency, Counsellor Omar Diallo, spoke.", ["Spokesman", "Counsellor"]),
    ],
)  # fmt: skip
def test_titles_with_a_holder_behind_their_body_are_titles(surfaces: Surfaces, text: str, titles: list[str]) -> None:
    assert surfaces(text, "title") == titles


def test_another_office_behind_and_is_not_the_same_holder(surfaces: Surfaces) -> None:
    text = "He met the head of the Arab League and the Foreign Minister Omar Diallo."
    assert "head" not in surfaces(text, "title")


def test_a_counterpart_before_a_comma_is_no_title(surfaces: Surfaces) -> None:
    text = "She met her counterpart, Foreign Minister Omar Diallo."
    assert surfaces(text, "title") == ["Foreign Minister"]
    assert "her counterpart" in surfaces(text, "nominal")
