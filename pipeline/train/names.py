"""Train what tells the names of one person: `python -m pipeline.train.names PAIRS [--out FILE]`.

PAIRS is a file of JSON lines with two names `a` and `b` and whether they are the `same` person's. Edits of letters are
learned from the pairs that are, gradient boosting then weighs the evidence of all.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jsonlines
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler

from pipeline.data import table
from pipeline.names.edits import EditModel, Floats, ready
from pipeline.names.facts import family
from pipeline.names.model import FILE, MODEL, Compared, NameModel, compare, write
from pipeline.names.parse import Name, parse_name
from pipeline.names.trees import Trees
from pipeline.names.units import MOST_WORDS, Unit, initial_class, units_of
from pipeline.train.name_edits import Pair, learn
from pipeline.weights import folder_of

FIRST_ALIKE = 0.6
"""How like two words must be, before anything is learned, to count as spellings of one."""
REALIGNMENTS = 2
SURE = 1.0
"""The score from which two words that were matched teach edits."""
TREES = 60
RATE = 0.1
LEAVES = 15
DEPTH = 5
LEAST_IN_LEAF = 20
PENALTY = 1.0
EVERY = 4
"""Of how many names with an ending that makes surnames one is also learned from with another ending."""
ALIKE = 0.8
"""How like words of one person's names must be for short forms to be made of them."""
COMMON = 3
"""How many names must have a word for it to be listed as common."""
COUNTRIES = (1.0, -3.0, -1.0)
"""Added to the log-odds when countries are equal, differ, when one is not known. Not learned: the pairs have none."""


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names, and whether they are one person's."""

    a: str
    b: str
    same: bool


def read_pairs(path: Path) -> list[NamePair]:
    """The pairs of a file."""
    with jsonlines.open(path) as lines:
        return [NamePair(line["a"], line["b"], bool(line["same"])) for line in lines]


def other_surnames(pairs: Sequence[NamePair]) -> Iterator[NamePair]:
    """Names beside the same name with the surname of another family or of a woman: "Ali Sharifov", "Ali Sharifli".

    Such pairs are rare in any collection, and spelled much alike. One in `EVERY` names is taken.
    """
    gendered = table("person_names")["surname_endings"]["pairs"]
    families: Mapping[str, Sequence[str]] = table("person_names")["surname_families"]
    for name in sorted({text for pair in pairs for text in (pair.a, pair.b) if text.isascii()}):
        digest = hashlib.sha256(name.encode()).digest()
        given, _, surname = name.rpartition(" ")
        mine = family(surname.lower()) if surname.isalpha() else 0
        if not mine or digest[0] % EVERY:
            continue
        own = list(families.values())[mine - 1]
        stem = surname[: -max(len(ending) for ending in own if surname.lower().endswith(ending))]
        others = [endings[0] for number, endings in enumerate(families.values(), start=1) if number != mine]
        yield NamePair(name, f"{given} {stem}{others[digest[1] % len(others)]}".strip(), False)
        for man, woman in gendered:
            if surname.endswith(man):
                yield NamePair(name, f"{name.removesuffix(man)}{woman}", False)
        if digest[2] % 2:
            yield NamePair(surname, f"{stem}{others[digest[3] % len(others)]}", False)


def other_initials(pairs: Sequence[NamePair]) -> Iterator[NamePair]:
    """Names beside their surname with the initial of another given name: "Ann Lee", "K. Lee", "A. Lee", "K. Lee".

    One in `EVERY` names of two words is taken.
    """
    for name in sorted({text for pair in pairs for text in (pair.a, pair.b) if text.isascii()}):
        given, _, surname = name.partition(" ")
        digest = hashlib.sha256(name.encode()).digest()
        initial = "ABDKLMNRST"[digest[1] % 10]
        two_words = given.isalpha() and surname.isalpha() and len(surname) > 2
        if digest[0] % EVERY != 1 or not two_words or initial_class(given.lower()) & initial_class(initial.lower()):
            continue
        yield NamePair(name, f"{initial}. {surname}", False)
        yield NamePair(f"{given[0]}. {surname}", f"{initial}. {surname}", False)


def short_forms(pairs: Sequence[NamePair]) -> Iterator[NamePair]:
    """Surnames alone, and names with an initial, of pairs that are one person's: "Lee", "Li"; "A. Lee", "Ann Li".

    They stand against what `other_surnames` and `other_initials` make. One in `EVERY` pairs whose names have two words
    that are alike is taken.
    """
    for pair in pairs:
        a, b = pair.a.split(), pair.b.split()
        digest = hashlib.sha256(f"{pair.a} {pair.b}".encode()).digest()
        plain = pair.same and len(a) == len(b) == 2 and f"{pair.a}{pair.b}".replace(" ", "").isalpha()
        if (
            plain
            and digest[0] % EVERY < 2
            and all(_alike(_roman(x), _roman(y)) > ALIKE for x, y in zip(a, b, strict=True))
        ):
            yield NamePair(a[1], b[1], True)
            yield NamePair(f"{a[0][0]}. {a[1]}", pair.b, True)


def _roman(word: str) -> str:
    return parse_name(word).words[0].roman


