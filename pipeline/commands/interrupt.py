"""Ctrl-C and SIGTERM during a run: the first ends it after the articles in hand, the second at once."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

from pipeline.commands.exits import SIGNALS, importing

T = TypeVar("T")


class Interrupt:
    """While the context lasts, signals end the `stream` of input instead of the program.

    `stopped` tells whether one came. A second signal raises `KeyboardInterrupt`.
    """

    def __init__(self) -> None:
        self.stopped = False
        self._waiting = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._handle) for number in SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def stream(self, items: Iterable[T]) -> Iterator[T]:
        """The items until a signal comes, also while waiting for the next one."""
        iterator = iter(items)
        while not self.stopped:
            try:
                self._waiting = True
                item = next(iterator)
            except (StopIteration, KeyboardInterrupt):
                return
            finally:
                self._waiting = False
            yield item

    def _handle(self, number: int, frame: FrameType | None) -> None:
        at_once, self.stopped = self.stopped or self._waiting, True
        if at_once and not importing(frame):
            raise KeyboardInterrupt
