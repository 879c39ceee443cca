"""When two spellings are one name."""

from __future__ import annotations

import pytest

from pipeline.evaluate.normal import dice, norm, overlap, tokens


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Yalçın Rəfiyev", "yalcin rafiyev"),
        ("Sing’Oei", "singoei"),
        ("O`Brien,  Ann-Marie", "obrien ann marie"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("—", ""),
    ],
)
def test_norm(text: str, same: str) -> None:
    assert norm(text) == same


def test_small_words_are_no_tokens() -> None:
    assert tokens("the Ministry of Foreign Affairs") == {"ministry", "foreign", "affairs"}


def test_overlap() -> None:
    assert overlap("Ministry of Foreign Affairs", "Foreign Ministry") == 0.8
    assert overlap("the", "the") == 0.0
    assert dice(frozenset("ab"), frozenset("bc")) == 0.5
