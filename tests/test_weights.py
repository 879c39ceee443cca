"""The trained weights are found, complete, and come back as they were written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import weights as module
from pipeline.errors import ModelError
from pipeline.weights import path_of, weights, write_weights


def test_every_file_of_the_model_holds_weights() -> None:
    folder = path_of("confidence").parent
    names = sorted(path.stem for path in folder.glob("*.json"))
    assert "confidence" in names
    assert all(weights(name) for name in names)
    assert (folder / "MODEL_CARD.md").is_file()


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_weights(tmp_path / "x.json", {"ə": 0.5, "bias": -1.0}, {"drafts": 3})
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8")) == {
        "about": {"drafts": 3},
        "weights": {"ə": 0.5, "bias": -1.0},
    }


def test_missing_weights_are_a_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none_such\.json"):
        weights("none_such")
    monkeypatch.setattr(module, "_PLACES", (tmp_path,))
    with pytest.raises(ModelError, match="not installed"):
        path_of("confidence")
