"""Names scored without having been trained on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names.parse import parse_name
from pipeline.train import name_folds
from pipeline.train.name_folds import Folds, cross_validated, fold_models
from pipeline.train.names import NamePair

PAIRS = [
    {"a": f"{first} {last}", "b": f"{first} {last.replace('yev', 'ev')}", "same": True}
    for first in ("Ilham", "Heydar", "Jeyhun", "Rashad")
    for last in ("Aliyev", "Guliyev", "Rafiyev", "Mammadov")
] + [
    {"a": f"{first} Aliyev", "b": f"{other} Rafiyev", "same": False}
    for first, other in (("Ilham", "Rashad"), ("Heydar", "Jeyhun"), ("Elmar", "Samir"), ("Tural", "Farid"))
]


class Trained:
    """Stands for a model; remembers the pairs that it was trained on."""

    def __init__(self, pairs: list[NamePair]) -> None:
        self.names = {name for pair in pairs for name in (pair.a, pair.b)}


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[str], Trained]]:
    """The names that were scored, each time with the model that scored them."""
    scored: list[tuple[set[str], Trained]] = []

    def probabilities(left, right, *, countries=None, model):
        scored.append(({name.text for name in (*left, *right)}, model))
        return np.full(len(left), 0.5)

    monkeypatch.setattr(name_folds, "train", lambda pairs: (Trained(list(pairs)), None))
    monkeypatch.setattr(name_folds, "probabilities", probabilities)
    return scored


def test_no_name_is_scored_by_a_model_that_saw_it(trained: list[tuple[set[str], Trained]]) -> None:
    found = cross_validated(PAIRS, folds=3)
    assert found.tolist() == [0.5] * len(PAIRS)
    assert len(trained) > 1
    for names, model in trained:
        assert model.names
        assert not names & model.names


def test_people_in_clusters_are_not_trained_on_either(trained: list[tuple[set[str], Trained]]) -> None:
    clusters = [
        {"id": 1, "name": "Ilham Aliyev"},
        {"id": 1, "name": "ILHAM ALIYEV"},
        {"id": 1, "name": "President Aliyev"},
        {"id": 2, "name": "Angela Merkel"},
    ]
    folds = fold_models(PAIRS, clusters)
    folds.probabilities([parse_name("President Aliyev")], [parse_name("Angela Merkel")])
    [(_, model)] = trained
    assert not {"Ilham Aliyev", "Ilham Aliev"} & model.names


def test_each_model_is_trained_once(monkeypatch: pytest.MonkeyPatch, trained: list[tuple[set[str], Trained]]) -> None:
    folds = Folds([NamePair(p["a"], p["b"], p["same"]) for p in PAIRS], {p[s]: 0 for p in PAIRS for s in "ab"})
    name = parse_name("Ilham Aliyev")
    folds.probabilities([name], [name])
    folds.probabilities([name], [name])
    assert trained[0][1] is trained[1][1]


def test_with_real_models() -> None:
    found = cross_validated(PAIRS, folds=2)
    assert ((found >= 0) & (found <= 1)).all()


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("ABCDEFGH")), min_size=1))
def test_names_that_are_joined_are_in_one_fold(joined: list[tuple[str, str]]) -> None:
    folds = name_folds._folds(joined, folds=4)
    assert set(folds) == {name for pair in joined for name in pair}
    for a, b in joined:
        assert folds[a] == folds[b]
        assert 0 <= folds[a] < 4
