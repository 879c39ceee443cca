"""What of a name is compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.parse import parse_name
from pipeline.names.units import MOST_WORDS, Unit, Units, initial_class, letters, signature, sounds, units_of


def of(text: str) -> Units:
    return units_of(parse_name(text))


def romans(text: str) -> dict[str, int]:
    return {unit.roman: unit.bits for unit in of(text).units}


def test_words_and_neighbours_written_as_one() -> None:
    assert romans("Ali Hasan Khan") == {"ali": 1, "hasan": 2, "alihasan": 3, "khan": 4, "hasankhan": 6}


def test_particles_belong_to_the_word_beside_them() -> None:
    assert romans("Abdullatif Al Zayani") == {
        "abdullatif": 1, "abdullatifal": 1, "zayani": 2, "alzayani": 2, "abdullatifzayani": 3,
    }  # fmt: skip
    assert of("Abdullatif Al Zayani").weak == {"al"}


def test_further_readings_are_units_of_their_word() -> None:
    units = of("محمد").units
    assert Unit("muhammad", 1, True) in units or Unit("mohammed", 1, True) in units
    assert len({unit.roman for unit in units}) == len(units) > 2
    assert {unit.bits for unit in units} == {1}


def test_initials_and_patronymics() -> None:
    units = of("V. Petrovich Putin")
    assert units.initials == ((1, initial_class("v")),)
    assert units.words == 0b110
    assert units.patronymics == 0b010
    assert units.last == 0b100
    assert "vpetrovich" not in {unit.roman for unit in units.units}


def test_words_behind_the_sixth_are_left_out() -> None:
    units = of("Ana Bea Carla Dora Edda Flora Gina")
    assert units.words == units.last * 2 - 1 == 2**MOST_WORDS - 1
    assert "gina" not in {unit.roman for unit in units.units}


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("jeyhun", "ceyhun", True),
        ("jeyhun", "yeyhun", False),
        ("charles", "karl", True),
        ("charles", "sarl", True),
        ("olga", "elena", True),
        ("peter", "karl", False),
    ],
)
def test_initials_that_may_stand_for_one_sound(a: str, b: str, one: bool) -> None:
    assert bool(initial_class(a) & initial_class(b)) == one


def test_consonants_by_class() -> None:
    assert sounds("bayramov") == "BRMB"
    assert sounds("payramoff") == "BRMBB"
    assert signature("bayramov") == signature("vramb")
    assert signature("aeiou") == 0


def test_letters_do_not_depend_on_the_order_of_words() -> None:
    assert letters(parse_name("Mr. Ilham Aliyev")) == letters(parse_name("ALIYEV Ilham")) == "aliyevilham"


@given(st.text())
def test_units_cover_words_of_the_name(text: str) -> None:
    units = of(text)
    covered = 0
    for unit in units.units:
        assert unit.bits
        assert unit.bits & ~units.words == 0
        covered |= unit.bits
    assert covered == units.words
    assert units.words & sum(bit for bit, _ in units.initials) == 0
