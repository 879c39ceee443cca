"""Thresholds of a model, kept as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.reading.decisions import Decisions, read_decisions


def test_what_is_written_is_read(tmp_path: Path) -> None:
    decisions = Decisions(actor=0.4, trust={"bias": -1.5})
    decisions.write(tmp_path / "decisions.json")
    assert read_decisions(tmp_path / "decisions.json") == decisions


@pytest.mark.parametrize("content", [None, "", "[]", '{"actr": 0.4}'])
def test_others_than_these(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "decisions.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="no decisions"):
        read_decisions(path)
