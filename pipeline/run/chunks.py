"""Chunks: what is read together, linked together and kept together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.document import Article
from pipeline.record import RejectRecord

CHARACTERS = 400_000
"""A chunk is full with so many characters of text, however few articles these are."""

Item = Article | RejectRecord


@dataclass(frozen=True, slots=True)
class Chunk:
    """Items of the input in their order. `full` tells that it ends where it would end in every run over the input."""

    items: tuple[Item, ...]
    full: bool

    @property
    def articles(self) -> list[Article]:
        """The articles among the items."""
        return [item for item in self.items if isinstance(item, Article)]


def chunked(items: Iterable[Item], *, articles: int) -> Iterator[Chunk]:
    """The items in chunks of so many articles at most; the last one need not be full."""
    some: list[Item] = []
    number = characters = 0
    for item in items:
        some.append(item)
        if isinstance(item, Article):
            number += 1
            characters += len(item.text)
        if number >= articles or characters >= CHARACTERS or len(some) >= 16 * articles:
            yield Chunk(tuple(some), full=True)
            some, number, characters = [], 0, 0
    if some:
        yield Chunk(tuple(some), full=False)
