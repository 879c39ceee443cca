"""Transformers: the reader of words with any encoder of Hugging Face, in torch.

Its folder holds the encoder as `save_pretrained` writes it (`config.json`, `model.safetensors`) and the layers around
it in `words.safetensors`: `columns.weight` and `columns.bias`; `shape.weight` and `line.weight` where it sees how words
are written; `known.weight` where it sees what the gazetteer knows of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.reading.heads import Floats, Ints

LAYERS = "words.safetensors"
_COLUMNS = frozenset({"columns.weight", "columns.bias"})
_SHAPES = frozenset({"shape.weight", "line.weight"})
_KNOWN = "known.weight"
_POOLER = "pooler."
"""What encoders make of a whole window; nothing here reads it."""


@dataclass(frozen=True, slots=True)
class Transformers:
    """A reader of words in torch."""

    reader: Any

    def __call__(self, batch: Mapping[str, Ints]) -> Floats:
        import torch

        with torch.inference_mode():
            found = self.reader(**{name: torch.from_numpy(values) for name, values in batch.items()})
        columns: Floats = found.numpy()
        return columns


def load_transformers(folder: Path, *, threads: int) -> Transformers:
    """The reader of words of a folder; torch runs with so many threads in the whole process.

    Raises `ModelError` when the folder is not complete or torch is not installed.
    """
    try:
        import torch
        from safetensors import SafetensorError
        from safetensors.torch import load_file
        from transformers import AutoModel
        from transformers.utils import logging

        from pipeline.encode.word_reader import WordReader
    except ImportError as error:
        raise ModelError(
            f"the runtime transformers needs {error.name}, which is not installed: pip install 'dragoman[train]'"
        ) from error
    torch.set_num_threads(threads)
    talkative = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        layers = load_file(folder / LAYERS)
        encoder, loaded = AutoModel.from_pretrained(folder, local_files_only=True, output_loading_info=True)
        shapes = not _SHAPES.isdisjoint(layers)
        lacking = {name for name in loaded["missing_keys"] if not name.startswith(_POOLER)}
        lacking |= (_COLUMNS | (_SHAPES if shapes else frozenset())) - layers.keys()
        if lacking:
            raise ModelError(f"{folder}: lacks the weights {', '.join(sorted(lacking))}")
        reader = WordReader(encoder, len(layers["columns.bias"]), shapes=shapes, known=_KNOWN in layers)
        reader.load_state_dict(layers, strict=False)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"{folder}: no reader of words of transformers: {error}") from error
    finally:
        logging.set_verbosity(talkative)
    return Transformers(reader.eval())
