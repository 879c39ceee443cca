"""Train the confidence of events: `python -m pipeline.train.confidence FOLDER… [--out FILE]`.

Each FOLDER holds articles `<id>.txt` with value labels `<id>.yaml` (the form of seeds/gold). Every
draft event of the line is judged against the labels, and a logistic regression with L2 penalty
learns from the drafts' features how likely a draft is right. The penalty is chosen, and the
calibration measured, by cross-validation over articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline.events.assemble import candidates
from pipeline.train.labels import judge
from pipeline.train.line import parse_command, read_until
from pipeline.weights import write_weights

LEAST_SEEN = 3
PENALTIES = (0.05, 0.1, 0.2, 0.4, 0.8)


def collect(gold: Sequence[Path]) -> tuple[list[frozenset[str]], list[int], list[int]]:
    """Features, verdicts (1 right, 0 wrong) and article numbers of all drafts the labels decide."""
    features: list[frozenset[str]] = []
    verdicts: list[int] = []
    articles: list[int] = []
    for number, (item, document) in enumerate(read_until("assemble", gold)):
        drafts = list(candidates(document))
        for draft, verdict in zip(drafts, judge(document, [d.event for d in drafts], item.label), strict=True):
            if verdict is not None:
                features.append(frozenset(draft.features))
                verdicts.append(int(verdict))
                articles.append(number)
    return features, verdicts, articles


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the weights; prints what cross-validation says of them."""
    given = parse_command(__doc__, "confidence", arguments)
    features, verdicts, articles = collect(given.gold)
    seen = Counter(name for found in features for name in found)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{n: 1.0 for n in found if seen[n] >= LEAST_SEEN} for found in features])
    target = np.array(verdicts)
    folds = GroupKFold(min(8, len(set(articles))))
    best = (np.inf, PENALTIES[0])
    for penalty in PENALTIES:
        model = LogisticRegression(C=penalty, max_iter=3000)
        guess = cross_val_predict(model, matrix, target, groups=articles, cv=folds, method="predict_proba")[:, 1]
        brier = float(np.mean((guess - target) ** 2))
        print(f"C {penalty}: Brier {brier:.4f}, right above 0.5: {target[guess >= 0.5].mean():.3f}")
        best = min(best, (brier, penalty))
    model = LogisticRegression(C=best[1], max_iter=3000).fit(matrix, target)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    weights["bias"] = weights.get("bias", 0.0) + float(model.intercept_[0])
    kept = {name: round(float(w), 3) for name, w in sorted(weights.items()) if abs(w) >= 0.005}
    about = {"drafts": len(verdicts), "right": sum(verdicts), "C": best[1], "brier": round(best[0], 4)}
    write_weights(given.out, kept, about)
    print(f"{len(kept)} weights from {len(verdicts)} drafts of {len(set(articles))} articles -> {given.out}")


if __name__ == "__main__":
    main()
