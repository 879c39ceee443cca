from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.ground.tense import clause_tense


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister arrived in Lima on Friday.", "past"),
        ("The agreement was signed on Friday.", "past"),
        ("The ministers have met since Friday.", "past"),
        ("The minister will arrive in Lima on Friday.", "future"),
        ("The talks are scheduled for Friday.", "future"),
        ("The two presidents are to meet on Friday.", "future"),
        ("She announced an upcoming visit on Friday.", "past"),
        ("The ministers agreed to meet on Friday.", "future"),
        ("The delegation arrives in Lima on Friday.", "present"),
    ],
)
def test_tense_of_the_clause_of_a_date(nlp: Language, text: str, expected: str) -> None:
    doc = nlp(text)
    friday = next(token for token in doc if token.text == "Friday")
    assert clause_tense(friday) == expected


def test_a_title_has_no_tense(nlp: Language) -> None:
    assert clause_tense(nlp("Friday")[0]) is None
