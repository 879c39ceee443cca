"""Which mentions of persons name one of them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Document
from pipeline.names.people import cluster_people
from tests.names.documents import document


def groups(found: Document) -> list[list[str]]:
    """The mentions of each person."""
    return [[found.mentions[i].text for i in group] for group in cluster_people([found])[0]]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("KITAOKA Emi", "Emi Kitaoka"),
        ("A. Otieno", "Amina Otieno"),
        ("Orkhan Veliyev", "Orxan Vəliyev"),
        ("Samir Gasimov", "Samir Qasimov"),
        ("Otieno", "Amina Otieno"),
        ("Turki bin Nasser", "Turki Nasser"),
        ("Noor Azlan", "Datuk Noor Azlan Hamzah"),
        ("Muzaffar Olimov", "Muzaffar Olimzoda"),
        ("Ivan Petrovich Sidorov", "Ivan Sidorov"),
    ],
)
def test_forms_of_one_name(a: str, b: str) -> None:
    for pair in ((a, b), (b, a)):
        assert groups(document(*[(name, "person") for name in pair])) == [[*pair]]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Rustam Karimov", "Rustam Karimova"),
        ("Amina Otieno", "Grace Otieno"),
        ("Karl Lang", "Karl Berger"),
        ("Levan Beridze", "Nino Beridze"),
    ],
)
def test_different_people(a: str, b: str) -> None:
    assert groups(document((a, "person"), (b, "person"))) == [[a], [b]]


def test_a_middle_surname_alone_is_its_only_bearer() -> None:
    found = document(("Ximena Arreola Pardo", "person"), "spoke.", ("Arreola", "person"), "left.")
    assert groups(found) == [["Ximena Arreola Pardo", "Arreola"]]


def test_a_shared_surname_goes_to_the_bearer_of_the_title() -> None:
    found = document(
        ("Minister", "title"), ("Levan Beridze", "person"), "and", ("Ambassador", "title"), ("Nino Beridze", "person"),
        "met.", ("Minister", "title"), ("Beridze", "person"), "left.",
    )  # fmt: skip
    assert groups(found) == [["Levan Beridze", "Beridze"], ["Nino Beridze"]]


def test_a_shared_surname_goes_to_the_form_of_address() -> None:
    found = document("Mr", ("Anil Rao", "person"), "met Ms", ("Kavitha Rao", "person"), ". Mr", ("Rao", "person"))
    assert groups(found) == [["Anil Rao", "Rao"], ["Kavitha Rao"]]


def test_a_shared_surname_goes_to_the_one_named_last() -> None:
    found = document(("Anil Rao", "person"), "met", ("Kavitha Rao", "person"), ".", ("Rao", "person"), "left")
    assert groups(found) == [["Anil Rao"], ["Kavitha Rao", "Rao"]]


NAMES = st.lists(
    st.sampled_from(
        [
            "Amina Otieno",
            "Otieno",
            "A. Otieno",
            "Grace Otieno",
            "Karl Lang",
            "Lang",
            "LANG Karl",
            "Amina",
            "Ali bin Nur",
        ]
    ),
    min_size=1,
    max_size=8,
)


@given(NAMES)
def test_people_are_parted(people: list[str]) -> None:
    found = document(*[(name, "person") for name in people])
    [clusters] = cluster_people([found])
    assert sorted(i for c in clusters for i in c) == list(range(len(people)))
    assert all(clusters)


@given(NAMES, st.data())
def test_case_and_diacritics_give_no_second_person(people: list[str], data: st.DataObject) -> None:
    def respell(name: str) -> str:
        marked = "".join(c + ("\u0301" if c in "aeiou" and data.draw(st.booleans()) else "") for c in name)
        marked = unicodedata.normalize("NFC", marked)
        return marked.upper() if data.draw(st.booleans()) else marked

    plain, again = (document(*[(spell(name), "person") for name in people]) for spell in (str, respell))
    assert cluster_people([plain]) == cluster_people([again])


def test_a_shared_surname_goes_to_the_country_that_stands_with_it() -> None:
    found = document(
        ("Kenyan", "nationality", "KEN"), ("Amina Otieno", "person"), "met", ("Ugandan", "nationality", "UGA"),
        ("Grace Otieno", "person"), ".", ("Kenyan", "nationality", "KEN"), ("Otieno", "person"), "left.",
    )  # fmt: skip
    assert groups(found) == [["Amina Otieno", "Otieno"], ["Grace Otieno"]]


def test_documents_do_not_mix() -> None:
    one, other = document(("Amina Otieno", "person")), document(("Otieno", "person"))
    assert cluster_people([one, other]) == [[[0]], [[0]]]
