"""Trust: the calibrated probability of an event that the encoder read.

A logistic regression over what the encoder says of the event; the weights are the model's own (`decisions.json` in its
folder), fitted by `pipeline.train.decide` on articles that the encoder was not trained on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from pipeline.document import EventMention
from pipeline.events.confidence import logistic
from pipeline.events.guessed import guesses_of, pooled
from pipeline.events.merge import Draft


def trust_features(draft: Draft, mentions: Sequence[EventMention]) -> dict[str, float]:
    """The facts about a draft and its mentions, as numbers by name."""
    guesses = guesses_of(mentions)
    kinds = pooled(guesses, lambda guess: guess.kinds)
    kind = draft.type if draft.mode is None else f"{draft.type}/{draft.mode}"
    ranked = sorted(kinds.values(), reverse=True)
    actor = {k: max((g.roles.get(k, (0.0, 0.0, 0.0))[0] for g in guesses), default=0.0) for k in draft.actors}
    recipient = {k: max((g.roles.get(k, (0.0, 0.0, 0.0))[1] for g in guesses), default=0.0) for k in draft.recipients}
    chosen = [*actor.values(), *recipient.values()]
    missed = [
        max(a, r)
        for key in {k for g in guesses for k in g.roles}
        if key not in actor and key not in recipient
        for a, r in [tuple(max(g.roles.get(key, (0.0, 0.0, 0.0))[i] for g in guesses) for i in (0, 1))]
    ]
    return {
        "trigger": logit(max(guess.probability for guess in guesses)),
        "trigger, mean": logit(sum(guess.probability for guess in guesses) / len(guesses)),
        "triggers": math.log(len(mentions)),
        "kind": logit(kinds.get(kind, 0.0)),
        "kind, margin": ranked[0] - (ranked[1] if len(ranked) > 1 else 0.0),
        "core": logit(sum(guess.core for guess in guesses) / len(guesses)),
        "best party": logit(max(chosen, default=0.0)),
        "weakest party": logit(min(chosen, default=0.0)),
        "best party left out": logit(max(missed, default=0.0)),
        "one party": float(len(chosen) == 1),
        "many parties": float(len(chosen) > 3),
        "headline only": float(all("headline" in mention.cues for mention in mentions)),
        f"status {draft.status}": 1.0,
        f"kind {kind}": 1.0,
        f"one party of {kind}": float(len(chosen) == 1),
    }


def logit(probability: float) -> float:
    """Log odds, at most 6 either way."""
    bounded = min(max(probability, 1e-9), 1 - 1e-9)
    return max(-6.0, min(6.0, math.log(bounded / (1 - bounded))))


def trust(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability for some features; those without a weight count for nothing."""
    score = math.fsum(weights.get(name, 0.0) * value for name, value in sorted(features.items()))
    score += weights.get("bias", 0.0)
    return logistic(score)
