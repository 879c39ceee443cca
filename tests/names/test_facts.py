"""What holds of each name by itself."""

from __future__ import annotations

import pytest

from pipeline.names.facts import LATIN, OTHER, SYLLABIC, VOWELLESS, Facts, facts_of, family, gender
from pipeline.names.parse import parse_name
from pipeline.names.units import initial_class, units_of


def facts(*texts: str) -> Facts:
    names = [parse_name(text) for text in texts]
    return facts_of(names, [units_of(name) for name in names])


def test_words_of_names() -> None:
    found = facts("V. Petrovich Ivanov", "Aliyev, Ilham")
    assert found.words.tolist() == [0b110, 0b11]
    assert found.initials.tolist() == [0b001, 0]
    assert found.patronymics.tolist() == [0b010, 0]
    assert found.last.tolist() == [0b100, 0b10]
    assert found.inverted.tolist() == [False, True]
    assert found.letters.tolist() == [[0, 9, 6, 0, 0, 0], [5, 6, 0, 0, 0, 0]]
    assert found.genders.tolist() == [[0, 0, 1, 0, 0, 0], [0, 1, 0, 0, 0, 0]]
    assert found.sounds[0, 0] == initial_class("v")
    assert found.sounds[1].tolist() == [initial_class("ilham"), initial_class("aliyev"), 0, 0, 0, 0]


def test_all_words_in_one() -> None:
    found = facts("Ilham Aliyev", "Mr. Aliyev Ilham")
    assert found.joined == ["ilhamaliyev", "aliyevilham"]
    assert found.sorted[0] == found.sorted[1] == "aliyevilham"
    assert found.consonants[0] == found.consonants[1] == "lhmlv"
    assert found.weak == [frozenset(), {"mr"}]


def test_scripts() -> None:
    assert facts("Ali", "علي", "김정은", "习近平", "Али").script.tolist() == [
        LATIN,
        VOWELLESS,
        SYLLABIC,
        SYLLABIC,
        OTHER,
    ]


def test_no_names() -> None:
    assert facts().words.tolist() == []


@pytest.mark.parametrize(
    ("surname", "code"),
    [("aliyev", 1), ("aliyeva", 2), ("zelensky", 1), ("zelenskaya", 2), ("khan", 0), ("merkel", 0), ("ova", 0)],
)
def test_surnames_of_men_and_of_women(surname: str, code: int) -> None:
    assert gender(surname) == code


def test_families_of_surnames() -> None:
    assert family("sharifov") == family("sharifova") != 0
    assert len({family(surname) for surname in ("sharifov", "sharifli", "sharifzade", "sharifyan", "merkel")}) == 5
    assert family("merkel") == family("ali") == 0
