"""Encode: one pass of the encoder over each article; its parse and its reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from pipeline.document import Document
from pipeline.encode.inputs import inputs_of, seen_in
from pipeline.encode.lemmas import Lemmas
from pipeline.encode.model import Model
from pipeline.encode.parse import Symbols, symbols_of, write_parse
from pipeline.encode.runtime import read_windows
from pipeline.reading.heads import Floats
from pipeline.reading.reading import Reading


@dataclass(frozen=True, slots=True)
class Encode:
    """Fills `Document.parse` and `Document.reading`, all windows of a batch of documents read together.

    `nlp` makes the tokens, `lemmas` what is written after the tags are there.
    """

    nlp: Language
    model: Model
    symbols: Symbols
    lemmas: Sequence[Callable[[Doc], Doc]]

    name: ClassVar[str] = "encode"
    reads: ClassVar[frozenset[str]] = frozenset({"view"})
    writes: ClassVar[frozenset[str]] = frozenset({"parse", "reading"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        views = [document.view for document in documents if document.view is not None]
        docs = [self.nlp.make_doc(view.text) for view in views]
        seen = [seen_in(doc, view.paragraphs) for doc, view in zip(docs, views, strict=True)]
        parts = [inputs_of(one, self.model.speller, limit=self.model.limit) for one in seen]
        columns = iter(read_windows(self.model.runtime, [window for part in parts for _, window in part]))
        found = []
        for document, doc, one, part in zip(documents, docs, seen, parts, strict=True):
            whole = np.concatenate([next(columns) for _ in part])
            ranges = tuple(words for words, _ in part)
            reading = Reading(_split(whole, self.model.columns), ranges, self.model.heads)
            parse = write_parse(doc, reading, self.symbols, one.words)
            for component in self.lemmas:
                parse = component(parse)
            found.append(replace(document, parse=parse, reading=reading))
        return found


def make_encode(nlp: Language, model: Model) -> Encode:
    """The stage for a language without parser and a loaded model."""
    components = [Lemmas(c) if isinstance(c, Lemmatizer) else c for _, c in nlp.pipeline]
    return Encode(nlp, model, symbols_of(nlp.vocab, model.heads), components)


def _split(columns: Floats, parts: Mapping[str, int]) -> dict[str, Floats]:
    """The parts of columns, by name."""
    ends = np.cumsum(list(parts.values()))[:-1]
    return dict(zip(parts, np.split(columns, ends, axis=1), strict=True))
