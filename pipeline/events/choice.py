"""Choice: how likely each of several candidates is, by a conditional log-linear model over their facts.

Weights in models/ (circumstances.json), one table a question ("date", "country", "city"), fitted by
maximum likelihood (softmax over the candidates of each question, L2 penalty) on the marked-up articles.
A weight belongs to a fact, or to a fact read with something of its context ("previous | visit").
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping

from pipeline.events.facts import Context, Facts, T
from pipeline.weights import weights

_Weights = Mapping[str, Mapping[str, float]]


@functools.cache
def _weights() -> Mapping[str, _Weights]:
    """By question, fact and companion ("" for the fact by itself)."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for question, values in weights("circumstances").items():
        found[question] = defaultdict(dict)
        for name, weight in values.items():
            fact, _, companion = name.partition(" | ")
            found[question][fact][companion] = weight
    return found


def scores_of(question: str, facts: Facts[T], context: Context) -> dict[T, float]:
    """What the facts of each candidate weigh, in the order in which they were named.

    Facts without a weight count for nothing.
    """
    known = _weights()[question]
    return {candidate: _score(names, context, known) for candidate, names in facts}


def _score(names: set[str], context: Context, weights: _Weights) -> float:
    total = 0.0
    for name in names:
        known = weights.get(name)
        if not known:
            continue
        total += known.get("", 0.0)
        for other in context.every:
            total += known.get(other, 0.0)
        if name in context.only:
            total += sum(known[other] for other in context.some if other in known)
    return round(total, 6)  # the order of a set must not decide
