"""OpenVINO reads the same file as ONNX Runtime, much the same."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.encode.inputs import PER_PIECE
from pipeline.encode.onnx_runtime import load_onnx
from pipeline.encode.openvino_runtime import _without_integers, load_openvino
from pipeline.errors import ModelError
from tests.encoders import TINY


def test_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(ModelError, match=r"pip install 'dragoman\[openvino\]'"):
        load_openvino(TINY / "words.onnx", threads=1)


def test_it_agrees_with_onnx_runtime() -> None:
    pytest.importorskip("openvino")
    rng = np.random.default_rng(1)
    ours, theirs = load_openvino(TINY / "words.onnx", threads=1), load_onnx(TINY / "words.onnx", threads=1)
    for count, size in ((1, 30), (3, 12)):
        batch = {name: rng.integers(0, 4, (count, size)) for name in PER_PIECE}
        batch |= {"mask": np.ones((count, size), dtype=np.int64), "first": rng.integers(1, size, (count, size - 2))}
        one, other = ours(batch), theirs(batch)
        assert one.shape == other.shape
        cosine = (one * other).sum(-1) / np.linalg.norm(one, axis=-1) / np.linalg.norm(other, axis=-1)
        assert cosine.min() > 0.98


def test_products_of_bytes_become_products_of_what_they_stand_for() -> None:
    openvino = pytest.importorskip("openvino")
    model = openvino.Core().read_model(str(TINY / "words.onnx"))

    def rounded() -> int:
        return sum(node.get_type_name() == "Round" for node in model.get_ordered_ops())

    assert rounded() > 0
    _without_integers(model)
    assert rounded() == 0


@pytest.mark.parametrize("content", [None, b"no model"])
def test_no_model(tmp_path: Path, content: bytes | None) -> None:
    pytest.importorskip("openvino")
    path = tmp_path / "words.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"words\.onnx"):
        load_openvino(path, threads=1)
