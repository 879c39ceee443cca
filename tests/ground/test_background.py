from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.document import Document, MentionLabel
from pipeline.ground.background import is_background, is_topic, role_of


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


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("The ministers met in Peru on Friday.", (), "setting"),
        ("They exchanged views on the situation in Peru.", (), "topic"),
        ("They received the ambassador to Peru.", (("ambassador", "title", None),), "post"),
        ("He will pay a visit to Peru.", (), "setting"),
        ("The treaty between Peru and Chile is old.", (), "party"),
    ],
)
def test_what_a_place_name_is_for(
    document: Callable[..., Document], text: str, marked: tuple[tuple[str, MentionLabel, None], ...], expected: str
) -> None:
    made = document(text, ("Peru", "country", "PER"), *marked)
    assert made.parse is not None
    labels = {token: mention.label for mention in made.mentions for token in range(*mention.tokens)}
    assert role_of(made.parse[root_of(made)[0]], labels) == expected


def test_what_is_spoken_of_is_a_topic(document: Callable[..., Document]) -> None:
    parse = document("They gave information about the port in Lima during talks.").parse
    assert parse is not None
    assert is_topic(next(token for token in parse if token.text == "port"))
    assert not is_topic(next(token for token in parse if token.text == "talks"))
