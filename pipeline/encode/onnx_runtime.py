"""ONNX Runtime: the reader of words on any processor."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.reading.heads import Floats, Ints

_SLOW = ("SkipLayerNormFusion",)
"""What ONNX Runtime makes of a graph that is slower than the graph: its fused kernel takes six times as long as the
addition and the normalisation that it stands for."""


@dataclass(frozen=True, slots=True)
class Onnx:
    """A session of ONNX Runtime, and the names of what it reads of a batch."""

    session: Any
    reads: tuple[str, ...]

    def __call__(self, batch: Mapping[str, Ints]) -> Floats:
        columns: Floats = self.session.run(["columns"], {name: batch[name] for name in self.reads})[0]
        return columns


def load_onnx(path: Path, *, threads: int) -> Onnx:
    """The reader of words of an .onnx file on so many threads; raises `ModelError` when it cannot be loaded.

    Releases of ONNX Runtime from 1.29 on report to their maker unless the environment says no before they are loaded.
    """
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as errors

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # it keeps 100 MB for good, and saves no time
    options.enable_mem_pattern = False  # room for all of a run at once is more than it needs at a time
    if not path.is_file():
        raise ModelError(f"{path}: no such file")
    try:
        session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
        )
    except (errors.Fail, errors.InvalidArgument, errors.InvalidGraph, errors.InvalidProtobuf) as error:
        raise ModelError(f"{path}: {error}") from error
    return Onnx(session, tuple(put.name for put in session.get_inputs()))
