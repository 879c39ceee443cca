"""Trees from scores: whatever the scores are, each sentence is one tree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from pipeline.encode.parse import symbols_of, write_parse
from pipeline.encode.windows import paragraphs_of
from pipeline.reading.heads import Heads, read_heads
from pipeline.reading.labels import read_labels
from pipeline.reading.reading import Reading
from tests.encoders import TINY

VOCABULARY = English().vocab
LABELS = read_labels(TINY / "labels.json")
SIZES = {"dependent": 8, "head": 8, "dependent_label": 4, "head_label": 4}
SIZES |= {"break": 2, "tag": len(LABELS.tags), "class": len(LABELS.classes)}
WORDS = st.lists(st.sampled_from(["a", "b", "\n\n", " "]), min_size=1, max_size=24)


def heads_with(**weights: np.ndarray) -> Heads:
    heads = read_heads(TINY / "heads.npz", LABELS)
    return Heads(LABELS, {**heads.weights, **weights}, heads.type_of)


def parsed(words: list[str], columns: dict[str, np.ndarray], heads: Heads) -> Doc:
    doc = Doc(VOCABULARY, words=words, spaces=[False] * len(words))
    full = {name: np.zeros((len(words), size), dtype=np.float32) for name, size in SIZES.items()} | columns
    reading = Reading(full, ((0, len(words)),), heads)
    return write_parse(doc, reading, symbols_of(doc.vocab, heads), words)


@given(WORDS, st.integers(0, 9999), st.sampled_from([0.0, 1.0, 1e6]))
def test_every_sentence_is_one_tree(words: list[str], seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    columns = {
        name: (rng.normal(size=(len(words), size)) * scale).astype(np.float32) for name, size in SIZES.items()
    }  # fmt: skip
    doc = parsed(words, columns, heads_with())
    assert [token.text for token in doc] == words
    for sentence in doc.sents:
        inside = range(sentence.start, sentence.end)
        assert [token.i for token in sentence if token.head == token] == [sentence.root.i]
        assert [token.i for token in sentence if token.dep_ == "ROOT"] == [sentence.root.i]
        for token in sentence:
            assert token.head.i in inside
            assert token == sentence.root or sentence.root in token.ancestors
            if token.head.is_space:
                assert all(other.is_space for other in sentence)
    for first in paragraphs_of(words):
        assert doc[first].is_space or doc[first].is_sent_start


def test_no_sentence_begins_behind_an_abbreviated_title() -> None:
    breaks = np.tile(np.array([0, 9], dtype=np.float32), (4, 1))
    doc = parsed(["met", "Hon.", "Lee", "left"], {"break": breaks}, heads_with())
    assert [token.text for token in doc if token.is_sent_start] == ["met", "Hon.", "left"]


def scores(wanted: list[list[float]]) -> tuple[dict[str, np.ndarray], Heads]:
    """Columns and heads that score the arcs of up to eight words so: a row for each dependent."""
    n = len(wanted)
    above = np.zeros((n, 8), dtype=np.float32)
    above[:, :n] = np.array(wanted, dtype=np.float32)
    one = np.eye(n, 8, dtype=np.float32)
    heads = heads_with(arc=np.eye(8, dtype=np.float32), arc_bias=np.zeros(8, dtype=np.float32))
    return {"dependent": above, "head": one}, heads


def test_the_best_head_of_each_word_and_the_best_root() -> None:
    doc = parsed(["a", "b", "c"], *scores([[0, 5, 1], [1, 4, 0], [3, 2, 0]]))
    assert [token.head.i for token in doc] == [1, 1, 0]


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    # b and c are best under each other; b loses 1 under a, c loses 5
    doc = parsed(["a", "b", "c"], *scores([[9, 0, 0], [6, 0, 7], [3, 8, 0]]))
    assert [token.head.i for token in doc] == [0, 0, 1]


def test_labels_come_from_the_highest_scores() -> None:
    tag, kind = np.zeros((2, SIZES["tag"]), np.float32), np.zeros((2, SIZES["class"]), np.float32)
    tag[[0, 1], [LABELS.tags.index("NNP"), LABELS.tags.index("VBD")]] = 1
    kind[[0, 1], [LABELS.classes.index("PROPN"), LABELS.classes.index("VERB")]] = 1
    columns, heads = scores([[0, 1], [0, 2]])
    weights = np.zeros((len(LABELS.arcs), 4), np.float32)
    weights[LABELS.arcs.index("nsubj")] = 1
    bias = np.zeros(len(LABELS.arcs), np.float32)
    heads = Heads(LABELS, {**heads.weights, "arc_label.weight": weights, "arc_label.bias": bias}, heads.type_of)
    labels = {name: np.ones((2, 4), np.float32) for name in ("dependent_label", "head_label")}
    doc = parsed(["Ann", "spoke"], {**columns, **labels, "tag": tag, "class": kind}, heads)
    assert [(t.tag_, t.pos_, t.dep_) for t in doc] == [("NNP", "PROPN", "nsubj"), ("VBD", "VERB", "ROOT")]


@pytest.mark.parametrize(("opens", "sentences"), [([], 2), ([1], 3), ([1, 4], 4), ([2], 2)])
def test_sentences_begin_at_paragraphs_and_where_the_encoder_says(opens: list[int], sentences: int) -> None:
    said = np.zeros((5, 2), np.float32)
    said[opens, 1] = 1
    doc = parsed(["a", "b", "\n\n", "c", "d"], {"break": said}, heads_with())
    assert len(list(doc.sents)) == sentences
