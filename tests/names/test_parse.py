"""Names taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.parse import Name, Role, parse_name


def romans(name: Name) -> list[str]:
    return [word.roman for word in name.strong]


def roles(text: str) -> list[Role]:
    return [word.role for word in parse_name(text).words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dr. Abdullatif Al Zayani", "abdullatif zayani"),
        ("H.E. Mr. Bülent Tanla", "bulent tanla"),
        ("President Ilham Aliyev", "ilham aliyev"),
        ("Aliyev, Ilham", "ilham aliyev"),
        ("Aliyev, Ilham, Jr.", "ilham aliyev"),
        ("Edward “Ted” Kennedy", "edward kennedy"),
        ("Robert (Bob) Dole", "robert dole"),
        ("“Ted”", "ted"),
        ("Kasym-Jomart Tokayev", "kasym jomart tokayev"),
        ("Sing'Oei", "singoei"),
        ("Əli Həsən oğlu Əliyev", "ali hasan aliyev"),
        ("Ursula von der Leyen", "ursula leyen"),
        ("김정은", "kim jung eun"),
        ("عبد الله", "abdullah"),
        ("Dr.", "dr"),
    ],
)
def test_words_that_make_a_name(text: str, words: str) -> None:
    assert " ".join(romans(parse_name(text))) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A. Karzai", ["initial", "name"]),
        ("R.J. Smith", ["initial", "initial", "name"]),
        ("В.В. Путин", ["initial", "initial", "name"]),
        ("J Smith", ["initial", "name"]),
        ("Kh. Aliyev", ["initial", "name"]),
        ("Kh Aliyev", ["name", "name"]),
        ("Vladimir Vladimirovich Putin", ["name", "patronymic", "name"]),
        ("Ali Hasan oglu Aliyev", ["name", "patronymic", "weak", "name"]),
        ("Hasan oglu", ["name", "weak"]),
        ("Abdullatif bin Rashid", ["name", "weak", "name"]),
        ("Mr. Ali Khan", ["weak", "name", "name"]),
        ("H.E. Ali Khan", ["weak", "name", "name"]),
        ("Van Rompuy", ["name", "name"]),
        ("Herman van Rompuy", ["name", "weak", "name"]),
        ("President Obama", ["name", "name"]),
    ],
)
def test_roles(text: str, expected: list[Role]) -> None:
    assert roles(text) == expected


def test_readings_written_forms_and_order() -> None:
    [given_name, surname] = parse_name("Тоқаев, Қасым").words
    assert (given_name.roman, given_name.written) == ("kasym", "Қасым")
    assert "toqayev" in surname.readings
    assert parse_name("Тоқаев, Қасым").inverted
    assert not parse_name("Қасым Тоқаев").inverted
    assert parse_name("Қасым Тоқаев").script == "Cyrl"


def test_short_given_names_are_read_in_full_too() -> None:
    assert parse_name("Bob Dole").words[0].readings == ("robert",)


@pytest.mark.parametrize("text", ["أمر الله أحمد", "أحمد سليم"])
def test_words_without_vowels_keep_their_letters(text: str) -> None:
    assert all(word.bare for word in parse_name(text).words)
    assert not any(word.bare for word in parse_name("Ahmad Salim").words)


@given(st.text())
def test_every_text_can_be_read(text: str) -> None:
    name = parse_name(text)
    assert name.text == text
    for word in name.words:
        assert word.roman
        assert all("a" <= letter <= "z" for part in (word.roman, word.bare, *word.readings) for letter in part)


@given(st.text(min_size=1))
def test_a_name_with_words_has_some_that_make_it(text: str) -> None:
    name = parse_name(text)
    assert bool(name.words) == bool(name.strong)
