"""Chunks: what is read together, linked together and kept together."""

from __future__ import annotations

import hashlib
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
    """Items of the input in their order. `number` counts the chunks of the input, `full` tells that it ends where it
    would end in every run over the input, `marks` by number of an item why the article is not read."""

    number: int
    items: tuple[Item, ...]
    full: bool
    marks: Mapping[int, Mark] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A digest of all items."""
        told = hashlib.blake2b(digest_size=16)
        for item in self.items:
            said = item.text if isinstance(item, Article) else item.message
            told.update(f"{item.doc_id}\n{said}\n".encode("utf-8", "surrogatepass"))
        return told.hexdigest()

    @property
    def articles(self) -> list[Article]:
        """The articles to read: those without a mark."""
        return [a for n, a in enumerate(self.items) if isinstance(a, Article) and n not in self.marks]


def chunked(items: Iterable[Item], *, articles: int, first: int = 0) -> Iterator[Chunk]:
    """The items in chunks of so many articles at most, numbered from `first`; the last one need not be full."""
    some: list[Item] = []
    chunk, number, characters = first, 0, 0
    for item in items:
        some.append(item)
        if isinstance(item, Article):
            number += 1
            characters += len(item.text)
        if number >= articles or characters >= CHARACTERS or len(some) >= 16 * articles:
            yield Chunk(chunk, tuple(some), full=True)
            some, chunk, number, characters = [], chunk + 1, 0, 0
    if some:
        yield Chunk(chunk, tuple(some), full=False)


def marked(chunks: Iterable[Chunk], judge: Callable[[Article], Mark | None]) -> Iterator[Chunk]:
    """The chunks with their marks; `judge` is asked about every article, in order."""
    for chunk in chunks:
        judged = ((n, judge(item)) for n, item in enumerate(chunk.items) if isinstance(item, Article))
        yield replace(chunk, marks={n: mark for n, mark in judged if mark is not None})
