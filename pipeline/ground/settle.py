"""Settle: the date and place that the clause of each event mention gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pipeline.document import Document
from pipeline.ground.when import event_date
from pipeline.ground.where import event_place


def settle(document: Document) -> Document:
    """The document with the date and place of each event mention, where its clause gives one."""
    return replace(
        document,
        event_mentions=tuple(
            replace(
                mention,
                date=event_date(document, mention.head, mention.tokens, status=mention.status),
                place=event_place(document, mention.head, mention.tokens),
            )
            for mention in document.event_mentions
        ),
    )


@dataclass(frozen=True, slots=True)
class GroundEvents:
    """Gives each event mention the date and place of its clause."""

    name: ClassVar[str] = "ground"
    reads: ClassVar[frozenset[str]] = frozenset(
        {"parse", "mentions", "entities", "dates", "event_mentions", "published"}
    )
    writes: ClassVar[frozenset[str]] = frozenset({"event_mentions"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [settle(document) for document in documents]
