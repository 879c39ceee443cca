"""Lemmas of tagged words, each form looked up once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from spacy.attrs import LEMMA, ORTH, POS
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Lemmas:
    """Writes what spaCy's lemmatizer makes of a word and its part of speech, and remembers it."""

    lemmatizer: Lemmatizer
    _known: dict[tuple[int, int], int] = field(default_factory=dict)

    def __call__(self, doc: Doc) -> Doc:
        """The document with lemmas, as from the lemmatizer itself."""
        known = self._known
        found = np.zeros(len(doc), dtype=np.uint64)
        for n, (word, class_) in enumerate(doc.to_array([ORTH, POS]).tolist()):
            lemma = known.get((word, class_))
            if lemma is None:
                lemma = known[word, class_] = doc.vocab.strings.add(self.lemmatizer.lemmatize(doc[n])[0])
            found[n] = lemma
        written: Doc = doc.from_array([LEMMA], found[:, None])  # type: ignore[arg-type]
        return written
