"""Encode: one pass of the encoder over each article; its parse and its reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.document import Document, View
from pipeline.encode.parse import Symbols, symbols_of, write_parse
from pipeline.encode.pieces import Speller, load_speller
from pipeline.encode.runtime import Runtime, Window, load_onnx, read_outline, read_windows
from pipeline.encode.shape import SHAPES, lines_of, shape_of
from pipeline.encode.windows import cut
from pipeline.reading.heads import Floats, Heads, read_heads
from pipeline.reading.labels import read_labels
from pipeline.reading.reading import Reading

NO_SHAPE = len(SHAPES)
"""The shape of pieces that are no words."""
_STOPS = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Model:
    """A model folder, loaded."""

    speller: Speller
    runtime: Runtime
    heads: Heads
    limit: int
    columns: dict[str, int]


def load_encoder(folder: Path, *, threads: int) -> Model:
    """The model of a folder, to run on so many threads. Raises `ModelError` when it is not complete."""
    limit, columns = read_outline(folder / "words.json")
    heads = read_heads(folder / "heads.npz", read_labels(folder / "labels.json"))
    return Model(load_speller(folder), load_onnx(folder / "words.onnx", threads=threads), heads, limit, columns)


@dataclass(frozen=True, slots=True)
class Encode:
    """Fills `Document.parse` and `Document.reading`, all windows of a batch of documents read together.

    `nlp` makes the tokens and, after the tags are there, the lemmas.
    """

    nlp: Language
    model: Model
    symbols: Symbols

    name: ClassVar[str] = "encode"
    reads: ClassVar[frozenset[str]] = frozenset({"view"})
    writes: ClassVar[frozenset[str]] = frozenset({"parse", "reading"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        views = [document.view for document in documents if document.view is not None]
        parts = [_Part(self.nlp.make_doc(view.text), view, self.model) for view in views]
        columns = read_windows(self.model.runtime, [window for part in parts for window in part.windows])
        found = []
        at = 0
        for document, part in zip(documents, parts, strict=True):
            own = columns[at : at + len(part.windows)]
            at += len(part.windows)
            reading = self._reading(part, own)
            doc = write_parse(part.doc, reading, self.symbols, part.paragraphs)
            for _, component in self.nlp.pipeline:
                doc = component(doc)
            found.append(replace(document, parse=doc, reading=reading))
        return found

    def _reading(self, part: _Part, columns: Sequence[Floats]) -> Reading:
        whole = np.concatenate(columns)
        ends = np.cumsum(list(self.model.columns.values()))[:-1]
        split = dict(zip(self.model.columns, np.split(whole, ends, axis=1), strict=True))
        return Reading(split, tuple(part.ranges), self.model.heads)


def make_encode(nlp: Language, model: Model) -> Encode:
    """The stage for a language without parser and a loaded model."""
    return Encode(nlp, model, symbols_of(nlp.vocab, model.heads))


class _Part:
    """A document's tokens and its windows."""

    def __init__(self, doc: Doc, view: View, model: Model) -> None:
        self.doc = doc
        words = [token.text for token in doc]
        starts = [token.idx for token in doc]
        spelled = model.speller.spell(words)
        shapes = [shape_of(word) for word in words]
        lines = lines_of(starts, shapes, view.paragraphs)
        self.paragraphs = [n for n in range(1, len(words)) if words[n - 1].isspace() and "\n" in words[n - 1]]
        sentences = [n for n in range(1, len(words)) if words[n - 1] in _STOPS]
        breaks = [*(-1 - n for n in self.paragraphs), *sentences]
        self.ranges = cut([len(word) for word in spelled], breaks, model.limit)
        self.windows = [
            _window(
                spelled[a:b], [NO_SHAPE if words[n].isspace() else shapes[n] for n in range(a, b)], lines[a:b], model
            )
            for a, b in self.ranges
        ]


def _window(spelled: Sequence[tuple[int, ...]], shapes: Sequence[int], lines: Sequence[int], model: Model) -> Window:
    pieces, by_piece, line_of = [model.speller.first], [NO_SHAPE], [0]
    first = []
    for word, shape, line in zip(spelled, shapes, lines, strict=True):
        first.append(len(pieces))
        pieces += word
        by_piece += [shape] * len(word)
        line_of += [line] * len(word)
    return Window(
        np.array([*pieces, model.speller.last]),
        np.array([*by_piece, NO_SHAPE]),
        np.array([*line_of, 0]),
        np.array(first),
    )
