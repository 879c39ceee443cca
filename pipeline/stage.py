"""The stage protocol, the order check, and the loop with its single reject boundary."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar

from pipeline.document import Article, Document
from pipeline.errors import RejectArticle, StageError, StopRun

T = TypeVar("T")


class Stage(Protocol):
    """One step of the line: takes a batch of documents, returns them with more fields filled.

    A stage is pure: it returns as many documents as it got, in the same order, and raises
    `RejectArticle` when an article cannot be processed.
    """

    name: ClassVar[str]
    reads: ClassVar[frozenset[str]]
    writes: ClassVar[frozenset[str]]

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]: ...


@dataclass(frozen=True, slots=True)
class Rejection:
    """An article that was given up, where and why."""

    article: Article
    stage: str
    code: str
    message: str


def check_order(stages: Sequence[Stage]) -> None:
    """Raise `StageError` when a stage reads a field that none before it writes."""
    written = {"article"}
    for stage in stages:
        missing = stage.reads - written
        if missing:
            raise StageError(f"stage {stage.name!r} reads {sorted(missing)}, which no stage before it writes")
        written |= stage.writes


def _apply(
    name: str, step: Callable[[Sequence[Document]], Iterable[T]], documents: Sequence[Document]
) -> list[T | Rejection]:
    """Apply one step; when a batch fails, halve it until the culprit stands alone and reject it.

    This is the only place that catches every exception.
    """
    try:
        return list(step(documents))
    except (StopRun, MemoryError):
        raise
    except Exception as fault:
        if len(documents) > 1:
            half = len(documents) // 2
            return _apply(name, step, documents[:half]) + _apply(name, step, documents[half:])
        code = fault.code if isinstance(fault, RejectArticle) else "internal"
        message = fault.message if isinstance(fault, RejectArticle) else f"{type(fault).__name__}: {fault}"
        return [Rejection(documents[0].article, name, code, message)]


def run_stages(
    stages: Sequence[Stage],
    articles: Iterable[Article],
    *,
    batch_size: int,
    finish: Callable[[Document], T],
) -> Iterator[T | Rejection]:
    """Run the line over articles in batches; yields what `finish` makes of each document, or a
    rejection, in the order of the articles. A fault in `finish` rejects like one in a stage.
    """
    stream = iter(articles)
    while batch := list(itertools.islice(stream, batch_size)):
        rejected: dict[int, Rejection] = {}
        alive = list(enumerate(map(Document, batch)))
        for stage in stages:
            done = _apply(stage.name, stage, [document for _, document in alive])
            rejected.update((i, item) for (i, _), item in zip(alive, done, strict=True) if isinstance(item, Rejection))
            alive = [(i, item) for (i, _), item in zip(alive, done, strict=True) if not isinstance(item, Rejection)]
            if not alive:
                break
        finished = _apply("records", lambda documents: map(finish, documents), [document for _, document in alive])
        results = rejected | {i: item for (i, _), item in zip(alive, finished, strict=True)}
        yield from (results[i] for i in range(len(batch)))
