from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import spacy

from pipeline.document import Article, Document, Mention, MentionLabel, Span
from pipeline.names.people import cluster_people
from pipeline.names.resolve import resolve

LABELS: dict[str, MentionLabel] = {
    "P": "person", "T": "title", "O": "organization", "C": "country", "N": "nationality", "G": "city",
    "J": "nominal",
}  # fmt: skip


@pytest.fixture(scope="session")
def marked() -> Callable[..., Document]:
    """A document from text with marks, "[Kenyan|N|KEN] [President|T] [A. B.|P]", its entities resolved."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")

    def make(source: str, outlet: str | None = None) -> Document:
        text, marks = "", []
        at = 0
        for m in re.finditer(r"\[([^|\]]+)\|([A-Z])(?:\|([A-Z]{3}))?\]", source):
            text += source[at : m.start()]
            marks.append((len(text), len(text) + len(m[1]), LABELS[m[2]], m[3]))
            text += m[1]
            at = m.end()
        text += source[at:]
        parse = nlp(text)
        mentions = []
        for start, end, label, code in marks:
            span = parse.char_span(start, end, alignment_mode="expand")
            assert span is not None
            name = text[start:end].split()[-1].lower() if label == "nominal" else None
            mentions.append(
                Mention(Span(start, end), (span.start, span.end), label, text[start:end], "test", code, name)
            )
        document = Document(Article("a", text), parse=parse, mentions=tuple(mentions), outlet=outlet)
        return replace(document, entities=resolve(document, cluster_people([document])[0]))

    return make
