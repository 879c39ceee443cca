"""Names scored by models that were trained without the people who bear them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.names.edits import Floats
from pipeline.names.model import NameModel
from pipeline.names.parse import Name, parse_name
from pipeline.names.similarity import Countries, probabilities
from pipeline.train.names import NamePair, train

FOLDS = 5


class Folds:
    """Names in folds, all names of a person in one; a pair is scored by a model that saw neither fold.

    Models are trained when they are first needed.
    """

    def __init__(self, pairs: Sequence[NamePair], fold_of: Mapping[str, int]) -> None:
        self._pairs = pairs
        self._fold_of = fold_of
        self._models: dict[frozenset[int], NameModel] = {}

    def probabilities(
        self, left: Sequence[Name], right: Sequence[Name], *, countries: Countries | None = None
    ) -> Floats:
        """The probability of each pair of names, as `pipeline.names.similarity.probabilities` gives it."""
        folds = [frozenset((self._fold_of[a.text], self._fold_of[b.text])) for a, b in zip(left, right, strict=True)]
        result = np.zeros(len(left))
        for fold in sorted(set(folds), key=sorted):
            rows = [i for i, mine in enumerate(folds) if mine == fold]
            result[rows] = probabilities(
                [left[i] for i in rows],
                [right[i] for i in rows],
                countries=None if countries is None else [countries[i] for i in rows],
                model=self._model(fold),
            )
        return result

    def _model(self, without: frozenset[int]) -> NameModel:
        if without not in self._models:
            seen = [p for p in self._pairs if not {self._fold_of[p.a], self._fold_of[p.b]} & without]
            self._models[without], _ = train(seen)
        return self._models[without]


def cross_validated(pairs: Sequence[Mapping[str, Any]], *, folds: int = FOLDS) -> Floats:
    """Out-of-fold probabilities of pairs (`a`, `b`, `same`), in their order.

    People whom a pair joins, the same or not, are in one fold, so that no person of a tested pair was trained on.
    """
    known = _known(pairs)
    fold_of = _folds([(pair.a, pair.b) for pair in known], folds=folds)
    names = [[parse_name(text) for text in side] for side in ((p.a for p in known), (p.b for p in known))]
    return Folds(known, fold_of).probabilities(*names)


def fold_models(
    pairs: Sequence[Mapping[str, Any]], clusters: Sequence[Mapping[str, Any]], *, folds: int = FOLDS
) -> Folds:
    """Folds over the people of pairs and of clusters (`id`, `name`), joined by names that are written the same."""
    known = _known(pairs)
    first: dict[Any, str] = {}
    joined = [(pair.a, pair.b) for pair in known if pair.same]
    joined += [(line["name"], first.setdefault(line["id"], line["name"])) for line in clusters]
    joined += [(name, name) for pair in known for name in (pair.a, pair.b)]
    return Folds(known, _folds(joined, folds=folds))


def _known(pairs: Sequence[Mapping[str, Any]]) -> list[NamePair]:
    return [NamePair(pair["a"], pair["b"], bool(pair["same"])) for pair in pairs]


def _folds(joined: Iterable[tuple[str, str]], *, folds: int) -> dict[str, int]:
    """The fold of each name; names that are joined, through others too, have one. Case does not matter."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    texts = set()
    for a, b in joined:
        texts |= {a, b}
        one, other = sorted((top(a.casefold()), top(b.casefold())))
        above[other] = one
    return {text: hashlib.sha256(top(text.casefold()).encode()).digest()[0] % folds for text in texts}
