"""Recognise: every mention of people, titles, bodies, places, dates and who stands for them.

spaCy's named entities are one voice among several: known names, the grammar of titles, head nouns,
the words around a capitalised run, and what the rest of the article says. The passes claim text in
the order of how much they can be trusted; what is claimed stays claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pipeline.document import Document, Mention, View
from pipeline.recognise.article import find_mentions
from pipeline.recognise.board import Found


@dataclass(frozen=True, slots=True)
class Recognise:
    """Fills `Document.mentions`: none overlap, in the order of the text."""

    name: ClassVar[str] = "recognise"
    reads: ClassVar[frozenset[str]] = frozenset({"view", "parse"})
    writes: ClassVar[frozenset[str]] = frozenset({"mentions"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [replace(document, mentions=_mentions(document)) for document in documents]


def _mentions(document: Document) -> tuple[Mention, ...]:
    if document.view is None or document.parse is None:
        raise ValueError("recognise needs a view and a parse")
    found = find_mentions(document.parse, document.view.paragraphs, document.reading)
    return tuple(_mention(item, document.view) for item in found)


def _mention(found: Found, view: View) -> Mention:
    return Mention(
        span=view.raw(found.start, found.end),
        tokens=(found.i, found.j),
        label=found.label,
        text=view.text[found.start : found.end],
        source=found.source,
        code=found.code,
        name=found.name,
    )
