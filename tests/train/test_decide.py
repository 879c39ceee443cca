"""Thresholds and calibration of a model, fitted on gold."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pipeline.document import Document
from pipeline.events.trust import trust
from pipeline.reading.decisions import Decisions, read_decisions
from pipeline.train import decide
from pipeline.train.decide import THRESHOLDS, calibration_error, collect, fit_trust, fitted, read_gold, search
from tests.encoders import TINY


@pytest.fixture
def one_penalty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Saves time."""
    monkeypatch.setattr(decide, "PENALTIES", (0.1,))


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


def test_trust_is_learned_and_calibrated() -> None:
    features, verdicts, articles = drafts(600)
    weights, chances = fit_trust(features, verdicts, articles)
    assert weights["strength"] == pytest.approx(2, abs=0.5)
    assert abs(weights["noise"]) < 0.5
    assert calibration_error(chances, np.array(verdicts)) < 0.06
    assert trust({"strength": 2.5}, weights) > 0.95
    assert trust({"strength": -2.5}, weights) < 0.05


def test_what_the_labels_say_of_the_drafts_of_a_model(labelled: Path) -> None:
    read = read_gold(TINY, [labelled])
    assert len(read) == len(list(labelled.glob("*.yaml")))
    assert all(isinstance(document, Document) for _, document in read)
    features, verdicts, articles = collect(read, Decisions())
    assert len(features) == len(verdicts) == len(articles) > 0
    assert set(verdicts) <= {0, 1}
    assert articles == sorted(articles)


def asked(events: int) -> Any:
    """Labelled articles with so many events to be found, and some that are not asked for."""
    event = {"core": True, "status": "occurred"}
    more = [{"core": False, "status": "occurred"}, {"core": True, "status": "negated"}]
    return [
        (SimpleNamespace(label={"events": [event] * events}), None),
        (SimpleNamespace(label={"events": more}), None),
    ]


@pytest.mark.usefixtures("one_penalty")
def test_the_threshold_is_where_events_are_best(monkeypatch: pytest.MonkeyPatch) -> None:
    features, verdicts, articles = drafts(400)
    monkeypatch.setattr(decide, "collect", lambda *_: (features, verdicts, articles))
    found = fitted(asked(sum(verdicts)), Decisions())
    _, chances = fit_trust(features, verdicts, articles)
    right = np.array(verdicts)
    f1 = {t: 2 * right[chances >= t].sum() / ((chances >= t).sum() + sum(verdicts)) for t in THRESHOLDS}
    assert found.f1 == max(f1.values()) == f1[found.decisions.min_confidence]
    assert 0.7 < found.f1 < 1
    assert found.decisions.trust["strength"] > 1


@pytest.mark.usefixtures("one_penalty")
def test_the_search_keeps_what_is_better(monkeypatch: pytest.MonkeyPatch) -> None:
    features, verdicts, articles = drafts(200)

    def better_with_some(_: Any, decisions: Decisions) -> Any:
        missed = 60 * (decisions.actor != 0.35) + 30 * (decisions.least != 0.3)
        return features, [0] * missed + verdicts[missed:], articles

    monkeypatch.setattr(decide, "collect", better_with_some)
    best = search(asked(sum(verdicts)), Decisions())
    assert (best.decisions.actor, best.decisions.least) == (0.35, 0.3)
    assert best.decisions == fitted(asked(sum(verdicts)), best.decisions).decisions


@pytest.mark.usefixtures("one_penalty")
def test_the_command_writes_the_decisions(
    labelled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(TINY, tmp_path / "model")
    (folder / "decisions.json").unlink()
    found = drafts(80)
    monkeypatch.setattr(decide, "collect", lambda *_: found)
    monkeypatch.setattr(decide, "TRIED", {"actor": (0.35,)})
    decide.main([str(folder), str(labelled)])
    written = read_decisions(folder / "decisions.json")
    assert {"bias", "strength"} <= set(written.trust)
    assert written.min_confidence in THRESHOLDS
    assert "calibration error" in capsys.readouterr().out.splitlines()[-1]
