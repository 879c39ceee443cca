"""Training of the model of names, on little data."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.names.features import FEATURES
from pipeline.names.model import unpack
from pipeline.names.parse import parse_name
from pipeline.names.similarity import probabilities
from pipeline.train.names import COMMON, NamePair, boost, common_words, main, other_surnames, read_pairs, train

GIVEN = ("Ilham", "Heydar", "Jeyhun", "Rashad", "Elmar", "Samir", "Tural", "Farid", "Kamran", "Orkhan")
SURNAMES = ("Aliyev", "Bayramov", "Mammadov", "Guliyev", "Rafiyev", "Karimov", "Hasanov")


def respelled(name: str) -> str:
    return name.replace("yev", "ev").replace("kh", "x").replace("J", "C")


@pytest.fixture(scope="module")
def pairs() -> list[NamePair]:
    names = [f"{first} {last}" for first in GIVEN for last in SURNAMES]
    same = [NamePair(name, respelled(name), True) for name in names]
    other = [NamePair(one, names[(n * 7 + 11) % len(names)], False) for n, one in enumerate(names)]
    return same + [pair for pair in other if pair.a != pair.b]


def probability(a: str, b: str, model: object) -> float:
    return float(probabilities([parse_name(a)], [parse_name(b)], model=model)[0])  # type: ignore[arg-type]


def test_what_was_learned_holds_for_names_not_seen(pairs: list[NamePair]) -> None:
    model, _ = train(pairs)
    assert probability("Javid Valiyev", "Cavid Valiev", model) > 0.5
    assert probability("Javid Valiyev", "Anar Valiyev", model) < 0.5


def test_training_twice_gives_the_same_model(pairs: list[NamePair]) -> None:
    one, other = (train(pairs[:40])[0] for _ in range(2))
    assert probability("Javid Valiyev", "Cavid Valiev", one) == probability("Javid Valiyev", "Cavid Valiev", other)


def test_the_command_writes_a_model_that_can_be_read(pairs: list[NamePair], tmp_path: Path) -> None:
    source, out = tmp_path / "pairs.jsonl", tmp_path / "weights.npz"
    lines = [json.dumps({"a": p.a, "b": p.b, "same": p.same, "source": "x"}) for p in pairs[:40] + pairs[-40:]]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert read_pairs(source) == pairs[:40] + pairs[-40:]
    main([str(source), "--out", str(out)])
    with np.load(out, allow_pickle=False) as stored:
        model = unpack(dict(stored))
    assert 0 < probability("Javid Valiyev", "Cavid Valiev", model) < 1


@settings(max_examples=3)
@given(st.integers(0, 10_000), st.integers(30, 200))
def test_trees_are_those_of_scikit_learn(seed: int, many: int) -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    from pipeline.train import names

    random = np.random.default_rng(seed)
    rows = random.normal(size=(many, len(FEATURES))).round(1)
    same = rows[:, 0] + rows[:, 1] * rows[:, 2] > random.normal(size=many)
    same[:2] = True, False
    reference = HistGradientBoostingClassifier(
        max_iter=names.TREES, learning_rate=names.RATE, max_leaf_nodes=names.LEAVES, max_depth=names.DEPTH,
        min_samples_leaf=names.LEAST_IN_LEAF, l2_regularization=names.PENALTY, early_stopping=False, random_state=0,
    ).fit(rows, same)  # fmt: skip
    new = random.normal(size=(50, len(FEATURES)))
    for tested in (rows, new):
        found = 1 / (1 + np.exp(-boost(rows, same).log_odds(tested)))
        assert found == pytest.approx(reference.predict_proba(tested)[:, 1], abs=1e-9)


def test_common_words_are_those_that_several_names_have() -> None:
    names = [parse_name(text) for text in ("Ali Khan", "Ali Aliyev", "Ali Hasanov", "Mr. Khan", "Petr Khan")]
    assert common_words(names) == {word: pytest.approx(np.log1p(COMMON)) for word in ("ali", "khan")}
    assert common_words(names[:2]) == {}


def test_surnames_of_another_family_are_learned_as_others() -> None:
    names = [NamePair(f"{first} {last}", f"{first} {last}", True) for first in GIVEN for last in SURNAMES]
    added = list(other_surnames(names))
    assert added
    for pair in added:
        assert not pair.same
        assert pair.a != pair.b
        assert pair.a.split()[0] == pair.b.split()[0] or " " not in pair.a
    assert list(other_surnames([NamePair("Angela Merkel", "Angela Merkel", True)])) == []
