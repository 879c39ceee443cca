"""Chunks: what is read together, linked together and kept together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.document import Article
from pipeline.record import RejectRecord

CHARACTERS = 400_000
"""A chunk is full with so many characters of text, however few articles these are."""

Item = Article | RejectRecord


@dataclass(frozen=True, slots=True)
class Chunk:
    """Items of the input in their order. `full` tells that it ends where it would end in every run over the input,
    `repeats` by number of an item which earlier article it repeats."""

    items: tuple[Item, ...]
    full: bool
    repeats: Mapping[int, str] = field(default_factory=dict)

    @property
    def articles(self) -> list[Article]:
        """The articles to read: those that repeat none."""
        return [a for n, a in enumerate(self.items) if isinstance(a, Article) and n not in self.repeats]


@dataclass(frozen=True, slots=True)
class Repeat:
    """An article that repeats the one with the id `of`."""

    article: Article
    of: str


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


def marked(chunks: Iterable[Chunk], duplicate_of: Callable[[str, str], str | None]) -> Iterator[Chunk]:
    """The chunks with their repeats; `duplicate_of` is asked for id and text of every article, in order."""
    for chunk in chunks:
        asked = ((n, duplicate_of(a.doc_id, a.text)) for n, a in enumerate(chunk.items) if isinstance(a, Article))
        yield replace(chunk, repeats={n: of for n, of in asked if of is not None})
