"""Decide: the thresholds and the calibration of a model, fitted on gold that it was not trained on.

    python -m pipeline.train.decide MODEL GOLD…

The confidence is a logistic regression over what the encoder says of each draft event; its penalty is chosen and its
calibration measured by cross-validation over articles.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline.build import build_stages
from pipeline.config import ModelSettings, Settings
from pipeline.document import Document
from pipeline.events.assemble import candidates
from pipeline.reading.decisions import Decisions, read_decisions
from pipeline.stage import Rejection, run_stages
from pipeline.train.labels import LabelledArticle, judge, read_labelled

PENALTIES = (0.003, 0.01, 0.03, 0.1, 0.3)
BINS = 10


def read_gold(model: Path, gold: Sequence[Path]) -> list[tuple[LabelledArticle, Document]]:
    """The labelled articles with their documents as the stage before assembling leaves them."""
    labelled = list(read_labelled(gold))
    stages, _ = build_stages(Settings(model=ModelSettings(name=str(model))))
    before = stages[: [stage.name for stage in stages].index("assemble")]
    read = run_stages(before, [item.article for item in labelled], batch_size=32, finish=lambda document: document)
    return [
        (item, document) for item, document in zip(labelled, read, strict=True) if not isinstance(document, Rejection)
    ]


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


def fit_trust(
    features: Sequence[Mapping[str, float]], verdicts: Sequence[int], articles: Sequence[int]
) -> tuple[dict[str, float], np.ndarray]:
    """Weights by fact, and the cross-validated probabilities."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(list(features))
    target = np.array(verdicts)
    folds = GroupKFold(min(8, len(set(articles))))
    best: tuple[float, float, np.ndarray] | None = None
    for penalty in PENALTIES:
        model = LogisticRegression(C=penalty, max_iter=5000)
        guess = cross_val_predict(model, matrix, target, groups=articles, cv=folds, method="predict_proba")[:, 1]
        brier = float(np.mean((guess - target) ** 2))
        if best is None or brier < best[0]:
            best = (brier, penalty, guess)
    assert best is not None
    model = LogisticRegression(C=best[1], max_iter=5000).fit(matrix, target)
    weights = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    weights["bias"] = float(model.intercept_[0])
    print(f"C {best[1]}: Brier {best[0]:.4f}, calibration error {calibration_error(best[2], target):.4f}")
    return {name: round(w, 4) for name, w in sorted(weights.items()) if abs(w) >= 0.0005}, best[2]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit the decisions of the model folder and write them there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("gold", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    path = options.model / "decisions.json"
    if not path.is_file():
        Decisions().write(path)
    decisions = read_decisions(path)
    read = read_gold(options.model, options.gold)
    features, verdicts, articles = collect(read, decisions)
    weights, chances = fit_trust(features, verdicts, articles)
    replace(decisions, trust=weights).write(path)
    target = np.array(verdicts)
    for least in np.arange(0.2, 0.65, 0.05):
        kept = chances >= least
        right, share = target[kept].mean(), target[kept].sum() / target.sum()
        print(f"from {least:.2f}: {int(kept.sum())} drafts, right {right:.3f}, of all right {share:.3f}")


if __name__ == "__main__":
    main()
