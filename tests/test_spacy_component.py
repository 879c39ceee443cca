"""dragoman inside somebody's spaCy pipeline."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from pipeline import load
from pipeline.errors import SettingsError
from pipeline.record import EventRecord

ARTICLE = "Kenya's Foreign Minister Jane Mwangi met with Norway's Foreign Minister Ola Berg in Nairobi yesterday."


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("dragoman", config={"published": "2025-05-06"})
    return nlp


def test_events_are_those_of_the_library(nlp: Language) -> None:
    doc = nlp(ARTICLE)
    events = [EventRecord.model_validate(event) for event in doc._.dragoman_events]
    assert events == list(load()(ARTICLE, published="2025-05-06").events)
    assert events
    assert doc._.dragoman_reject is None


def test_every_doc_can_have_its_own_day(nlp: Language) -> None:
    docs = [nlp.make_doc(ARTICLE), nlp.make_doc(ARTICLE)]
    docs[1]._.dragoman_published = "2024-01-02"
    days = [doc._.dragoman_events[0]["date"]["start"] for doc in nlp.pipe(docs, batch_size=1)]
    assert days == ["2025-05-05", "2024-01-01"]


def test_what_cannot_be_processed_says_why(nlp: Language) -> None:
    good, bad, empty = nlp.pipe([ARTICLE, "Le ministre a rencontré son homologue à Paris hier soir. " * 9, ""])
    assert good._.dragoman_events
    assert (bad._.dragoman_events, empty._.dragoman_events) == ([], [])
    assert bad._.dragoman_reject
    assert empty._.dragoman_reject


def test_bad_settings_are_said() -> None:
    with pytest.raises(SettingsError):
        spacy.blank("en").add_pipe("dragoman", config={"config": "nowhere.toml"})
