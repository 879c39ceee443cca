"""Lemmas of tagged words, each form looked up once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from spacy.attrs import LEMMA, ORTH, POS
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

KEPT = 20_000
"""Forms whose lemmas are remembered at a time."""


@dataclass(frozen=True, slots=True)
class Lemmas:
    """Writes what spaCy's lemmatizer makes of a word and its part of speech, and remembers it."""

    lemmatizer: Lemmatizer
    _known: dict[tuple[int, int], str] = field(default_factory=dict)

    def __call__(self, doc: Doc) -> Doc:
        """The document with lemmas, as from the lemmatizer itself."""
        forms = list(map(tuple, doc.to_array([ORTH, POS]).tolist()))
        if len(self._known) > KEPT:
            self._known.clear()
        for n, form in enumerate(forms):
            if form not in self._known:
                self._known[form] = self.lemmatizer.lemmatize(doc[n])[0]
        self.lemmatizer.cache.clear()  # it remembers the same
        numbers = {form: doc.vocab.strings.add(self._known[form]) for form in set(forms)}
        found = np.array([numbers[form] for form in forms], dtype=np.uint64)
        written: Doc = doc.from_array([LEMMA], found[:, None])  # type: ignore[arg-type]
        return written
