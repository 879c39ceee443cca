from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ground.contexts import contexts


@pytest.mark.parametrize(
    ("text", "type_", "mode", "expected"),
    [
        ("The ministers met in Oslo.", "CONSULT", "meeting", ("diplomatic",)),
        ("They discussed the gas pipeline and electricity exports.", "CONSULT", "meeting", ("diplomatic", "energy")),
        ("They signed a contract on the gas pipeline.", "SUPPORT", "sign", ("energy",)),
        ("He thanked them.", "SUPPORT", "praise", ("diplomatic",)),
        ("They sent a field hospital, vaccines and doctors.", "AID", None, ("health",)),
        ("The planes flew at night.", "ASSAULT", "aerial", ("military",)),
        ("The court’s verdict and the judge's warrant", "SANCTION", "convict", ("legal",)),
    ],
)
def test_contexts_by_words_and_type(text: str, type_: str, mode: str | None, expected: tuple[str, ...]) -> None:
    assert contexts(text, type=type_, mode=mode) == expected


def test_weak_words_need_company() -> None:
    assert "economic" not in contexts("They signed a business paper.", type="SUPPORT", mode="sign")
    assert "economic" in contexts("They signed a business paper on goods.", type="SUPPORT", mode="sign")


@given(st.text(max_size=80))
def test_sorted_unique_and_never_empty(text: str) -> None:
    found = contexts(text, type="CONSULT", mode="meeting")
    assert found
    assert list(found) == sorted(set(found))
