"""The labels of a model: those of the contract, and of the examples."""

from __future__ import annotations

from typing import get_args

from pipeline.reading.entities import GOLD
from pipeline.record import MODES, EventType, Status
from pipeline.train.label_sets import label_sets
from tests.encoders import TINY, example


def test_kinds_are_types_and_their_modes() -> None:
    kinds = label_sets([]).kinds
    assert [kind for kind in kinds if "/" not in kind] == list(get_args(EventType))
    assert {kind.partition("/")[2] for kind in kinds if kind.startswith("CONSULT/")} == set(MODES["CONSULT"])
    assert len(set(kinds)) == len(kinds) == len(get_args(EventType)) + sum(map(len, MODES.values()))


def test_the_contract_and_the_gold_are_covered() -> None:
    labels = label_sets([])
    assert labels.statuses == get_args(Status)
    assert set(labels.mentions) == set(GOLD.values())


def test_what_the_examples_have_sorted() -> None:
    more = example(tags=("ZZ", *example().tags[1:]))
    labels = label_sets([example(), more])
    assert labels == label_sets([more, example()])
    assert labels.tags == tuple(sorted({*example().tags, "ZZ"}))
    assert labels.contexts == ("diplomatic",)
    assert "nsubj" in labels.arcs
    assert "PROPN" in labels.classes


def test_the_tiny_model_has_the_labels_of_today() -> None:
    from pipeline.reading.labels import read_labels

    assert read_labels(TINY / "labels.json") == label_sets([example()])
