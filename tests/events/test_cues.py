"""What the surroundings of a trigger say about it."""

from __future__ import annotations

import pytest

from tests.models import mentions, read


def cues(text: str, mode: str = "meeting") -> frozenset[str]:
    """The cues of the last mention of a CONSULT event."""
    return mentions(read(text).trace, "CONSULT", mode)[-1].cues


@pytest.mark.parametrize(
    ("text", "mode", "said", "not_said"),
    [
        ("Elena Petrova met Carlos Mendoza.", "meeting", {"verb", "main"}, {"noun", "quoted", "headline", "attitude"}),
        ("A meeting between Peru and Chile took place.", "meeting", {"noun", "indefinite", "singular"}, {"definite"}),
        ("The meeting between Peru and Chile took place.", "meeting", {"noun", "definite"}, {"indefinite"}),
        ("Elena Petrova's visit to Kenya began.", "visit", {"noun", "possessive"}, {"definite", "bare"}),
        ("Meetings between Peru and Chile took place.", "meeting", {"plural", "bare"}, {"singular"}),
        ("Elena Petrova had met Carlos Mendoza before.", "meeting", {"past perfect"}, set()),
        ("Elena Petrova emphasised the outcome of the meeting with Chile.", "meeting", {"attitude"}, set()),
        ("The last meeting between Peru and Chile took place in May.", "meeting", {"ordinal"}, set()),
        ('"I met Elena Petrova," Carlos Mendoza said.', "meeting", {"quoted"}, set()),
        ("“I met Elena Petrova,” Carlos Mendoza said.", "meeting", {"quoted"}, set()),
        ('"Hello," Carlos Mendoza said. He met Elena Petrova.', "meeting", set(), {"quoted"}),
    ],
)
def test_cues(text: str, mode: str, said: set[str], not_said: set[str]) -> None:
    found = cues(text, mode)
    assert said <= found
    assert not not_said & found


def test_the_headline_is_told_from_the_story() -> None:
    text = "Elena Petrova meets David Kamau\n\nElena Petrova met with David Kamau in Nairobi on Monday."
    first, second = mentions(read(text).trace, "CONSULT", "meeting")
    assert "headline" in first.cues
    assert "headline" not in second.cues


def test_a_quotation_ends_with_its_paragraph() -> None:
    text = 'Carlos Mendoza said: "We hope for peace.\n\nElena Petrova met Carlos Mendoza in Vienna on Monday.'
    assert "quoted" not in cues(text)
