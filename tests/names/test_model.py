"""The trained model, stored and read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ModelError
from pipeline.names import model as module
from pipeline.names.features import FEATURES
from pipeline.names.model import FILE, compare, load, unpack, write
from pipeline.names.parse import parse_name
from pipeline.train.names import NamePair, train
from tests.names.comparing import compared

PAIRS = [
    NamePair("Ilham Aliyev", "Ilkham Aliev", True),
    NamePair("Jeyhun Bayramov", "Ceyhun Bayramov", True),
    NamePair("Ilham Aliyev", "Heydar Aliyev", False),
    NamePair("Jeyhun Bayramov", "Jeyhun Mammadov", False),
]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    trained, edits = train(PAIRS)
    write(trained, edits, tmp_path / FILE)
    with np.load(tmp_path / FILE, allow_pickle=False) as stored:
        read = unpack(dict(stored))
    names = [parse_name(pair.a) for pair in PAIRS]
    left, right = np.array([0, 1]), np.array([2, 3])
    before, after = (compare(m.edits, m.common, names, left, right).rows for m in (trained, read))
    assert after == pytest.approx(before, abs=1e-3)
    assert read.countries == trained.countries
    assert read.common == pytest.approx(trained.common)
    assert read.trees.depth == trained.trees.depth


@pytest.mark.parametrize("content", [None, b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_model_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    monkeypatch.setattr(module, "folder_of", lambda name: tmp_path)
    with pytest.raises(ModelError, match=FILE):
        load.__wrapped__()


def test_an_archive_without_the_arrays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez(tmp_path / FILE, other=np.zeros(1))
    monkeypatch.setattr(module, "folder_of", lambda name: tmp_path)
    with pytest.raises(ModelError, match="edits"):
        load.__wrapped__()


def test_the_installed_model_fits_the_features() -> None:
    trees = load().trees
    assert 0 <= trees.feature.min() <= trees.feature.max() < len(FEATURES)
    assert trees.left.max() < trees.left.shape[1]
    same, *_, different = sorted(load().countries, reverse=True)
    assert same > 0 > different


def test_a_row_a_pair() -> None:
    model = load()
    names = [parse_name(text) for text in ("Ilham Aliyev", "Heydar Aliyev", "Ilham Əliyev")]
    found = compare(model.edits, model.common, names, np.array([0, 0]), np.array([1, 2]))
    assert found.rows.shape == (2, len(FEATURES))
    for row, other in enumerate(("Heydar Aliyev", "Ilham Əliyev")):
        assert found.rows[row] == pytest.approx(compared("Ilham Aliyev", other).rows[0], abs=1e-4)
