"""Spellings under which the press may write a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.names.parse import parse_name
from pipeline.names.similarity import similarity
from pipeline.names.variants import LEAST, variants
from tests.names.comparing import NAMES


def texts(name: str, *, limit: int = 60) -> list[str]:
    return [variant.text for variant in variants(name, limit=limit)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Rəfiyev", ["Rafiyev", "Rafiev"]),
        ("Ceyhun Bayramov", ["Bayramov", "C. Bayramov", "Bayramov, Ceyhun", "Ceyhun Bairamov"]),
        ("Джейхун Байрамов", ["Jeyhun Bayramov", "J. Bayramov", "Jeyhun Bairamov"]),
        ("Mevlüt Çavuşoğlu", ["Mevlut Cavusoglu", "M. Çavuşoğlu", "Çavuşoğlu, Mevlüt", "Mevlut Chavushoglu"]),
        ("Қасым-Жомарт Тоқаев", ["Kasym-Jomart Tokayev", "Kasym-Zhomart Toqayev", "K. Tokayev"]),
        ("Vladimir Vladimirovich Putin", ["Vladimir Putin", "Vladimir V. Putin", "V. V. Putin"]),
        ("Şahin Əli oğlu Mustafayev", ["Şahin Mustafayev", "Shahin Mustafayev", "Şahin Əli Mustafayev"]),
        ("Ursula von der Leyen", ["Ursula Leyen", "U. von der Leyen", "von der Leyen"]),
        ("Abdullatif Al Zayani", ["Abdullatif Alzayani", "Abdullatif Zayani", "A. Al Zayani"]),
        ("Dr. Angela Merkel", ["Angela Merkel", "A. Merkel"]),
        ("习近平", ["Xi Jinping"]),
    ],
)
def test_variants(name: str, expected: list[str]) -> None:
    assert set(expected) <= set(texts(name))


def test_spellings_with_and_without_diacritics_are_not_mixed() -> None:
    assert not {"Mevlüt Cavusoglu", "Mevlut Çavuşoğlu"} & set(texts("Mevlüt Çavuşoğlu", limit=500))


def test_hyphens_stay_where_they_are() -> None:
    found = texts("Kassym-Jomart Tokayev")
    assert any(text.startswith("Kasym-Jomart ") for text in found)
    assert not any("Jomart-" in text for text in found)


def test_only_whole_names_where_the_surname_may_stand_first() -> None:
    assert not any("," in text or "." in text for text in texts("习近平"))


def test_at_most_so_many() -> None:
    assert texts("Ilham Aliyev", limit=3) == texts("Ilham Aliyev")[:3]
    assert variants("...") == ()


@settings(max_examples=25)
@given(NAMES | st.text())
def test_each_is_another_spelling_of_the_same_person(name: str) -> None:
    found = variants(name, limit=12)
    folded = [" ".join(variant.text.casefold().replace("-", " ").split()) for variant in found]
    assert len(set(folded)) == len(folded)
    assert name.casefold() not in folded
    for variant in found:
        assert variant.probability >= LEAST
        assert parse_name(variant.text).words
        assert similarity(name, variant.text).probability == pytest.approx(variant.probability, abs=1e-6)
