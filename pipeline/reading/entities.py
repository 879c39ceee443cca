"""Scores of entities from those of their mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from pipeline.reading.heads import Floats, Ints
from pipeline.reading.labels import Labels

GOLD: Mapping[str, str] = {
    "person": "PER", "title": "TITLE", "organization": "ORG", "country": "GPE", "city": "GPE", "region": "LOC",
    "nationality": "NORP", "facility": "FAC", "event": "NEV", "document": "DOC", "date": "DATE", "nominal": "NOM",
}  # fmt: skip
"""The labels of mentions as gold/1 and the encoder have them."""


def label_numbers(named: Iterable[str], labels: Labels) -> Ints:
    """The numbers that a model has for labels of mentions ("person", "title" …)."""
    return np.array([labels.mentions.index(GOLD[label]) for label in named], dtype=np.int64)


def grouped(scores: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """n x m scores of mentions to n x g scores of groups of them: the log of the sum of exponents.

    A group without mentions scores as one that stands in no window.
    """
    found = np.full((len(scores), len(groups)), -1e4, dtype=np.float32)
    for g, group in enumerate(groups):
        if len(group):
            found[:, g] = np.logaddexp.reduce(scores[:, list(group)], axis=1)
    return found


def choices(scores: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """n x m scores of mentions to n x (g + 1) probabilities of groups, the last that it is none of them."""
    full = np.concatenate([grouped(scores, groups), np.zeros((len(scores), 1), np.float32)], axis=1)
    return chances(full)


def chances(scores: Floats) -> Floats:
    """Probabilities of scores along the last axis (softmax)."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return found
