"""ONNX Runtime, and what it is told to load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.encode.inputs import PER_PIECE
from pipeline.encode.onnx_runtime import load_onnx
from pipeline.errors import ModelError
from tests.encoders import TINY


def test_columns_of_the_words_of_a_batch() -> None:
    batch = {name: np.ones((2, 6), dtype=np.int64) for name in PER_PIECE} | {"first": np.array([[1, 2, 4], [1, 3, 0]])}
    columns = load_onnx(TINY / "words.onnx", threads=1)(batch)
    assert columns.shape[:2] == (2, 3)
    assert columns.dtype == np.float32


def test_what_a_model_does_not_read_is_not_given_to_it() -> None:
    runtime = load_onnx(TINY / "words.onnx", threads=1)
    batch = {name: np.ones((1, 4), dtype=np.int64) for name in (*PER_PIECE, "first", "other")}
    assert runtime(batch).shape[:2] == (1, 4)


@pytest.mark.parametrize("content", [None, b"", b"no model"])
def test_no_model(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "words.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"words\.onnx"):
        load_onnx(path, threads=1)


def test_nothing_is_collected_about_the_user(tmp_path: Path) -> None:
    """In a process of its own, as ONNX Runtime decides once; it keeps what it is going to report in the home folder."""
    code = "import sys; from pathlib import Path; from pipeline.encode.onnx_runtime import load_onnx; "
    code += "load_onnx(Path(sys.argv[1]), threads=1)"
    environment = {"HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    subprocess.run([sys.executable, "-c", code, str(TINY / "words.onnx")], env=environment, check=True)
    assert list(tmp_path.iterdir()) == []
