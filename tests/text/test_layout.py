"""Tests of pipeline.text.layout."""

import itertools
import textwrap

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.layout import blocks

PARAGRAPH = (
    "The two ministers met in Nairobi and discussed trade, energy and education at length. "
    "They agreed to meet again next year in Baku, where the joint commission will hold its second session."
)


def texts(text: str) -> list[str]:
    return [text[start:end].replace("\n", " ") for start, end in blocks(text)]


def test_a_line_is_a_paragraph() -> None:
    text = f"Headline\nOffice of the Spokesperson\n{PARAGRAPH}\n{PARAGRAPH}"
    assert texts(text) == text.split("\n")


def test_hard_wrapped_paragraphs_are_joined() -> None:
    wrapped = "\n\n".join(["Ministers meet", *[textwrap.fill(PARAGRAPH, 72)] * 2])
    assert texts(wrapped) == ["Ministers meet", PARAGRAPH, PARAGRAPH]


def test_short_lines_are_not_joined() -> None:
    lines = ["By Jane Doe", "Politics", "12 March 2024, 10:15", "Related news"]
    assert texts("\n".join(lines)) == lines


@given(st.text("ab. \n", max_size=200))
def test_blocks_are_in_order_and_hold_all_text(text: str) -> None:
    found = blocks(text)
    assert all(start < end for start, end in found)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(found))
    assert sum(len(text[a:b].replace("\n", "")) for a, b in found) == len(text.replace("\n", ""))
