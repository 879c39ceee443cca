"""Agreement of annotators beyond chance, on labels that have no order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import permutations


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two annotators' labels of the same items, 1 for full agreement, 0 for what chance would give.

    None without items, and when both gave one and the same label to all: chance then explains everything.
    """
    from sklearn.metrics import cohen_kappa_score

    if len({label for pair in pairs for label in pair}) < 2:
        return None
    one, other = zip(*pairs, strict=True)
    return float(cohen_kappa_score(one, other))


def krippendorff_alpha(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal data (Computing Krippendorff's Alpha-Reliability, 2011).

    `units` are the labels that each item was given, one an annotator who labelled it; items with one label tell
    nothing. None when all labels are the same or no item has two: nothing was there to disagree about.
    """
    coincidences: defaultdict[tuple[str, str], float] = defaultdict(float)
    for labels in units:
        for pair in permutations(labels, 2):
            coincidences[pair] += 1 / (len(labels) - 1)
    totals: defaultdict[str, float] = defaultdict(float)
    for (label, _), weight in coincidences.items():
        totals[label] += weight
    n = sum(totals.values())
    expected = n * n - sum(total * total for total in totals.values())
    if len(totals) < 2:
        return None
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (n - 1) * observed / expected
