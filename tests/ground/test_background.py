"""Dates and topics that are no setting of the news."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.background import is_background, is_topic
from pipeline.document import Document


def root_of(made: Document, index: int = 0) -> tuple[int, int]:
    assert made.parse is not None
    start, end = made.mentions[index].tokens
    return made.parse[start:end].root.i, start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Since taking up the post back in August 2018, he has visited Peru.", True),
        ("He has spoken with ten leaders since she took office in August 2018.", True),
        ("Ties are good following the establishment of diplomatic relations in August 2018.", True),
        ("He visited Peru in August 2018.", False),
        ("They signed the treaty in August 2018 after long talks.", False),
    ],
)
def test_dates_of_the_background(document: Callable[..., Document], text: str, expected: bool) -> None:
    made = document(text, ("August 2018", "date", None))
    root, start = root_of(made)
    assert made.parse is not None
    assert is_background(made.parse[root], start) is expected


def test_a_date_is_no_background_to_its_own_trigger(document: Callable[..., Document]) -> None:
    text = "The two countries established relations in August 2018."
    made = document(text, ("August 2018", "date", None), triggers=("established",))
    root, start = root_of(made)
    assert made.parse is not None
    assert is_background(made.parse[root], start)
    assert not is_background(made.parse[root], start, head=made.event_mentions[0].head)


def test_what_is_spoken_of_is_a_topic(document: Callable[..., Document]) -> None:
    parse = document("They gave information about the port in Lima during talks.").parse
    assert parse is not None
    assert is_topic(next(token for token in parse if token.text == "port"))
    assert not is_topic(next(token for token in parse if token.text == "talks"))
