"""OpenVINO: the reader of words in what precision the processor is fastest at (bfloat16 where it has it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import ModelError
from pipeline.reading.heads import Floats, Ints

_QUANTISED = ("Subtract", "Convert", "Convert", "Clamp", "Add", "Round", "Divide", "Multiply")
"""How OpenVINO spells what ONNX calls DynamicQuantizeLinear, from its use back to what is quantised."""


@dataclass(frozen=True, slots=True)
class OpenVino:
    """A request of OpenVINO, and the names of what it reads of a batch."""

    request: Any
    reads: tuple[str, ...]

    def __call__(self, batch: Mapping[str, Ints]) -> Floats:
        columns: Floats = np.array(self.request.infer({name: batch[name] for name in self.reads})["columns"])
        return columns


def load_openvino(path: Path, *, threads: int) -> OpenVino:
    """The reader of words of an .onnx file on so many threads.

    Raises `ModelError` when the file cannot be loaded or OpenVINO is not installed.
    """
    try:
        import openvino
    except ImportError as error:
        raise ModelError("the runtime openvino is not installed: pip install 'dragoman[openvino]'") from error
    if not path.is_file():
        raise ModelError(f"{path}: no such file")
    core = openvino.Core()
    try:
        model = core.read_model(str(path))
    except RuntimeError as error:
        raise ModelError(f"{path}: {error}") from error
    _without_integers(model)
    options = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY"}
    reads = tuple(put.any_name for put in model.inputs)
    return OpenVino(core.compile_model(model, "CPU", options).create_infer_request(), reads)


def _without_integers(model: Any) -> None:
    """Make products of bytes, which OpenVINO spells out step by step, products of what the bytes stand for.

    That is twice as fast, and the inputs need no rounding.
    """
    from openvino import opset13 as ops

    for product in model.get_ordered_ops():
        if product.get_type_name() != "MatMul" or (inputs := _quantised(product.input_value(0))) is None:
            continue
        weights = product.input_value(1)
        cast = _only_user(product)
        scaled = _only_user(cast)
        scale = next(
            value
            for value in scaled.input_value(1).get_node().input_values()
            if value.get_node().get_type_name() == "Constant"
        )
        full = ops.multiply(ops.convert(weights, "f32"), scale)
        scaled.output(0).replace(ops.matmul(inputs, full, False, False).output(0))
    model.validate_nodes_and_infer_types()


def _quantised(value: Any) -> Any | None:
    """What a value is the bytes of; None for one that is something else."""
    for name in _QUANTISED:
        if value.get_node().get_type_name() != name:
            return None
        value = value.get_node().input_value(0)
    return value


def _only_user(node: Any) -> Any:
    (user,) = node.output(0).get_target_inputs()
    return user.get_node()
