"""Blocking keys: which names are worth comparing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.keys import blocking_keys
from pipeline.names.parse import parse_name
from tests.names.comparing import NAMES
from tests.names.test_similarity import ONE_PERSON


def meet(a: str, b: str) -> bool:
    return blocking_keys(parse_name(a)).meet(blocking_keys(parse_name(b)))


@pytest.mark.parametrize(
    ("a", "b"), [(a, b) for a, b in ONE_PERSON if len(parse_name(a).strong) > 1 and len(parse_name(b).strong) > 1]
)
def test_names_of_one_person_meet(a: str, b: str) -> None:
    assert meet(a, b)
    assert meet(b, a)


@pytest.mark.parametrize(("a", "b"), [("Rəfiyev", "Rafiyev"), ("Yalçın", "Yalchin"), ("Sing'Oei", "Singoei")])
def test_names_of_one_word_meet(a: str, b: str) -> None:
    assert meet(a, b)


@pytest.mark.parametrize(
    ("a", "b", "worth"),
    [
        ("A. Aliyev", "Anar Aliyev", True),
        ("A. Aliyev", "Heydar Aliyev", False),
        ("Anar Aliyev", "Heydar Aliyev", False),
        ("A. Aliyev", "A. Aliev", True),
        ("A. Aliyev", "H. Aliyev", False),
        ("Ilham Aliyev", "Peter Smith", False),
        ("Ilham Aliyev", "Aliyev, Ilham", True),
        ("Jung Eun Kim", "Jungeun Kim", True),
    ],
)
def test_who_is_worth_comparing(a: str, b: str, worth: bool) -> None:
    assert meet(a, b) == meet(b, a) == worth


def test_full_names_do_not_meet_for_an_initial_they_share() -> None:
    a, b, short = (blocking_keys(parse_name(text)) for text in ("Anar Aliyev", "Orxan Aliyev", "A. Aliyev"))
    assert not a.meet(b)
    assert short.meet(a)


@given(NAMES | st.text())
def test_a_name_meets_itself(text: str) -> None:
    name = parse_name(text)
    keys = blocking_keys(name)
    if any(word.role != "initial" for word in name.strong):
        assert keys.meet(keys)


@given(NAMES | st.text(), NAMES | st.text())
def test_meeting_is_mutual(a: str, b: str) -> None:
    assert meet(a, b) == meet(b, a)
