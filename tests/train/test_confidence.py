"""Training of the confidence of events."""

from __future__ import annotations

import json
from pathlib import Path


def test_training_writes_weights_and_what_they_are_from(labelled: Path, tmp_path: Path) -> None:
    from pipeline.train.confidence import main

    main([str(labelled), "--out", str(tmp_path / "weights.json")])
    written = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))
    assert written["about"]["drafts"] >= written["about"]["right"] > 0
    assert 0 < written["about"]["brier"] < 0.5
    assert "bias" in written["weights"]
