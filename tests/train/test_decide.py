"""Thresholds and calibration of a model, fitted on gold."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.document import Document
from pipeline.events.trust import trust
from pipeline.reading.decisions import Decisions, read_decisions
from pipeline.train import decide
from pipeline.train.decide import calibration_error, collect, fit_trust, read_gold
from tests.encoders import TINY


def drafts(count: int) -> tuple[list[dict[str, float]], list[int], list[int]]:
    """Drafts of articles; a draft is right as often as its feature says, the other feature says nothing."""
    rng = random.Random(1)
    features, verdicts, articles = [], [], []
    for n in range(count):
        strength = rng.uniform(-3, 3)
        features.append({"strength": strength, "noise": rng.uniform(-1, 1)})
        verdicts.append(int(rng.random() < 1 / (1 + np.exp(-2 * strength))))
        articles.append(n // 4)
    return features, verdicts, articles


@pytest.mark.parametrize(
    ("chances", "right", "error"),
    [
        ([1.0, 0.0, 1.0], [1, 0, 1], 0.0),
        ([1.0, 1.0], [0, 0], 1.0),
        ([0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0], 0.0),
        ([0.85, 0.85, 0.15, 0.15], [1, 0, 0, 0], (0.35 * 2 + 0.15 * 2) / 4),
    ],
)
def test_calibration_is_how_far_each_bin_is_off(chances: list[float], right: list[int], error: float) -> None:
    assert calibration_error(np.array(chances), np.array(right)) == pytest.approx(error)


def test_trust_is_learned_and_calibrated(capsys: pytest.CaptureFixture[str]) -> None:
    features, verdicts, articles = drafts(600)
    weights, chances = fit_trust(features, verdicts, articles)
    assert weights["strength"] == pytest.approx(2, abs=0.5)
    assert abs(weights["noise"]) < 0.5
    assert calibration_error(chances, np.array(verdicts)) < 0.06
    assert trust({"strength": 2.5}, weights) > 0.95
    assert trust({"strength": -2.5}, weights) < 0.05
    assert "calibration error" in capsys.readouterr().out


def test_what_the_labels_say_of_the_drafts_of_a_model(labelled: Path) -> None:
    read = read_gold(TINY, [labelled])
    assert len(read) == len(list(labelled.glob("*.yaml")))
    assert all(isinstance(document, Document) for _, document in read)
    features, verdicts, articles = collect(read, Decisions())
    assert len(features) == len(verdicts) == len(articles) > 0
    assert set(verdicts) <= {0, 1}
    assert articles == sorted(articles)


def test_the_command_keeps_the_thresholds_and_writes_the_trust(
    labelled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(TINY, tmp_path / "model")
    Decisions(actor=0.4).write(folder / "decisions.json")

    def some(*_: Any) -> Any:
        return drafts(80)

    monkeypatch.setattr(decide, "collect", some)
    decide.main([str(folder), str(labelled)])
    written = read_decisions(folder / "decisions.json")
    assert written.actor == 0.4
    assert {"bias", "strength"} <= set(written.trust)
    assert capsys.readouterr().out.count("from 0.") == 9
