"""Lemmas looked up once are those of the lemmatizer."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from pipeline.encode import lemmas as module
from pipeline.encode.lemmas import Lemmas

WORDS = ["Ministers", "met", "and", "meetings", "were", "held", "held", "\n", "Better", "left"]
CLASSES = ["NOUN", "VERB", "CCONJ", "NOUN", "AUX", "VERB", "ADJ", "SPACE", "ADJ", "VERB"]


def test_lemmas_are_those_of_the_lemmatizer(tokens: Language) -> None:
    lemmatizer = tokens.get_pipe("lemmatizer")
    assert isinstance(lemmatizer, Lemmatizer)
    lemmas = Lemmas(lemmatizer)
    for _ in range(2):
        ours, theirs = (Doc(tokens.vocab, words=WORDS, pos=CLASSES) for _ in range(2))
        assert [token.lemma_ for token in lemmas(ours)] == [token.lemma_ for token in lemmatizer(theirs)]
        assert [token.pos_ for token in ours] == CLASSES


def test_lemmas_are_not_remembered_without_end(tokens: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    lemmatizer = tokens.get_pipe("lemmatizer")
    assert isinstance(lemmatizer, Lemmatizer)
    lemmas = Lemmas(lemmatizer)
    monkeypatch.setattr(module, "KEPT", 5)
    for word in ["ministers", "meetings", "talks", "held"] * 3:
        doc = lemmas(Doc(tokens.vocab, words=[word, f"{word}x", "\n"], pos=["NOUN", "NOUN", "SPACE"]))
        assert [token.lemma_ for token in doc] == [word.rstrip("s") if word != "held" else word, f"{word}x", "\n"]
        assert len(lemmas._known) <= 5 + 3
        assert not lemmatizer.cache
