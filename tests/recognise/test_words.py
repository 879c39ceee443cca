from __future__ import annotations

from collections.abc import Callable

from pipeline.lookup.words import Words
from pipeline.recognise.board import Board

WordsOf = Callable[[str], Words]


def test_sentence_openers_and_capitals(words_of: WordsOf) -> None:
    words = words_of('Ana spoke. "Peace now," NATO said.')
    assert [words.text[i] for i in range(len(words)) if words.opens[i]] == ["Ana", "Peace", "NATO"]
    assert [words.text[i] for i in range(len(words)) if words.upper[i]] == ["NATO"]


def test_title_case_is_told_from_prose(words_of: WordsOf) -> None:
    words = words_of(
        "Kazakh And Azeri Presidents Strengthen Bilateral Ties\n\nThe two Presidents met again in the capital."
    )
    assert words.title_case[words.text.index("Strengthen")]
    assert not words.title_case[words.text.index("met")]


def test_hyphens_glue(words_of: WordsOf) -> None:
    words = words_of("Azerbaijan-Kenya talks - held")
    assert [i for i in range(len(words)) if words.hyphenated(i)] == [1]


def test_claims_do_not_overlap(words_of: WordsOf) -> None:
    board = Board(words_of("the Bank of Kenya"))
    assert board.claim(1, 4, "organization", "test")
    assert not board.claim(3, 4, "country", "test")
    assert not board.free(2, 3)
    assert board.free(0, 1)
    assert [(found.start, found.end) for found in board.found] == [(4, 17)]
