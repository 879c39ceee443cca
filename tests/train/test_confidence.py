"""Training of the confidence of events."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")


def test_training_writes_the_same_weights_again(labelled: Path, tmp_path: Path) -> None:
    from pipeline.train.confidence import main

    written = []
    for name in ("one.json", "two.json"):
        main([str(labelled), "--out", str(tmp_path / name)])
        written.append(json.loads((tmp_path / name).read_text(encoding="utf-8")))
    assert written[0] == written[1]
    assert written[0]["about"]["drafts"] >= written[0]["about"]["right"] > 0
    assert "bias" in written[0]["weights"]
