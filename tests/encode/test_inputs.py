"""The arrays that the encoder reads are the same in training as at run time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from pipeline.build import build_segmenter
from pipeline.document import Article, Document, Paragraph
from pipeline.encode.inputs import NO_SHAPE, PER_PIECE, Inputs, Seen, inputs_of, padded, seen_in
from pipeline.encode.pieces import load_speller
from pipeline.encode.shape import SHAPES
from pipeline.gold.model import GoldArticle
from pipeline.reading.labels import read_labels
from pipeline.train.batches import sample_of
from pipeline.train.examples import make_example
from tests.encoders import TINY

SPELLER = load_speller(TINY)
TEXT = (
    "Oslo talks end\n\nNorway's envoy Ann Lee met Omar Haddad in Oslo on Monday, Mr. Haddad's office said. They spoke "
    "for two hours!\n\nShe will visit Kenya in May. The U.N. mission in Nairobi confirmed it, and so did the ministry."
)
WORDS = st.lists(st.sampled_from(["Oslo", "the", "met", ".", "\n\n", "中", "a" * 40]), min_size=1, max_size=60)


@given(WORDS, st.integers(20, 64))
def test_every_word_is_in_one_window_with_its_pieces_and_numbers(words: list[str], limit: int) -> None:
    seen = Seen(words, [n % 8 for n in range(len(words))], [n % 4 for n in range(len(words))], [3] * len(words))
    read = inputs_of(seen, SPELLER, limit=limit)
    spelled = SPELLER.spell(words)
    assert [n for (start, end), _ in read for n in range(start, end)] == list(range(len(words)))
    for (start, end), window in read:
        assert len(window.pieces) == len(window.shapes) == len(window.lines) == len(window.known) <= limit
        assert (window.pieces[0], window.pieces[-1]) == (SPELLER.first, SPELLER.last)
        assert {window.shapes[0], window.shapes[-1]} == {NO_SHAPE}
        for n, at in zip(range(start, end), window.first, strict=True):
            pieces = slice(at, at + len(spelled[n]))
            assert tuple(window.pieces[pieces]) == spelled[n]
            assert set(window.shapes[pieces]) == {NO_SHAPE if words[n].isspace() else seen.shapes[n]}
            assert set(window.lines[pieces]) == {seen.lines[n]}
            assert set(window.known[pieces]) == {seen.known[n]}


def test_a_batch_is_filled_up_with_zeros() -> None:
    one, other = (Inputs(*(np.arange(1, n + 1) for _ in range(4)), np.arange(1, w + 1)) for n, w in ((5, 3), (3, 2)))
    batch = padded([one, other])
    assert set(batch) == {*PER_PIECE, "first"}
    assert all(values.dtype == np.int64 for values in batch.values())
    for name in ("pieces", "shapes", "lines", "known"):
        assert batch[name].tolist() == [[1, 2, 3, 4, 5], [1, 2, 3, 0, 0]]
    assert batch["mask"].tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]
    assert batch["first"].tolist() == [[1, 2, 3], [1, 2, 0]]


def test_what_is_seen_of_a_text(tokens: Language) -> None:
    text = "Talks in Oslo\n\nAnn met 2 UN envoys."
    seen = seen_in(tokens.make_doc(text), (Paragraph(0, 13, headline=True), Paragraph(15, len(text))))
    assert seen.words == ["Talks", "in", "Oslo", "\n\n", "Ann", "met", "2", "UN", "envoys", "."]
    assert [SHAPES[n] for n in seen.shapes] == [
        "title", "lower", "title", "sign", "title", "lower", "number", "upper", "lower", "sign",
    ]  # fmt: skip
    assert list(seen.lines) == [2, 2, 2, 1, 1, 1, 1, 1, 1, 1]
    assert [word for word, known in zip(seen.words, seen.known, strict=True) if known] == ["Oslo", "UN"]


@pytest.mark.parametrize("limit", [32, 64, 256])
def test_training_reads_the_windows_of_the_run(tokens: Language, limit: int) -> None:
    document = Document(Article("a", TEXT))
    for stage in build_segmenter():
        [document] = stage([document])
    assert document.view is not None
    gold = GoldArticle(
        id="a", annotates=[], cited=[], text=TEXT, entities=[], mentions=[], relations=[], events=[]
    )  # fmt: skip
    labels = read_labels(TINY / "labels.json")
    trained = sample_of(make_example(gold, document), SPELLER, labels, limit=limit).windows
    read = inputs_of(seen_in(tokens.make_doc(document.view.text), document.view.paragraphs), SPELLER, limit=limit)
    assert len(trained) == len(read) >= (1 if limit == 256 else 2)
    for window, (_, inputs) in zip(trained, read, strict=True):
        for name in ("pieces", "shapes", "lines", "known", "first"):
            assert getattr(window.inputs, name).tolist() == getattr(inputs, name).tolist()
