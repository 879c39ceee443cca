"""How words are written, and the lines they stand in."""

from __future__ import annotations

import pytest

from pipeline.document import Paragraph
from pipeline.encode.shape import LINES, SHAPES, lines_of, shape_of


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("said", "lower"),
        ("Baku", "title"),
        ("Al-zayani", "title"),
        ("OSCE", "upper"),
        ("U.N.", "upper"),
        ("McCain", "mixed"),
        ("iPhone", "mixed"),
        ("J", "letter"),
        ("J.", "letter"),
        ("a", "lower"),
        ("2025", "number"),
        ("3.5", "number"),
        ("F16", "coded"),
        ("4th", "coded"),
        (",", "sign"),
        ("\n\n", "sign"),
        ("İsmət", "title"),
        ("中国", "lower"),
    ],
)
def test_how_a_word_is_written(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


def lines(*paragraphs: tuple[str, bool]) -> list[list[str]]:
    """The lines of the words of paragraphs (text, whether it is a headline), paragraph by paragraph."""
    starts, shapes, found, counts = [], [], [], []
    at = 0
    for text, headline in paragraphs:
        words = text.split()
        begin = at
        for word in words:
            starts.append(at)
            shapes.append(shape_of(word))
            at += len(word) + 1
        found.append(Paragraph(begin, at - 1, headline))
        counts.append(len(words))
    numbers = [LINES[n] for n in lines_of(starts, shapes, found)]
    return [numbers[sum(counts[:n]) : sum(counts[: n + 1])] for n in range(len(counts))]


def test_a_headline_the_first_paragraph_and_the_rest() -> None:
    found = lines(("Lee in Oslo for talks", True), ("She met him .", False), ("They spoke .", False))
    assert [set(part) for part in found] == [{"headline"}, {"lead"}, {"text"}]


def test_a_line_in_capitals_is_loud_whatever_it_is() -> None:
    found = lines(("ANN LEE VISITS OSLO", True), ("Foreign Minister Ann Lee", False), ("He spoke at length .", False))
    assert [set(part) for part in found] == [{"loud"}, {"loud"}, {"text"}]


def test_three_words_are_too_few_to_be_loud() -> None:
    assert lines(("Ann Lee Visits", True)) == [["headline"] * 3]


def test_words_after_the_last_paragraph_are_text() -> None:
    assert lines_of([0, 5, 9], [0, 0, 0], [Paragraph(0, 4)]) == [LINES.index("lead"), 0, 0]


def test_no_paragraph_at_all() -> None:
    assert lines_of([], [], []) == []
