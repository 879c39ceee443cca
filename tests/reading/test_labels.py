"""The labels of a model, kept as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import ModelError
from pipeline.reading.labels import Labels, read_labels
from tests.encoders import TINY


def test_what_is_written_is_read(tmp_path: Path) -> None:
    labels = read_labels(TINY / "labels.json")
    labels.write(tmp_path / "labels.json")
    assert read_labels(tmp_path / "labels.json") == labels


def test_types_in_the_order_of_kinds() -> None:
    kinds = ("AGREE", "CONSULT", "CONSULT/visit", "AID")
    assert Labels((), kinds, *((),) * 8).types() == ("AGREE", "CONSULT", "AID")


@pytest.mark.parametrize("change", [{"kinds": 3}, {"more": []}, None])
def test_others_than_these(tmp_path: Path, change: dict[str, object] | None) -> None:
    found = json.loads((TINY / "labels.json").read_text(encoding="utf-8"))
    (tmp_path / "labels.json").write_text(json.dumps({**found, **change} if change else [found]), encoding="utf-8")
    with pytest.raises(ModelError, match="no labels"):
        read_labels(tmp_path / "labels.json")


def test_one_that_is_missing(tmp_path: Path) -> None:
    found = json.loads((TINY / "labels.json").read_text(encoding="utf-8"))
    del found["roles"]
    (tmp_path / "labels.json").write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(ModelError, match="roles"):
        read_labels(tmp_path / "labels.json")
