"""Names compared, for the tests of the parts that compare them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from pipeline.names.features import COLUMN
from pipeline.names.model import Compared, compare, load
from pipeline.names.parse import parse_name

NAMES = st.lists(
    st.sampled_from(
        "Ali Aliyev Jeyhun Ceyhun Bayramov bin Al Zayani Alzayani Kim Un Chan V. Petrovich Джейхун".split()
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


def compared(a: str, b: str) -> Compared:
    """The evidence of one pair of names by the installed model."""
    model = load()
    return compare(model.edits, model.common, [parse_name(a), parse_name(b)], np.array([0]), np.array([1]))


def evidence(a: str, b: str) -> dict[str, float]:
    """The features of one pair of names."""
    row = compared(a, b).rows[0]
    return {name: float(row[column]) for name, column in COLUMN.items()}


def matched(a: str, b: str) -> dict[str, str]:
    """The letters that were matched."""
    found = compared(a, b)
    romans, alignment = found.lexicon.romans, found.alignment
    places = zip(alignment.left[0].tolist(), alignment.right[0].tolist(), strict=True)
    return {romans[i]: romans[j] for i, j in places if i >= 0}
