"""Mentions of an encoder joined with those of the rules."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language

from pipeline.document import MentionLabel
from pipeline.lookup.gazetteer import Known
from pipeline.lookup.words import Words, read_words
from pipeline.reading.heads import Heads, read_heads
from pipeline.reading.labels import read_labels
from pipeline.reading.reading import Reading
from pipeline.recognise.board import Found
from pipeline.recognise.read import join_mentions
from tests.encoders import TINY
from tests.paragraphs import paragraphs

LABELS = read_labels(TINY / "labels.json")
TEXT = "Ana Lopez, Speaker of the Senate, met Kenyan envoys on Tuesday morning."


@pytest.fixture(scope="module")
def heads() -> Heads:
    return read_heads(TINY / "heads.npz", LABELS)


@pytest.fixture(scope="module")
def words(model: Language) -> Words:
    return read_words(model.make_doc(TEXT), paragraphs(TEXT))


def told(words: Words, heads: Heads, *marked: tuple[str, str], score: float = 20) -> Reading:
    """A reading that marks phrases with labels of gold/1; what marks none scores 5."""
    tags = np.zeros((len(words), 2 * len(LABELS.mentions) + 1), dtype=np.float32)
    tags[:, 0] = 5
    for phrase, label in marked:
        i, j = at(words, phrase)
        tags[i + 1 : j, 2 + 2 * LABELS.mentions.index(label)] = score
        tags[i, 1 + 2 * LABELS.mentions.index(label)] = score
    return Reading({"mention": tags}, ((0, len(words)),), heads)


def at(words: Words, phrase: str) -> tuple[int, int]:
    start = words.whole.index(phrase)
    return words.at(start), words.at(start + len(phrase) - 1) + 1


def ruled(words: Words, phrase: str, label: MentionLabel, source: str) -> Found:
    i, j = at(words, phrase)
    return Found(words.starts[i], words.ends[j - 1], i, j, label, source)


def texts(found: list[Found]) -> list[tuple[str, str]]:
    return [(TEXT[item.start : item.end], item.label) for item in found]


def test_the_encoder_decides_where_both_speak_of_the_same_words(words: Words, heads: Heads) -> None:
    reading = told(words, heads, ("Ana Lopez", "PER"))
    found = join_mentions(words, reading, Known(()), [ruled(words, "Lopez", "organization", "head")])
    assert texts(found) == [("Ana Lopez", "person")]


def test_dates_are_those_of_the_rules(words: Words, heads: Heads) -> None:
    reading = told(words, heads, ("Ana Lopez", "PER"), ("Tuesday", "DATE"))
    found = join_mentions(words, reading, Known(()), [ruled(words, "Tuesday morning", "date", "date")])
    assert texts(found) == [("Ana Lopez", "person"), ("Tuesday morning", "date")]


def test_a_date_that_only_the_encoder_sees_stays(words: Words, heads: Heads) -> None:
    assert texts(join_mentions(words, told(words, heads, ("Tuesday", "DATE")), Known(()), [])) == [("Tuesday", "date")]


def test_the_rules_add_only_what_they_are_good_at(words: Words, heads: Heads) -> None:
    alone = [ruled(words, "Kenyan", "nationality", "gazetteer"), ruled(words, "Senate", "organization", "head")]
    assert texts(join_mentions(words, told(words, heads), Known(()), alone)) == [("Kenyan", "nationality")]


def test_no_mention_ends_with_a_small_word(words: Words, heads: Heads) -> None:
    found = join_mentions(words, told(words, heads, ("Speaker of the", "TITLE")), Known(()), [])
    assert texts(found) == [("Speaker", "title")]


@pytest.mark.parametrize(
    ("text", "marked", "score", "kept"),
    [
        ("Kun opened in May.", ["Kun"], 20, ["Kun"]),
        ("Kun opened in May.", ["Kun"], 6, []),
        ("Ali Kun came in May. Kun left.", ["Ali Kun", "Kun left"], 6, ["Ali Kun", "Kun left"]),
        ("Gen opened in May.", ["Gen"], 20, []),
        ("Mr Kun opened it.", ["Kun"], 6, ["Kun"]),
    ],
)
def test_a_lone_word_is_a_person_only_when_the_encoder_is_sure(
    model: Language, heads: Heads, text: str, marked: list[str], score: float, kept: list[str]
) -> None:
    words = read_words(model.make_doc(text), paragraphs(text))
    reading = told(words, heads, *((phrase, "PER") for phrase in marked), score=score)
    assert [text[item.start : item.end] for item in join_mentions(words, reading, Known(()), [])] == kept


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Col. Ann Lee", "Ann Lee"),
        ("Tan Sri Ann Lee", "Ann Lee"),
        ("Tan Wei Ming", "Tan Wei Ming"),
        ("Gen. Lee", "Lee"),
        ("Ann Lee", "Ann Lee"),
    ],
)
def test_people_have_no_forms_of_address_in_front(model: Language, heads: Heads, marked: str, name: str) -> None:
    text = f"Oman thanked {marked} for it."
    words = read_words(model.make_doc(text), paragraphs(text))
    found = join_mentions(words, told(words, heads, (marked, "PER")), Known(()), [])
    assert [text[item.start : item.end] for item in found] == [name]


@pytest.mark.parametrize(
    ("text", "place"), [("The Republic thanked Oman.", "Republic"), ("Hon. Lee of Oman spoke.", "Hon.")]
)
def test_words_for_any_state_and_forms_of_address_are_no_places(
    model: Language, heads: Heads, text: str, place: str
) -> None:
    words = read_words(model.make_doc(text), paragraphs(text))
    reading = told(words, heads, (place, "GPE"), ("Oman", "GPE"))
    assert [text[item.start : item.end] for item in join_mentions(words, reading, Known(()), [])] == ["Oman"]
