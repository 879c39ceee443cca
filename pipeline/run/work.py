"""Work: the line over chunks of articles, in this process or in others."""

from __future__ import annotations

import faulthandler
import functools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, resource_tracker
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from pipeline import load
from pipeline.config import ModelSettings, Settings
from pipeline.document import Article
from pipeline.record import Records, RejectRecord
from pipeline.run.chunks import Chunk, Item, Mark
from pipeline.run.tidy import tidy
from pipeline.stage import Rejection

if TYPE_CHECKING:
    from pipeline.build import Extractor  # its libraries take 50 MB, of no use to who only hands out work

Outcome = Records | Rejection | RejectRecord | Mark
Read = list[Records | Rejection]
CRASHED = "crashed"
"""Code of the rejection of an article that killed the process that read it."""
_Handed = tuple[Chunk, Future[Read] | None]
"""A chunk, and what will be read of it; None when the processes that were to read it are gone."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
AHEAD = 2
"""How many chunks are handed out for each process before the first of them is awaited."""

FAR = 100
"""How many chunks further on than the first that is not read chunks may be read."""

AT_ONCE = 4
"""How many articles a process reads before it gives back memory: after a whole chunk it would be 100 MB more."""

POLL = 0.1
"""Seconds between two looks whether a run is stopped while it loads its models."""


class Work(Protocol):
    """What runs the line; `models` are those it uses, with their versions."""

    @property
    def models(self) -> Mapping[str, str]: ...

    def outcomes(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Each chunk with what its items gave."""
        ...


class Alone:
    """The line in this process."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor

    @property
    def models(self) -> Mapping[str, str]:
        """The models with their versions."""
        return self._extractor.models

    def outcomes(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Each chunk with what its items gave, in order."""
        for chunk in chunks:
            read = _records(self._extractor, chunk.articles)
            yield chunk, _in_order(chunk, read)


