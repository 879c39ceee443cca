"""What is said of two names."""

from __future__ import annotations

import pytest
from hypothesis import given

from pipeline.names.evidence import evidence_of
from pipeline.names.parse import parse_name
from pipeline.names.reasons import reasons_of
from tests.names.comparing import NAMES, compared, evidence


def reasons(a: str, b: str, *countries: str) -> tuple[str, ...]:
    return reasons_of(parse_name(a), parse_name(b), compared(a, b), *countries)


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("Rəfiyev", "Rafiyev", ["surnames equal after ə→a: Rəfiyev = Rafiyev"]),
        ("Yalçın", "Yalchin", ["names alike: Yalçın ~ Yalchin (ç→ch, ı→i)"]),
        (
            "Ceyhun Bayramov",
            "Jeyhun Bayramov",
            ["surnames equal: Bayramov", "given names alike: Ceyhun ~ Jeyhun (c→j)"],
        ),
        (
            "Jeyhun Bayramov",
            "Джейхун Байрамов",
            [
                "given names equal as read: Jeyhun = Джейхун (jeyhun)",
                "different scripts: Джейхун Байрамов read as jeyhun bayramov",
            ],
        ),
        (
            "Abdullatif bin Rashid Alzayani",
            "Dr. Abdullatif Al Zayani",
            ["Alzayani = Al Zayani", "“Rashid” only in one"],
        ),
        ("Heydar Aliyev", "Ilham Aliyev", ["given names incompatible: Heydar ≠ Ilham", "surnames equal: Aliyev"]),
        ("Leyla Aliyeva", "Leyla Aliyev", ["surname of a woman and of a man: Aliyeva / Aliyev"]),
        ("Leyla Aliyev", "Leyla Aliyeva", ["surname of a man and of a woman: Aliyev / Aliyeva"]),
        ("Jeyhun Bayramov", "Jeyhun Bayramli", ["endings of two kinds: Bayramov / Bayramli"]),
        ("Ivan Petrovich Popov", "Ivan Olegovich Popov", ["patronymics differ: Petrovich ≠ Olegovich"]),
        ("A. Karzai", "Abbas Karzai", ["initial A. fits Abbas"]),
        ("Abbas Karzai", "A. Karzai", ["initial A. fits Abbas"]),
        ("J. Smith", "Peter Smith", ["initial J. does not fit Peter"]),
        ("Peter Smith", "J. Smith", ["initial J. does not fit Peter"]),
        ("J. Smith", "P. Smith", ["initial J. does not fit P."]),
        ("Bob Menendez", "Robert Menendez", ["Bob short for Robert"]),
        ("Ilham Aliyev", "Aliyev Ilham", ["words in another order"]),
        ("Muhammad Ali", "Muhammad Ali Khan", ["common words only (Muhammad, Ali)", "“Khan” only in one"]),
    ],
)
def test_what_is_said(a: str, b: str, said: list[str]) -> None:
    found = reasons(a, b)
    for phrase in said:
        assert any(phrase in reason for reason in found), found


def test_what_differs_is_said_first() -> None:
    assert reasons("Heydar Aliyev", "Ilham Aliyev", "AZE", "AZE")[0].startswith("given names incompatible")
    assert reasons("Ilham Aliyev", "Ilham Aliyev", "AZE", "KAZ")[0] == "country AZE ≠ KAZ"
    assert "same country AZE" in reasons("Ilham Aliyev", "Ilham Aliyev", "AZE", "AZE")
    assert not any("country" in reason for reason in reasons("Ilham Aliyev", "Ilham Aliyev"))


def test_equal_short_names_are_not_called_short() -> None:
    assert not any("short for" in reason for reason in reasons("Kim Un", "Kim Un"))


@given(NAMES, NAMES)
def test_what_is_said_is_what_was_found(a: str, b: str) -> None:
    numbers, found = evidence(a, b), evidence_of(parse_name(a), parse_name(b), compared(a, b))
    said = reasons(a, b)
    assert len(found.matches) == numbers["matched"]
    assert len(found.fits) == numbers["initials_matched"]
    assert (max(map(len, found.misfits)) > 0) == (numbers["initials_against"] > 0)
    free = [len(found.pairs) + len(over) for over in found.over]
    assert (min(free), max(free)) == (numbers["unmatched_min"], numbers["unmatched_max"])
    assert any("of a man" in reason for reason in said) == bool(numbers["genders_against"])
    assert ("words in another order" in said) == (numbers["in_order"] < 0)
    assert sum(reason.startswith("initial ") and " fits " in reason for reason in said) == numbers["initials_matched"]


@given(NAMES, NAMES)
def test_as_much_is_said_the_other_way_round(a: str, b: str) -> None:
    assert len(reasons(a, b)) == len(reasons(b, a))
