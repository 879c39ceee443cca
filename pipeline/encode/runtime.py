"""Runtimes: run the reader of words on windows, batched so that little is padding."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError
from pipeline.reading.heads import Floats, Ints

FULL = 2048
"""Pieces of a batch, padding counted in."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window as arrays over its pieces (number, shape and line of the word), and the first piece of each word."""

    pieces: Ints
    shapes: Ints
    lines: Ints
    first: Ints


class Runtime(Protocol):
    """What runs the network."""

    def __call__(self, inputs: Mapping[str, NDArray[np.int64]]) -> Floats:
        """Columns of words, batch x words x columns, from padded arrays by name."""
        ...


def read_windows(runtime: Runtime, windows: Sequence[Window]) -> list[Floats]:
    """The columns of the words of each window, in the order of the windows."""
    found: dict[int, Floats] = {}
    order = sorted(range(len(windows)), key=lambda n: len(windows[n].pieces), reverse=True)
    at = 0
    while at < len(order):
        size = max(1, FULL // len(windows[order[at]].pieces))
        some = order[at : at + size]
        columns = runtime(_padded([windows[n] for n in some]))
        for row, n in enumerate(some):
            found[n] = columns[row, : len(windows[n].first)]
        at += size
    return [found[n] for n in range(len(windows))]


def _padded(windows: Sequence[Window]) -> dict[str, NDArray[np.int64]]:
    pieces = max(len(window.pieces) for window in windows)
    words = max(len(window.first) for window in windows)
    inputs = {name: np.zeros((len(windows), pieces), dtype=np.int64) for name in ("pieces", "mask", "shapes", "lines")}
    inputs["first"] = np.zeros((len(windows), words), dtype=np.int64)
    for row, window in enumerate(windows):
        size = len(window.pieces)
        inputs["pieces"][row, :size] = window.pieces
        inputs["mask"][row, :size] = 1
        inputs["shapes"][row, :size] = window.shapes
        inputs["lines"][row, :size] = window.lines
        inputs["first"][row, : len(window.first)] = window.first
    return inputs


@dataclass(frozen=True, slots=True)
class Onnx:
    """ONNX Runtime on the processor."""

    session: object

    def __call__(self, inputs: Mapping[str, NDArray[np.int64]]) -> Floats:
        columns: Floats = self.session.run(["columns"], dict(inputs))[0]  # type: ignore[attr-defined]
        return columns


def load_onnx(path: Path, *, threads: int) -> Onnx:
    """The network of an .onnx file on so many threads; raises `ModelError` when it cannot be loaded."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if not path.is_file():
        raise ModelError(f"{path}: no such file")
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except onnxruntime.capi.onnxruntime_pybind11_state.Fail as error:
        raise ModelError(f"{path}: {error}") from error
    return Onnx(session)


def read_outline(path: Path) -> tuple[int, dict[str, int]]:
    """The limit of pieces a window and the parts of the columns, from a model's words.json; raises `ModelError`."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return int(found["window"]), {str(name): int(size) for name, size in found["columns"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: no outline of a model: {error}") from error
