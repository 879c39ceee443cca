from __future__ import annotations

from collections.abc import Callable

import pytest

Surfaces = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Foreign Minister Abdul Rahman bin Khalid Al-Mansouri arrived.", ["Abdul Rahman bin Khalid Al-Mansouri"]),
        ("President al-Sharif thanked Chancellor von Hagen.", ["al-Sharif", "von Hagen"]),
        ("Prime Minister Lê Thị Bích met Kim Sung-ho, the ambassador.", ["Lê Thị Bích", "Kim Sung-ho"]),
        ("Talks with Dr. N'Golo Okeke-Bello, the envoy, went on.", ["N'Golo Okeke-Bello"]),
        ("Prime Minister Datuk Seri Rosli Harun received Tan Sri Azlan bin Omar.", ["Rosli Harun", "Azlan bin Omar"]),
        ('Senator Ramon "Jun" Villareal spoke.', ['Ramon "Jun" Villareal']),
        ("Deputy Speaker S.Enkhbayar received Ambassador J. R. Smith.", ["S.Enkhbayar", "J. R. Smith"]),
        ("Minister of Foreign Affairs Elena Dragan and Minister of Trade, Industry and Tourism Jo Reyes met.",
         ["Elena Dragan", "Jo Reyes"]),
        ("Presidents Tomas Ferrari of Argentina and Lucia Mendes of Brazil met.", ["Tomas Ferrari", "Lucia Mendes"]),
        ("The President of the Republic of Kazakhstan Arman Saparov spoke.", ["Arman Saparov"]),
        ("He met Tola Sen, premier of the Cabinet.", ["Tola Sen"]),
        ("King Felix VI of Spain and President Do Lin met H.D. Gowda.", ["Felix VI", "Do Lin", "H.D. Gowda"]),
        ("US Secretary of State Antony J. Blinken met Victoria Nuland.", ["Antony J. Blinken", "Victoria Nuland"]),
    ],
)  # fmt: skip
def test_whole_names_without_titles(surfaces: Surfaces, text: str, people: list[str]) -> None:
    assert surfaces(text, "person") == people


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Foreign Affairs thanked Nairobi and the World Food Programme.",
        "Strategic Partnership and Economic Cooperation Deepen After Historic Summit",
        "The Islamic Development Bank opened an office in Kuala Lumpur.",
        "Talks will be held in Khan Younis and in the town of Dabiq.",
        "It was signed under the Lower Mekong Initiative during Ramadan.",
        "HMS Ocean sailed to Toulon.",
        "The ASS for European & Eurasian Affairs wrote this, Dawn.Az informs.",
        "I think I will go.",
    ],
)
def test_places_bodies_and_plain_words_are_no_people(surfaces: Surfaces, text: str) -> None:
    assert surfaces(text, "person") == []


def test_short_forms_are_found_again(surfaces: Surfaces) -> None:
    text = (
        "MURADOV VISITS LIMA\n\nForeign Minister Aydin Muradov arrived. In the evening Muradov's host, "
        "Carla Rivera Montt, spoke. Muradov thanked Rivera Montt, and Montt smiled."
    )
    expected = ["MURADOV", "Aydin Muradov", "Muradov", "Carla Rivera Montt", "Muradov", "Rivera Montt", "Montt"]
    assert surfaces(text, "person") == expected


def test_a_city_after_a_preposition_stays_a_city(surfaces: Surfaces) -> None:
    text = "Ambassador Paul Austin will speak in Austin. Austin thanked the mayor."
    assert surfaces(text, "person") == ["Paul Austin", "Austin"]
    assert surfaces(text, "city") == ["Austin"]
