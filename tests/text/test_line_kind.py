"""Tests of pipeline.text.line_kind."""

import pytest

from pipeline.text.line_kind import ends_sentence, is_outlet_name, leading_relay, leading_stamp, line_kind


def test_leading_stamp_stops_before_the_text() -> None:
    assert leading_stamp("date 2025-06-03 Ministers meet") == len("date 2025-06-03")
    assert leading_stamp("Dates were discussed on 2025-06-03") == 0


def test_leading_relay() -> None:
    assert leading_relay("(CARRIER- Example News) The minister") == len("(CARRIER- Example News)")
    assert leading_relay("(and others) The minister") == 0


@pytest.mark.parametrize(
    ("name", "expected"), [("Example.Az", True), ("GNA", True), ("Daily Post", True), ("Jane Doe", False)]
)
def test_outlet_names(name: str, expected: bool) -> None:
    assert is_outlet_name(name) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("They met.", True), ('"They met."', True), ("The sides:", True), ("They met", False), ('The "sides"', False)],
)
def test_ends_sentence(text: str, expected: bool) -> None:
    assert ends_sentence(text) is expected


@pytest.mark.parametrize(
    ("text", "furniture"), [("ENDS/ABC", True), ("End of text", True), ("Endorsed" + "so" * 30, False)]
)
def test_closing_lines(text: str, furniture: bool) -> None:
    assert (line_kind(text) is not None) is furniture
