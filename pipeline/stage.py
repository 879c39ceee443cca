"""The stage protocol, the order check, and the loop with its single reject boundary."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from pipeline.document import Article, Document
from pipeline.errors import RejectArticle, StageError, StopRun


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


def _apply(stage: Stage, documents: Sequence[Document]) -> list[Document | Rejection]:
    """Apply one stage; when a batch fails, halve it until the culprit stands alone and reject it.

    This is the only place that catches every exception.
    """
    try:
        return list(stage(documents))
    except (StopRun, MemoryError):
        raise
    except Exception as fault:
        if len(documents) > 1:
            half = len(documents) // 2
            return _apply(stage, documents[:half]) + _apply(stage, documents[half:])
        code = fault.code if isinstance(fault, RejectArticle) else "internal"
        message = fault.message if isinstance(fault, RejectArticle) else f"{type(fault).__name__}: {fault}"
        return [Rejection(documents[0].article, stage.name, code, message)]


def run_stages(
    stages: Sequence[Stage], articles: Iterable[Article], *, batch_size: int
) -> Iterator[Document | Rejection]:
    """Run the line over articles in batches; yields a document or a rejection for each, in order."""
    stream = iter(articles)
    while batch := list(itertools.islice(stream, batch_size)):
        results: list[Document | Rejection] = [Document(article) for article in batch]
        for stage in stages:
            alive = [i for i, item in enumerate(results) if isinstance(item, Document)]
            if not alive:
                break
            done = _apply(stage, [item for item in results if isinstance(item, Document)])
            for i, item in zip(alive, done, strict=True):
                results[i] = item
        yield from results
