"""Runtimes: what runs the reader of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pipeline.encode.inputs import Inputs, padded
from pipeline.reading.heads import Floats, Ints


class Runtime(Protocol):
    """What runs the reader of words."""

    def __call__(self, batch: Mapping[str, Ints]) -> Floats:
        """Columns of words, windows x words x columns, from a batch as `padded` makes it."""
        ...


def read_windows(runtime: Runtime, windows: Sequence[Inputs]) -> list[Floats]:
    """The columns of the words of each window, words x columns.

    Each is read alone: numbers in eight bits are scaled by the largest of a batch, so that in company a window would be
    read differently. With a few hundred pieces it is no slower, as nothing is filled up.
    """
    return [runtime(padded([window]))[0] for window in windows]