class Workers:
    """The line in several processes, each with a model of its own; a context manager.

    An article that kills its process (the system ran out of memory, a library crashed) or that takes longer than
    `settings.run.timeout` seconds is found by reading the articles of its chunk apart, and rejected; the others are
    read.
    """

    def __init__(self, settings: Settings, number: int, *, stopped: Callable[[], bool] = lambda: False) -> None:
        """`number` processes. Raises `ModelError` when they cannot load the models, and `KeyboardInterrupt` when
        `stopped` tells, while they do, that it is of no use any more."""
        self._number = number
        self._in_order = settings.run.order == "input"
        threads = max(1, settings.model.threads // number)
        model: ModelSettings = settings.model.model_copy(update={"threads": threads})
        self._settings = settings.model_copy(update={"model": model})
        self._others = multiprocessing.active_children()
        self._pool = self._start()
        try:
            with _signals_held():
                waiting = {self._pool.submit(_models, self._settings) for _ in range(number)}  # each process takes one
            while waiting:
                loaded, waiting = wait(waiting, timeout=POLL, return_when=FIRST_COMPLETED)
                for future in loaded:
                    self.models: Mapping[str, str] = future.result()
                if stopped():
                    raise KeyboardInterrupt
        except BaseException:
            self._end(at_once=True)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(at_once=error is not None)

    def outcomes(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Each chunk with what its items gave; some chunks are taken ahead.

        They come in order, or as soon as they are read when the settings say so: then one that takes long is overtaken
        by at most `FAR` others, and one that is not full comes last all the same.
        """
        waiting: deque[_Handed] = deque()
        stream = iter(chunks)
        while True:
            while self._may_take(waiting) and (chunk := next(stream, None)) is not None:
                waiting.append((chunk, self._submit(chunk.articles)))
            if not waiting:
                return
            chunk, future = handed = waiting[0] if self._in_order else _soonest(waiting)
            waiting.remove(handed)
            read = self._result(future)
            if read is None:
                # the processes are gone: the others are read again, this one with nothing beside it
                self._restart()
                read = self._carefully(chunk.articles)
                waiting = deque((other, self._submit(other.articles)) for other, _ in waiting)
            tidy()
            yield chunk, _in_order(chunk, read)

    def _may_take(self, waiting: Sequence[_Handed]) -> bool:
        """Whether another chunk may be handed out."""
        if not waiting:
            return True
        (first, _), (last, _) = waiting[0], waiting[-1]
        return len(waiting) <= AHEAD * self._number and last.number - first.number < FAR

    def _submit(self, articles: Sequence[Article]) -> Future[Read] | None:
        """None when the processes are gone."""
        try:
            with _signals_held():  # a task may start a process
                return self._pool.submit(_read, self._settings, list(articles))
        except BrokenProcessPool:
            return None

    def _result(self, future: Future[Read] | None) -> Read | None:
        try:
            return future.result() if future is not None else None
        except BrokenProcessPool:
            return None

    def _carefully(self, articles: Sequence[Article]) -> Read:
        """What articles give that may kill their process: halves apart, until the culprit stands alone."""
        read = self._result(self._submit(articles))
        if read is not None:
            return read
        self._restart()
        if len(articles) > 1:
            half = len(articles) // 2
            return self._carefully(articles[:half]) + self._carefully(articles[half:])
        return [Rejection(articles[0], "run", CRASHED, "the process that read it died, or took too long")]

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._number, mp_context=context, initializer=_begin)

    def _restart(self) -> None:
        self._end()
        self._pool = self._start()

    def _end(self, *, at_once: bool = False) -> None:
        """End the processes, `at_once` or after the chunks in hand."""
        if at_once:
            for process in multiprocessing.active_children():
                if process not in self._others:
                    process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _soonest(waiting: Sequence[_Handed]) -> _Handed:
    """The first of those that are read by now, or as soon as one is; one that is not full only when it is alone."""
    full = [handed for handed in waiting if handed[0].full]
    if not full:
        return waiting[0]
    futures = [future for _, future in full if future is not None]
    if len(futures) == len(full):
        wait(futures, return_when=FIRST_COMPLETED)
    return next(handed for handed in full if handed[1] is None or handed[1].done())


def _in_order(chunk: Chunk, read: Sequence[Records | Rejection]) -> list[Outcome]:
    outcomes = iter(read)
    return [_outcome(item, chunk.marks.get(n), outcomes) for n, item in enumerate(chunk.items)]


def _outcome(item: Item, mark: Mark | None, outcomes: Iterator[Records | Rejection]) -> Outcome:
    if isinstance(item, RejectRecord):
        return item
    return next(outcomes) if mark is None else mark


@contextmanager
def _signals_held() -> Iterator[None]:
    """Signals that ask to end wait until the context is left, and in processes that are started inside for ever."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # multiprocessing starts it before the first process, and lets signals in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Leave signals, which reach every process of a terminal, to the one that gives out the work, and end with it."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@contextmanager
def _ending_after(seconds: float) -> Iterator[None]:
    """End this process, with word of where it is, when the context lasts longer, also in code that is not Python."""
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@functools.cache
def _extractor(settings: Settings) -> Extractor:
    """The line of a process of `Workers`."""
    return load(settings)


def _models(settings: Settings) -> Mapping[str, str]:
    return _extractor(settings).models


def _read(settings: Settings, articles: list[Article]) -> Read:
    with _ending_after(settings.run.timeout + len(articles)):
        return _records(_extractor(settings), articles)


def _records(extractor: Extractor, articles: Sequence[Article]) -> Read:
    """The records of articles, without how they came about, which takes much memory."""
    read: Read = []
    for start in range(0, len(articles), AT_ONCE):
        with extractor.forgetting():
            found = extractor.run(articles[start : start + AT_ONCE])
            read += [r if isinstance(r, Rejection) else Records(record=r.record, events=r.events) for r in found]
        tidy()
    return read
