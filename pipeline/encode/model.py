"""Models: what a model folder holds, loaded.

Every folder has `tokenizer.json`, `labels.json`, `heads.npz` and `words.json`; the reader of words is `words.onnx` or,
for the runtime `transformers`, `config.json`, `model.safetensors` and `words.safetensors`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import RuntimeName
from pipeline.encode.onnx_runtime import load_onnx
from pipeline.encode.openvino_runtime import load_openvino
from pipeline.encode.pieces import Speller, load_speller
from pipeline.encode.runtime import Runtime
from pipeline.encode.transformers_runtime import LAYERS, load_transformers
from pipeline.errors import ModelError
from pipeline.reading.heads import Heads, read_heads
from pipeline.reading.labels import read_labels


@dataclass(frozen=True, slots=True)
class Model:
    """A model folder, loaded; `limit` is how many pieces a window may have, `columns` the parts of what is read of each
    word, by name, in order."""

    speller: Speller
    runtime: Runtime
    heads: Heads
    limit: int
    columns: Mapping[str, int]


def load_encoder(folder: Path, *, threads: int, runtime: RuntimeName = "auto") -> Model:
    """The model of a folder, to run on so many threads.

    Raises `ModelError` when it is not complete, or what the runtime needs is not installed.
    """
    limit, columns = read_outline(folder / "words.json")
    heads = read_heads(folder / "heads.npz", read_labels(folder / "labels.json"))
    speller = load_speller(folder)
    return Model(speller, _load_runtime(folder, threads=threads, runtime=runtime), heads, limit, columns)


def _load_runtime(folder: Path, *, threads: int, runtime: RuntimeName) -> Runtime:
    words = folder / "words.onnx"
    if runtime == "auto":
        if not words.is_file() and not (folder / LAYERS).is_file():
            raise ModelError(f"{folder}: no reader of words, neither {words.name} nor {LAYERS}")
        runtime = "onnx" if words.is_file() else "transformers"
    if runtime == "onnx":
        return load_onnx(words, threads=threads)
    if runtime == "openvino":
        return load_openvino(words, threads=threads)
    return load_transformers(folder, threads=threads)


def read_outline(path: Path) -> tuple[int, dict[str, int]]:
    """The limit of pieces a window and the parts of the columns, from a model's words.json; raises `ModelError`."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return int(found["window"]), {str(name): int(size) for name, size in found["columns"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: no outline of a model: {error}") from error
