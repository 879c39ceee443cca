"""One person or two, from names alone."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.names.parse import parse_name
from pipeline.names.similarity import probabilities, similarity
from tests.names.comparing import NAMES

ONE_PERSON = [
    ("Rəfiyev", "Rafiyev"),
    ("Yalçın", "Yalchin"),
    *itertools.combinations(("Ceyhun Bayramov", "Jeyhun Bayramov", "Джейхун Байрамов"), 2),
    *itertools.combinations(
        ("Kasym-Jomart Tokayev", "Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаев", "Kassym-Jomart Toqayev", "Toqayev"), 2
    ),
    ("Abdullatif bin Rashid Alzayani", "Dr. Abdullatif Al Zayani"),
    ("Mirziyoyev", "Mirziyoev"),
    ("Shavkat Mirziyoyev", "Mirziyoev Shavkat"),
    ("Çavuşoğlu", "Cavusoglu"),
    ("Mevlüt Çavuşoğlu", "Mevlut Cavusoglu"),
    ("Sing'Oei", "Singoei"),
    ("Korir Sing'Oei", "Korir Singoei"),
    ("V.V. Putin", "Vladimir Vladimirovich Putin"),
    ("Bob Menendez", "Robert Menendez"),
    ("Aliyev, Ilham", "Ilham Aliyev"),
    ("محمد جواد ظريف", "Mohammad Javad Zarif"),
]
TWO_PEOPLE = [
    *itertools.combinations(("Heydar Aliyev", "Ilham Aliyev", "Mehriban Aliyeva"), 2),
    ("Elmar Mammadov", "Rashad Mammadov"),
    ("Эльмар Мамедов", "Rashad Mammadov"),
    ("Sharifov", "Sharifli"),
    ("Bayramov", "Bayramli"),
    ("Jeyhun Bayramov", "Jeyhun Bayramli"),
    ("Vladimir Petrovich Ivanov", "Vladimir Aleksandrovich Ivanov"),
    ("Leyla Aliyeva", "Leyla Aliyev"),
]


@pytest.mark.parametrize(("a", "b"), ONE_PERSON)
def test_one_person_however_spelled(a: str, b: str) -> None:
    assert similarity(a, b).probability > 0.5


@pytest.mark.parametrize(("a", "b"), TWO_PEOPLE)
def test_two_people(a: str, b: str) -> None:
    assert similarity(a, b).probability < 0.5


@given(NAMES | st.text(), NAMES | st.text())
def test_the_order_does_not_matter(a: str, b: str) -> None:
    found = similarity(a, b)
    assert 0 <= found.probability <= 1
    assert similarity(b, a).probability == pytest.approx(found.probability, abs=1e-6)


@given(NAMES)
def test_a_name_written_out_is_itself(text: str) -> None:
    words = parse_name(text).strong
    assume(sum(word.role == "name" for word in words) > 1 and all(word.role != "initial" for word in words))
    assert similarity(text, text).probability > 0.8


@given(st.lists(st.tuples(NAMES | st.text(), NAMES | st.text()), max_size=6))
def test_a_batch_is_compared_like_each_pair_alone(pairs: list[tuple[str, str]]) -> None:
    names = [tuple(map(parse_name, pair)) for pair in pairs]
    together = probabilities([a for a, _ in names], [b for _, b in names])
    assert together.tolist() == pytest.approx([similarity(a, b).probability for a, b in pairs], abs=1e-6)


def test_countries_tell_too() -> None:
    a, b = "Ali Mammadov", "Əli Məmmədov"
    same, unknown, half, different = (
        similarity(a, b, country_a=one, country_b=other).probability
        for one, other in (("AZE", "AZE"), (None, None), ("AZE", None), ("AZE", "KAZ"))
    )
    assert different < unknown < same
    assert different < half < same
    countries = [("AZE", "AZE"), (None, None), ("AZE", None), ("AZE", "KAZ")]
    together = probabilities([parse_name(a)] * 4, [parse_name(b)] * 4, countries=countries)
    assert together.tolist() == pytest.approx([same, unknown, half, different])


def test_texts_without_letters_are_nobody() -> None:
    assert similarity("...", "...").probability == 0
    assert similarity("", "Ali").reasons == ("a name without letters",)
    assert probabilities([], []).tolist() == []


def test_initials_alone_can_be_compared() -> None:
    assert 0 < similarity("A. B.", "A. B.").probability < 1
