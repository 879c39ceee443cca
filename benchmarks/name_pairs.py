"""How well do scores of name pairs tell one person from two?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pair = Mapping[str, Any]
"""A line of the pairs file: `a`, `b`, `same`, `region`, `script_a`, `script_b`, `kind`, and `sub` of a negative."""
Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]

SCRIPTS = {"Cyrl": "Latin–Cyrillic", "Arab": "Latin–Arabic"}
JOINED = {"azerbaijan": "azerbaijan and central-asia", "central-asia": "azerbaijan and central-asia"}
FIRST = ("azerbaijan and central-asia", "turkey", "arabic", "iran")
"""The regions that head the table; the others follow by name."""
SUBS = ("patronymic", "near-edit", "collision", "sibling", "gender-pair", "curated-family")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def scripts(pair: Pair) -> str:
    """The slice of a pair by its scripts; a pair of one script with itself is Latin–Latin."""
    foreign: set[str] = {pair["script_a"], pair["script_b"]} - {"Latn"}
    return SCRIPTS.get(foreign.pop(), "other scripts") if foreign else "Latin–Latin"


def region(pair: Pair) -> str:
    """The slice of a pair by its region."""
    name: str = pair["region"]
    return JOINED.get(name, name)


def best_threshold(same: Mask, scores: Scores) -> float:
    """The threshold from which on pairs are taken for one person that gives the highest F1."""
    from sklearn.metrics import precision_recall_curve

    precision, recall, thresholds = precision_recall_curve(same, scores)
    total = precision + recall
    f1 = np.divide(2 * precision * recall, total, out=np.zeros_like(total), where=total > 0)
    return float(thresholds[f1[:-1].argmax()])


def recall_at(same: Mask, scores: Scores, precision: float) -> float:
    """The highest recall of a threshold whose precision is at least that; 0 where no threshold has it."""
    from sklearn.metrics import precision_recall_curve

    precisions, recalls, _ = precision_recall_curve(same, scores)
    return float(recalls[precisions >= precision].max())


def f1(same: Mask, said: Mask) -> float:
    """The harmonic mean of precision and recall; nan where nothing is one person and nothing is taken for one."""
    total = int(same.sum() + said.sum())
    return 2 * int((same & said).sum()) / total if total else float("nan")


def measures(pairs: Sequence[Pair], scores: Scores, threshold: float) -> dict[str, float]:
    """Every figure of a system by its name; slices are measured at the one threshold of all pairs."""
    from sklearn.metrics import average_precision_score

    same = np.array([pair["same"] for pair in pairs], dtype=bool)
    said = scores >= threshold
    figures = {
        "threshold": threshold,
        "F1": f1(same, said),
        "average precision": float(average_precision_score(same, scores)),
        "recall at precision 0.99": recall_at(same, scores, 0.99),
    }
    for name, mask in _slices(pairs, scripts, ("Latin–Latin", *SCRIPTS.values(), "other scripts")):
        figures[f"F1, {name}"] = f1(same[mask], said[mask])
    for name, mask in _slices(pairs, region, FIRST):
        figures[f"F1, {name}"] = f1(same[mask], said[mask])
    for name, mask in _slices(pairs, lambda pair: pair["kind"], ()):
        if same[mask].all():
            figures[f"recall, {name}"] = float(said[mask].mean())
    subs = dict(_slices(pairs, lambda pair: pair.get("sub") or "", SUBS))
    if "patronymic" in subs and "near-edit" in subs:
        both = subs["patronymic"] | subs["near-edit"]
        figures["false positives, patronymic and near-edit"] = float(said[both].mean())
    for name, mask in subs.items():
        if name:
            figures[f"false positives, {name}"] = float(said[mask].mean())
    return figures


def _slices(pairs: Sequence[Pair], name: Callable[[Pair], str], first: Sequence[str]) -> Iterator[tuple[str, Mask]]:
    """Every slice that has pairs with a mask of its pairs: those of `first` in that order, then the others by name."""
    names = np.array([name(pair) for pair in pairs])
    there = set(names.tolist())
    for found in [*(n for n in first if n in there), *sorted(there.difference(first))]:
        yield found, names == found
