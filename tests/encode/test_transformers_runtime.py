"""Encoders of transformers, and what their folders must hold."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from safetensors.torch import load_file, save_file
from transformers import AutoModel, DistilBertConfig, DistilBertModel
from transformers.utils import logging

from pipeline.encode.inputs import PER_PIECE
from pipeline.encode.transformers_runtime import LAYERS, load_transformers
from pipeline.errors import ModelError
from pipeline.train.export import export_transformers
from tests.tiny_model import VOCABULARY, make_tiny, write_encoder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_encoder(tmp_path / "encoder")
    export_transformers(make_tiny(tmp_path / "encoder"), tmp_path / "model")
    return tmp_path / "model"


def batch() -> dict[str, np.ndarray]:
    return {name: np.ones((2, 5), dtype=np.int64) for name in (*PER_PIECE, "first")}


def test_columns_of_the_words_of_a_batch(folder: Path) -> None:
    columns = load_transformers(folder, threads=1)(batch())
    assert columns.shape == (2, 5, len(load_file(folder / LAYERS)["columns.bias"]))
    assert columns.dtype == np.float32


def test_encoders_of_other_kinds(folder: Path) -> None:
    config = DistilBertConfig(vocab_size=len(VOCABULARY), dim=16, n_layers=1, n_heads=2, hidden_dim=32)
    for file in ("config.json", "model.safetensors"):
        (folder / file).unlink()
    DistilBertModel(config).save_pretrained(folder)
    assert load_transformers(folder, threads=1)(batch()).shape[:2] == (2, 5)


def test_nothing_is_said_and_talking_goes_on(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = logging.get_verbosity()
    load_transformers(folder, threads=1)
    assert logging.get_verbosity() == before
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", LAYERS])
def test_a_file_that_is_missing(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match="no reader of words"):
        load_transformers(folder, threads=1)


@pytest.mark.parametrize("name", ["columns.weight", "columns.bias", "line.weight"])
def test_a_layer_that_is_missing(folder: Path, name: str) -> None:
    layers = load_file(folder / LAYERS)
    del layers[name]
    save_file(layers, folder / LAYERS)
    with pytest.raises(ModelError, match=name.replace(".", r"\.")):
        load_transformers(folder, threads=1)


def test_an_encoder_without_all_its_weights(folder: Path) -> None:
    encoder = load_file(folder / "model.safetensors")
    del encoder["encoder.layer.0.output.dense.weight"]
    save_file(encoder, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match=r"lacks the weights.*output\.dense\.weight"):
        load_transformers(folder, threads=1)


def test_layers_of_another_size(folder: Path) -> None:
    layers = load_file(folder / LAYERS)
    layers["shape.weight"] = layers["shape.weight"][:, :4].contiguous()
    save_file(layers, folder / LAYERS)
    with pytest.raises(ModelError, match="size mismatch"):
        load_transformers(folder, threads=1)


def test_the_encoder_is_read_as_transformers_reads_it(folder: Path) -> None:
    assert AutoModel.from_pretrained(folder).config.hidden_size == 16
