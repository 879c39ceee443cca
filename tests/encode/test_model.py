"""A model folder, and which runtime it is read with."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from pipeline.encode.model import load_encoder, read_outline
from pipeline.encode.onnx_runtime import Onnx
from pipeline.errors import ModelError
from tests.encoders import TINY


def test_a_folder_with_onnx_is_read_with_onnx_runtime() -> None:
    model = load_encoder(TINY, threads=1)
    assert isinstance(model.runtime, Onnx)
    assert model.limit == 64
    assert list(model.columns)[:2] == ["mention", "trigger"]
    assert model.heads.labels.mentions[0] == "PER"


@pytest.mark.parametrize("name", ["labels.json", "heads.npz", "tokenizer.json", "words.json", "words.onnx"])
def test_what_is_missing_is_named(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(TINY, tmp_path / "model")
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_encoder(folder, threads=1)


def test_transformers_without_torch_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ModelError, match=r"needs torch.*pip install 'dragoman\[train\]'"):
        load_encoder(TINY, threads=1, runtime="transformers")


def test_a_folder_for_transformers_is_seen_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shutil.copytree(TINY, tmp_path / "model")
    (folder / "words.onnx").rename(folder / "words.safetensors")
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ModelError, match="needs torch"):
        load_encoder(folder, threads=1)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"window": "a", "columns": {}}', '{"window": 3, "columns": [1]}'])
def test_no_outline(tmp_path: Path, content: str) -> None:
    path = tmp_path / "words.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="no outline"):
        read_outline(path)
