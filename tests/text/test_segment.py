"""Tokens, sentences and paragraphs."""

from __future__ import annotations

import pytest

from pipeline.config import SegmentSettings
from pipeline.document import Article, Document, View
from pipeline.errors import ModelError
from pipeline.text.segment import Segment, load_model
from tests.models import extractor


def segment(*texts: str) -> list[Document]:
    [stage] = [stage for stage in extractor().stages if isinstance(stage, Segment)]
    views = [View(text, range(len(text)), range(1, len(text) + 1), ()) for text in texts]
    return list(stage([Document(Article("a", text), view=view) for text, view in zip(texts, views, strict=True)]))


def test_no_sentence_runs_over_the_end_of_a_paragraph() -> None:
    [document] = segment("Ministers meet in Vienna\n\nthe foreign ministers of Peru\n\nand Chile met on Monday")
    assert document.parse is not None
    sentences = [sentence.text.strip() for sentence in document.parse.sents]
    assert sentences == ["Ministers meet in Vienna", "the foreign ministers of Peru", "and Chile met on Monday"]


def test_tokens_are_at_their_place_in_the_view() -> None:
    text = "Kenya's minister  met “her” counterpart — in Nairobi.\n\nThey left 😀."
    [document] = segment(text)
    assert document.parse is not None
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in document.parse)
    assert document.parse.text == text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They met, Dawn.Az reports.", "Dawn.Az"),
        ("Dawn.Com's reporter was there.", "Dawn.Com"),
        ("They met.He left.", "met"),
        ("The U.S.-EU talks ended.", "EU"),
        ("The U.S.-based firm left.", "U.S.-based"),
    ],
)
def test_sites_are_one_word_and_pairs_are_two(text: str, word: str) -> None:
    [document] = segment(text)
    assert document.parse is not None
    assert word in [token.text for token in document.parse]


def test_no_sentence_ends_with_an_abbreviated_title() -> None:
    [document] = segment("Amina Otieno met the Minister, Hon. Losena Vaqa, and Sens. Ann Lee and Lt. Col. Karl Lang.")
    assert document.parse is not None
    assert len(list(document.parse.sents)) == 1
    assert {"Hon.", "Sens.", "Lt.", "Col."} <= {token.text for token in document.parse}


def test_a_site_does_not_end_a_sentence() -> None:
    [document] = segment("The ministers met in Vienna on Monday, Dawn.Az reports. They left.")
    assert document.parse is not None
    assert len(list(document.parse.sents)) == 2


def test_a_batch_parses_each_as_if_alone() -> None:
    texts = ["Kenya met Peru.", "Ann Lee, who is ill, will not travel to Oman.", "No."]
    together = [document.parse.to_json() for document in segment(*texts) if document.parse is not None]
    alone = [document.parse.to_json() for text in texts for document in segment(text) if document.parse is not None]
    assert len(together) == len(texts)
    assert together == alone


def test_a_missing_model_is_named() -> None:
    with pytest.raises(ModelError, match="xx_no_such_model"):
        load_model(SegmentSettings(model="xx_no_such_model"))
