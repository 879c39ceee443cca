"""Choice: the likeliest of several candidates, by a conditional log-linear model over their features.

Weights in pipeline/data/circumstances.json, one table a question ("date", "country", "city"), fitted by
maximum likelihood (softmax over the candidates of each question, L2 penalty) on the marked-up articles.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import TypeVar

T = TypeVar("T")


@functools.cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    text = (files("pipeline.data") / "circumstances.json").read_text(encoding="utf-8")
    tables: dict[str, dict[str, float]] = json.loads(text)["weights"]
    return tables


def choose(question: str, candidates: Mapping[T, Collection[str]]) -> T:
    """The candidate whose features weigh most; of equals the first. Unknown features weigh nothing.

    Raises `ValueError` when there is no candidate.
    """
    weights = _weights()[question]
    return max(candidates, key=lambda candidate: sum(weights.get(name, 0.0) for name in candidates[candidate]))