def train(pairs: Sequence[NamePair]) -> tuple[NameModel, EditModel]:
    """The model of pairs, and its edits as learned."""
    pairs = [*pairs, *other_surnames(pairs), *other_initials(pairs), *short_forms(pairs)]
    names, left, right = _places(pairs)
    same = np.array([pair.same for pair in pairs])
    every = [unit.roman for pair in pairs for name in (pair.a, pair.b) for unit in _words(name)]
    edits = learn(_first_guess(pair for pair in pairs if pair.same), every)
    for _ in range(REALIGNMENTS):
        found = compare(ready(edits), {}, names, left[same], right[same])
        edits = learn(_matched(found, left[same], right[same]), every)
    common = common_words(names)
    rows = compare(ready(edits), common, names, left, right).rows
    return NameModel(ready(edits), common, boost(rows, same), COUNTRIES), edits


def _places(pairs: Sequence[NamePair]) -> tuple[list[Name], NDArray[np.int64], NDArray[np.int64]]:
    numbers: dict[str, int] = {}
    left, right = (
        np.array([numbers.setdefault(getattr(pair, side), len(numbers)) for pair in pairs], dtype=np.int64)
        for side in ("a", "b")
    )
    return [parse_name(text) for text in numbers], left, right


def _words(text: str) -> list[Unit]:
    return [unit for unit in units_of(parse_name(text)).units if unit.single]


def common_words(names: Iterable[Name]) -> dict[str, float]:
    """The words of names that several have, with the logarithm of one more than how many."""
    counts = Counter(unit.roman for name in names for unit in units_of(name).units if unit.single)
    return {word: float(np.log1p(count)) for word, count in sorted(counts.items()) if count >= COMMON}


def _first_guess(pairs: Iterable[NamePair]) -> list[Pair]:
    """Words of names of one person that look alike, as a start."""
    from scipy.optimize import linear_sum_assignment

    found: list[Pair] = []
    for pair in pairs:
        a, b = _words(pair.a), _words(pair.b)
        if a and b:
            alike = np.array([[_alike(x.roman, y.roman) for y in b] for x in a])
            for i, j in zip(*linear_sum_assignment(-alike), strict=True):
                if alike[i, j] > FIRST_ALIKE:
                    found.append((a[i].roman, b[j].roman))
    return found


def _alike(a: str, b: str) -> float:
    no_vowels = str.maketrans("", "", "aeiouy")
    bare = JaroWinkler.similarity(a.translate(no_vowels) or a, b.translate(no_vowels) or b)
    return (JaroWinkler.similarity(a, b) + bare) / 2


def _matched(found: Compared, left: NDArray[np.int64], right: NDArray[np.int64]) -> list[Pair]:
    """Words that the model so far matches, and the two that are left when it matches all others."""
    lexicon, facts, alignment = found.lexicon, found.facts, found.alignment
    pairs: list[Pair] = []
    for row in range(len(left)):
        covered = [0, 0]
        for step in range(MOST_WORDS):
            a, b = alignment.left[row, step], alignment.right[row, step]
            if a < 0:
                break
            covered[0] |= int(alignment.left_bits[row, step])
            covered[1] |= int(alignment.right_bits[row, step])
            if alignment.score[row, step] > SURE:
                pairs.append((lexicon.romans[a], lexicon.romans[b]))
        free = [
            [facts.main[name][bit] for bit in range(MOST_WORDS) if int(facts.words[name]) & ~done & (1 << bit)]
            for name, done in zip((left[row], right[row]), covered, strict=True)
        ]
        if all(covered) and len(free[0]) == len(free[1]) == 1:
            pairs.append((free[0][0], free[1][0]))
    return pairs


def boost(rows: Floats, same: NDArray[np.bool_]) -> Trees:
    """Boosted trees that tell the rows of pairs that are the same from the others."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        max_depth=DEPTH,
        min_samples_leaf=LEAST_IN_LEAF,
        l2_regularization=PENALTY,
        early_stopping=False,
        random_state=0,
    ).fit(rows, same)
    grown = [step[0].nodes for step in model._predictors]
    width = max(map(len, grown))
    feature, left = (np.zeros((len(grown), width), dtype=np.int16) for _ in range(2))
    threshold = np.full((len(grown), width), np.inf)
    value = np.zeros((len(grown), width))
    for tree, nodes in enumerate(grown):
        order = [0]
        for place, node in enumerate(order):
            order += [] if nodes[node]["is_leaf"] else [int(nodes[node]["left"]), int(nodes[node]["right"])]
            left[tree, place] = place if nodes[node]["is_leaf"] else len(order) - 2
        for place, node in enumerate(order):
            if nodes[node]["is_leaf"]:
                value[tree, place] = nodes[node]["value"]
            else:
                feature[tree, place] = nodes[node]["feature_idx"]
                threshold[tree, place] = nodes[node]["num_threshold"]
    depth = int(max(nodes["depth"].max() for nodes in grown))
    start = float(np.ravel(model._baseline_prediction)[0])
    return Trees(feature, threshold, left, value, start, depth)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on the file of pairs and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--out", type=Path, default=None)
    given = parser.parse_args(arguments)
    model, edits = train(read_pairs(given.pairs))
    write(model, edits, given.out or folder_of(MODEL) / FILE)


if __name__ == "__main__":
    main()
