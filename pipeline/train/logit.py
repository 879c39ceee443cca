"""Conditional logit: weights of facts from choices among candidates whose right one is known.

The probability of a candidate is the softmax, over the candidates of its choice, of the sum of its
facts' weights (McFadden 1974). Weights are those of the highest likelihood under an L2 penalty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the facts of each candidate with their values, and which candidate is right.

    `right` is None when no candidate is; such a choice teaches nothing but counts as wrong when it
    is `measured`. `weight` is how much the choice counts in training.
    """

    article: int
    candidates: tuple[Mapping[str, float], ...]
    right: int | None
    weight: float = 1.0
    measured: bool = True


def fit(choices: Sequence[Choice], *, penalty: Callable[[str], float], least_seen: int = 1) -> dict[str, float]:
    """Weights by fact; `penalty` is a fact's L2 penalty, facts of fewer candidates than `least_seen` get no weight."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    known = [choice for choice in choices if choice.right is not None]
    seen = Counter(fact for choice in known for facts in choice.candidates for fact in facts)
    names = sorted(fact for fact, times in seen.items() if times >= least_seen)
    if not names:
        return {}
    column = {fact: n for n, fact in enumerate(names)}
    sizes = np.array([len(choice.candidates) for choice in known])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    of_choice = np.repeat(np.arange(len(known)), sizes)
    cells = [
        (row, column[fact], value)
        for row, facts in enumerate(facts for choice in known for facts in choice.candidates)
        for fact, value in facts.items()
        if fact in column
    ]
    rows, columns, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, columns)), shape=(int(sizes.sum()), len(names)))
    right = starts + np.array([choice.right for choice in known])
    weight = np.array([choice.weight for choice in known])
    pull = np.array([penalty(fact) for fact in names])
    wanted = np.zeros(len(of_choice))
    wanted[right] = weight

    def loss(w: Any) -> tuple[float, Any]:
        scores = matrix @ w
        scores = scores - np.maximum.reduceat(scores, starts)[of_choice]
        exponents = np.exp(scores)
        sums = np.add.reduceat(exponents, starts)
        chances = exponents / sums[of_choice]
        value = weight @ (np.log(sums) - scores[right]) + (pull * w) @ w / 2
        return float(value), matrix.T @ (weight[of_choice] * chances - wanted) + pull * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    if not found.success:
        raise SystemExit(f"no weights found: {found.message}")
    return dict(zip(names, map(float, found.x), strict=True))


def chosen(choice: Choice, weights: Mapping[str, float]) -> int:
    """The candidate that weighs most; of equals the first."""
    scores = [
        round(sum(weights.get(fact, 0.0) * value for fact, value in facts.items()), 6) for facts in choice.candidates
    ]
    return max(range(len(scores)), key=scores.__getitem__)


def accuracy(choices: Sequence[Choice], weights: Mapping[str, float]) -> tuple[int, int]:
    """How many of the measured choices the weights decide rightly, and how many there are."""
    measured = [choice for choice in choices if choice.measured]
    return sum(chosen(choice, weights) == choice.right for choice in measured), len(measured)


def cross_validate(
    choices: Sequence[Choice], *, penalty: Callable[[str], float], least_seen: int = 1, folds: int = FOLDS
) -> float:
    """Share of the measured choices decided rightly by weights from the other articles; 0 where none is measured.

    Article n is in fold n modulo `folds`.
    """
    right = measured = 0
    for fold in range(folds):
        weights = fit([c for c in choices if c.article % folds != fold], penalty=penalty, least_seen=least_seen)
        ok, count = accuracy([c for c in choices if c.article % folds == fold], weights)
        right, measured = right + ok, measured + count
    return right / measured if measured else 0.0
