"""Decide: the thresholds and the calibration of a model, fitted on gold that it was not trained on.

    python -m pipeline.train.decide MODEL GOLD…

The confidence is a logistic regression over what the encoder says of each draft event; its penalty is chosen and its
calibration measured by cross-validation over articles.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline.document import Document
from pipeline.events.assemble import candidates
from pipeline.reading.decisions import Decisions
from pipeline.train.labels import LabelledArticle, judge
from pipeline.train.line import read_until

Floats = NDArray[np.float64]

TRIED: Mapping[str, Sequence[float]] = {
    "joined": (0.35, 0.65), "alike": (0.0, 0.02, 0.3), "actor": (0.35, 0.65), "recipient": (0.35, 0.65),
    "least": (0.05, 0.3),
}  # fmt: skip
"""What is tried beside the defaults."""
THRESHOLDS = tuple(round(0.2 + 0.025 * n, 3) for n in range(17))
PENALTIES = (0.003, 0.01, 0.03, 0.1, 0.3)
BINS = 10


def read_gold(model: Path, gold: Sequence[Path]) -> list[tuple[LabelledArticle, Document]]:
    """The labelled articles with their documents as the stage before assembling leaves them."""
    return read_until("assemble", gold, model=str(model))


def collect(
    read: Sequence[tuple[LabelledArticle, Document]], decisions: Decisions
) -> tuple[list[Mapping[str, float]], list[int], list[int]]:
    """Features, verdicts (1 right, 0 wrong) and article numbers of all drafts that the labels decide."""
    features: list[Mapping[str, float]] = []
    verdicts: list[int] = []
    articles: list[int] = []
    for number, (item, document) in enumerate(read):
        drafts = list(candidates(document, decisions))
        for draft, verdict in zip(drafts, judge(document, [d.event for d in drafts], item.label), strict=True):
            if verdict is not None:
                features.append(draft.features)
                verdicts.append(int(verdict))
                articles.append(number)
    return features, verdicts, articles


def calibration_error(chances: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over bins of equal width."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    return float(
        sum(abs(chances[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    )


@dataclass(frozen=True, slots=True)
class Fitted:
    """Decisions with their calibration, and what cross-validation says of them."""

    decisions: Decisions
    f1: float
    brier: float
    error: float


def fit_trust(
    features: Sequence[Mapping[str, float]], verdicts: Sequence[int], articles: Sequence[int]
) -> tuple[dict[str, float], Floats]:
    """Weights by fact, and the cross-validated probabilities."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(list(features))
    target = np.array(verdicts)
    folds = GroupKFold(min(8, len(set(articles))))
    tried = []
    for penalty in PENALTIES:
        model = LogisticRegression(C=penalty, max_iter=5000)
        guess = cross_val_predict(model, matrix, target, groups=articles, cv=folds, method="predict_proba")[:, 1]
        tried.append((float(np.mean((guess - target) ** 2)), penalty, guess))
    _, penalty, chances = min(tried, key=lambda one: one[0])
    model = LogisticRegression(C=penalty, max_iter=5000).fit(matrix, target)
    weights = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    weights["bias"] = float(model.intercept_[0])
    return {name: round(w, 4) for name, w in sorted(weights.items()) if abs(w) >= 0.0005}, chances


def fitted(read: Sequence[tuple[LabelledArticle, Document]], decisions: Decisions) -> Fitted:
    """The decisions with a confidence fitted to them and the threshold at which events have the best F1."""
    features, verdicts, articles = collect(read, decisions)
    weights, chances = fit_trust(features, verdicts, articles)
    target = np.array(verdicts)
    asked = sum(
        event["core"] and event["status"] != "negated" for item, _ in read for event in item.label.get("events") or ()
    )
    by_threshold = {
        least: 2 * float(target[chances >= least].sum()) / (int((chances >= least).sum()) + asked)
        for least in THRESHOLDS
    }
    best = max(by_threshold, key=lambda least: by_threshold[least])
    return Fitted(
        replace(decisions, trust=weights, min_confidence=best),
        by_threshold[best],
        float(np.mean((chances - target) ** 2)),
        calibration_error(chances, target),
    )


def search(read: Sequence[tuple[LabelledArticle, Document]], start: Decisions) -> Fitted:
    """The best decisions, one threshold changed after the other."""
    best = fitted(read, start)
    print(f"at first: events {best.f1:.4f}, Brier {best.brier:.4f}, calibration error {best.error:.4f}", flush=True)
    for name, values in TRIED.items():
        for value in values:
            if value != getattr(best.decisions, name):
                change: dict[str, Any] = {name: value}
                found = fitted(read, replace(best.decisions, **change))
                print(f"{name} {value}: events {found.f1:.4f}", flush=True)
                best = max(best, found, key=lambda one: one.f1)
    return best


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit the decisions of the model folder and write them there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("gold", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    path = options.model / "decisions.json"
    if not path.is_file():
        Decisions().write(path)
    best = search(read_gold(options.model, options.gold), Decisions())
    best.decisions.write(path)
    print(
        f"{path}: events {best.f1:.4f} from {best.decisions.min_confidence}, Brier {best.brier:.4f}, "
        f"calibration error {best.error:.4f}"
    )


if __name__ == "__main__":
    main()
