"""The verb that a phrase is the subject of, where the parser says so and where it slipped."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from pipeline.grammar import verb_of_subject
from tests.models import read


@pytest.mark.parametrize(
    ("text", "phrase", "verb"),
    [
        ("Elena Petrova met Carlos Mendoza.", "Elena Petrova", "met"),
        ("Elena Petrova met Carlos Mendoza.", "Carlos Mendoza", None),
        ("Elena Petrova was received by Carlos Mendoza.", "Elena Petrova", "received"),
        ("Elena Petrova will meet Carlos Mendoza.", "Elena Petrova", "meet"),
        ("The talks between Kenya and Peru ended.", "Peru", None),
    ],
)
def test_as_the_parser_says(text: str, phrase: str, verb: str | None) -> None:
    parse = read(text).trace.parse
    assert parse is not None
    start = text.index(phrase)
    span = parse.char_span(start, start + len(phrase))
    assert span is not None
    found = verb_of_subject(parse, (span.start, span.end))
    assert (None if found is None else parse[found].text) == verb


def misread(words: str, tags: str, heads: list[int], relations: str) -> Doc:
    """A parse made by hand."""
    pos = {"VBD": "VERB", "MD": "AUX", "VB": "VERB", "RB": "ADV", ",": "PUNCT"}
    return Doc(
        read("Peru met Chile.").trace.parse.vocab,  # type: ignore[union-attr]
        words=words.split(),
        tags=tags.split(),
        pos=[pos.get(tag, "PROPN") for tag in tags.split()],
        heads=heads,
        deps=relations.split(),
    )


def test_a_name_that_the_parser_hung_elsewhere_is_the_subject_of_the_verb_after_it() -> None:
    parse = misread("Minister Petrova met Kamau", "NNP NNP VBD NNP", [1, 3, 2, 2], "compound appos ROOT dobj")
    assert verb_of_subject(parse, (0, 2)) == 2


def test_over_adverbs_and_auxiliaries() -> None:
    words, tags = "Minister Petrova later will meet Kamau", "NNP NNP RB MD VB NNP"
    parse = misread(words, tags, [1, 5, 4, 4, 4, 4], "compound appos advmod aux ROOT dobj")
    assert verb_of_subject(parse, (0, 2)) == 4


def test_not_when_the_verb_has_a_subject_of_its_own() -> None:
    parse = misread("Petrova met Kamau she", "NNP VBD NNP PRP", [2, 1, 1, 1], "appos ROOT dobj nsubj")
    assert verb_of_subject(parse, (0, 1)) is None


@pytest.mark.parametrize(("words", "found"), [("Minister , Petrova , met", 4), ("Kenya Minister Petrova , met", None)])
def test_over_a_comma_only_when_one_opened_before(words: str, found: int | None) -> None:
    tags = " ".join({"met": "VBD", ",": ","}.get(word, "NNP") for word in words.split())
    parse = misread(words, tags, [4, 4, 4, 4, 4], "dep punct appos punct ROOT")
    assert verb_of_subject(parse, (2, 3)) == found
