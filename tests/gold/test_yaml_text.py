"""YAML in which values are text: everything comes back, on one line."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gold.yaml_text import BadYaml, bare, flow, iso_day, load

TEXT = st.text(max_size=20) | st.sampled_from(("no", "null", "2025", "1e3", "---", "a: b", "x\ny", "\x85", "O’Neil, A"))


@given(st.dictionaries(TEXT.filter(bool), TEXT | st.none() | st.booleans() | st.lists(TEXT, max_size=2), max_size=3))
def test_any_text_comes_back_from_one_line(value: dict[str, object]) -> None:
    written = flow(value)
    assert not set("\n\r\x85\u2028\u2029") & set(written)
    assert load(f"it: {written}")["it"] == value
    assert yaml.safe_load(written) == value


def test_scalars_are_text() -> None:
    assert load("a: 2025-06-03\nb: no\nc: 012\nd:\ne: true\nf: 'true'") == {
        "a": "2025-06-03", "b": "no", "c": "012", "d": None, "e": True, "f": "true",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("a: 1\nb: {c: 1, c: 2}", "'c' stands twice", 2),
        ("? [1]\n: 2", "a key must be a word", 1),
        ("a: !!python/name:os.system x", "could not determine a constructor", 1),
        ("a: !!int x", "is no YAML", None),
        ("- a", "is no YAML mapping", None),
        ("a: \x07", "is no YAML", None),
        ("a: 1\n---\nb: 2", "another document", 2),
    ],
)
def test_what_is_no_mapping(text: str, message: str, line: int | None) -> None:
    with pytest.raises(BadYaml, match=message) as raised:
        load(text)
    assert raised.value.line == line


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2025-06-03", "2025-06-03"),
        ("2025-06", "2025-06"),
        ("2025", "2025"),
        ("2025-06-03/2025-06-05", "2025-06-03/2025-06-05"),
        ("2025-02-30", "'2025-02-30'"),
        (None, "null"),
    ],
)
def test_calendar_values_stand_without_quotes(value: str | None, written: str) -> None:
    assert flow(bare(value)) == written
    assert load(f"a: {written}") == {"a": value}


def test_days() -> None:
    assert iso_day("2025-6-3") == dt.date(2025, 6, 3)
    assert iso_day(None) is None
    for wrong in ("2025", "2025-02-30", "1748908800", True, ["2025-06-03"]):
        with pytest.raises(ValueError, match="is no day"):
            iso_day(wrong)
