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
class Repeat:
    """An article that repeats the one with the id `of`."""

    article: Article
    of: str


@dataclass(frozen=True, slots=True)
class Again:
    """An article that came before with the same id: in the same words, or not so, and is no version of it."""

    article: Article
    same: bool


Mark = Repeat | Again


@dataclass(frozen=True, slots=True)
class Chunk:
    """Items of the input in their order. `full` tells that it ends where it would end in every run over the input,
    `marks` by number of an item why the article is not read."""

    items: tuple[Item, ...]
    full: bool
    marks: Mapping[int, Mark] = field(default_factory=dict)

    @property
    def articles(self) -> list[Article]:
        """The articles to read: those without a mark."""
        return [a for n, a in enumerate(self.items) if isinstance(a, Article) and n not in self.marks]


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


def marked(chunks: Iterable[Chunk], judge: Callable[[Article], Mark | None]) -> Iterator[Chunk]:
    """The chunks with their marks; `judge` is asked about every article, in order."""
    for chunk in chunks:
        judged = ((n, judge(item)) for n, item in enumerate(chunk.items) if isinstance(item, Article))
        yield replace(chunk, marks={n: mark for n, mark in judged if mark is not None})
