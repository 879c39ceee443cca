"""Heads over spans and pairs of spans, as `pipeline.train.network` trains them, in NumPy.

A span's numbers are its first word seen as a beginning plus its last word seen as an end, rectified. The products are
small: on one thread they take half the time that they take on two, whatever else the machine does.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from pipeline.errors import ModelError
from pipeline.reading.labels import Labels
from pipeline.reading.pairs import distances

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def _one_thread() -> AbstractContextManager[object]:
    found: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return found


@dataclass(frozen=True, slots=True)
class Heads:
    """The matrices of the heads by name, and the labels of what they give."""

    labels: Labels
    weights: Mapping[str, Floats]
    type_of: Ints

    def linear(self, name: str, inputs: Floats) -> Floats:
        """Scores of a linear head: n x size to n x outputs."""
        with _one_thread():
            found: Floats = inputs @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return found

    def kinds(self, spans: Floats) -> Floats:
        """Scores of kinds of events, n x kinds: what speaks for the type, and for the mode beside it."""
        return self.linear("category", spans)[:, self.type_of] + self.linear("kind", spans)

    def pairs(self, name: str, left: Floats, right: Floats, labels: Ints, gap: Ints) -> Floats:
        """Scores of pairs, n x m x roles; `labels` are those of the right-hand spans, `gap` buckets of distances."""
        bias, by_distance = self.weights[f"{name}.by_label"], self.weights[f"{name}.by_distance"]
        roles = bias.shape[1]
        a = self.linear(f"{name}.left", left).reshape(len(left), roles, -1)
        b = self.linear(f"{name}.right", right).reshape(len(right), roles, -1)
        with _one_thread():
            scores: Floats = (np.einsum("nrk,mrk->nmr", a, b, optimize=True) / np.sqrt(a.shape[-1])).astype(np.float32)
        scores += bias[labels][None]
        scores += by_distance[gap]
        scores += self._together(name, left, right, labels, gap)
        return scores

    def _together(self, name: str, left: Floats, right: Floats, labels: Ints, gap: Ints) -> Floats:
        """What spans, label and distance say together, n x m x roles; a row at a time, to keep memory small."""
        weigh, by_distance = self.weights[f"{name}.weigh"], self.weights[f"{name}.distance_sum"]
        a = self.linear(f"{name}.left_sum", left)
        b = self.linear(f"{name}.right_sum", right) + self.weights[f"{name}.label_sum"][labels]
        found = np.empty((len(left), len(right), len(weigh)), dtype=np.float32)
        for n in range(len(left)):
            raised = np.maximum(a[n] + b + by_distance[gap[n]], 0).reshape(len(right), *weigh.shape)
            found[n] = np.einsum("mrh,rh->mr", raised, weigh)
        return found

    def same(self, spans: Floats, starts: Ints) -> Floats:
        """Scores of two triggers naming one event, n x n and symmetric."""
        none = np.zeros(len(spans), dtype=np.int64)
        scores = self.pairs("same", spans, spans, none, distances(starts, starts))[..., 0]
        both: Floats = (scores + scores.T) / np.float32(2)
        return both

    def arcs(self, dependents: Floats, heads: Floats) -> Floats:
        """Scores of each word's head among the words, n x n; a root is its own head."""
        below, above = np.maximum(dependents, 0), np.maximum(heads, 0)
        with _one_thread():
            found: Floats = (below @ self.weights["arc"] + self.weights["arc_bias"]) @ above.T
        return found

    def arc_labels(self, dependents: Floats, heads: Floats) -> Floats:
        """Scores of the labels of arcs, n x labels; row n of `heads` is the head of word n."""
        return self.linear("arc_label", np.maximum(dependents + heads, 0))


def read_heads(path: Path, labels: Labels) -> Heads:
    """The heads of an .npz file; raises `ModelError` when there is none."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            weights = {name: found[name].astype(np.float32) for name in found.files}
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise ModelError(f"{path}: no heads of a model: {error}") from error
    types = labels.types()
    return Heads(labels, weights, np.array([types.index(kind.partition("/")[0]) for kind in labels.kinds]))
