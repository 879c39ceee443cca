"""The trained model of names: edits of letters, how common words of names are, trees over evidence."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError
from pipeline.names.align import Alignment, Lexicon, align, lexicon_of
from pipeline.names.edits import EditModel, Floats, Ints, ready
from pipeline.names.facts import Facts, facts_of
from pipeline.names.features import features
from pipeline.names.parse import Name
from pipeline.names.trees import Trees
from pipeline.names.units import units_of
from pipeline.weights import folder_of

MODEL = "names"
FILE = "weights.npz"


@dataclass(frozen=True, slots=True)
class NameModel:
    """The parts of the model.

    `countries` is what is added to the log-odds when two countries are the same, when they differ, and when only one is
    known.
    """

    edits: EditModel
    common: Mapping[str, float]
    trees: Trees
    countries: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of names with all that was found of them, a row a pair."""

    lexicon: Lexicon
    facts: Facts
    alignment: Alignment
    rows: Floats


def compare(edits: EditModel, common: Mapping[str, float], names: Sequence[Name], left: Ints, right: Ints) -> Compared:
    """The evidence of pairs of names: `left[i]` and `right[i]` are places in `names`; `edits` is ready."""
    units = [units_of(name) for name in names]
    lexicon, table = lexicon_of(edits, units)
    facts = facts_of(names, units)
    often = np.zeros(len(lexicon.romans))
    if common:
        used = np.zeros(len(often), dtype=np.bool_)
        used[table.ids] = True
        places = np.nonzero(used)[0]
        often[places] = [common.get(lexicon.romans[place], 0.0) for place in places.tolist()]
    alignment = align(edits, lexicon, table, left, right)
    return Compared(lexicon, facts, alignment, features(lexicon, often, facts, alignment, left, right))


@functools.cache
def load() -> NameModel:
    """The model that is installed; raises `ModelError` when it is missing."""
    path = folder_of(MODEL) / FILE
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            return unpack(dict(stored))
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
        raise ModelError(f"{path}: cannot be read: {error}") from error


def unpack(arrays: Mapping[str, NDArray[Any]]) -> NameModel:
    """The model from its arrays, ready to compare names."""
    edits = EditModel(**{name: arrays[f"edits_{name}"].astype(np.float64) for name in EditModel.__slots__})
    trees = Trees(
        feature=arrays["trees_feature"],
        threshold=arrays["trees_threshold"],
        left=arrays["trees_left"],
        value=arrays["trees_value"],
        start=float(arrays["trees_start"]),
        depth=int(arrays["trees_depth"]),
    )
    words = str(arrays["common_words"]).split()
    common = dict(zip(words, arrays["common"].astype(float).tolist(), strict=True))
    same, different, unknown = arrays["countries"].tolist()
    return NameModel(ready(edits), common, trees, (same, different, unknown))


def pack(model: NameModel, edits: EditModel) -> dict[str, NDArray[Any]]:
    """The arrays of a model; `edits` as learned, before they were made ready."""
    arrays: dict[str, NDArray[Any]] = {
        f"edits_{name}": np.asarray(getattr(edits, name), dtype=np.float32) for name in EditModel.__slots__
    }
    for name in ("feature", "threshold", "left", "value"):
        arrays[f"trees_{name}"] = getattr(model.trees, name)
    arrays["trees_start"], arrays["trees_depth"] = np.array(model.trees.start), np.array(model.trees.depth)
    arrays["common_words"] = np.array(" ".join(model.common))
    arrays["common"] = np.array(list(model.common.values()), dtype=np.float32)
    arrays["countries"] = np.array(model.countries)
    return arrays


def write(model: NameModel, edits: EditModel, path: Path) -> None:
    """Write the model to a file."""
    with path.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, **pack(model, edits))
