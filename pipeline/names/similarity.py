"""How probable it is that two names are one person's, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.names.edits import Floats
from pipeline.names.model import NameModel, compare, load
from pipeline.names.parse import Name, parse_name
from pipeline.names.reasons import reasons_of

Countries = Sequence[tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Similarity:
    """The probability, 0 to 1, that two names are one person's, and what speaks for and against it."""

    probability: float
    reasons: tuple[str, ...]


def similarity(
    a: str, b: str, *, country_a: str | None = None, country_b: str | None = None, model: NameModel | None = None
) -> Similarity:
    """Compare two names in any scripts; countries are ISO3 codes of the states that the people act for."""
    names = [parse_name(a), parse_name(b)]
    if not (names[0].words and names[1].words):
        return Similarity(0.0, ("a name without letters",))
    model = model or load()
    found = compare(model.edits, model.common, names, np.array([0]), np.array([1]))
    odds = _with_countries(model.trees.log_odds(found.rows), [(country_a, country_b)], model)
    return Similarity(float(_probability(odds)[0]), reasons_of(names[0], names[1], found, country_a, country_b))


def probabilities(
    left: Sequence[Name], right: Sequence[Name], *, countries: Countries | None = None, model: NameModel | None = None
) -> Floats:
    """The probability that `left[i]` and `right[i]` are one person's names, for each i.

    `countries[i]` are the ISO3 codes of both, None where unknown. A name without letters is nobody's.
    """
    if not len(left):
        return np.zeros(0)
    model = model or load()
    numbers: dict[Name, int] = {}
    a, b = (
        np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64) for names in (left, right)
    )
    odds = model.trees.log_odds(compare(model.edits, model.common, list(numbers), a, b).rows)
    found = _probability(odds if countries is None else _with_countries(odds, countries, model))
    found[[not (one.words and other.words) for one, other in zip(left, right, strict=True)]] = 0.0
    return found


def _with_countries(odds: Floats, countries: Countries, model: NameModel) -> Floats:
    same, different, unknown = model.countries
    shift = [same if a == b and a else different if a and b else unknown if a or b else 0.0 for a, b in countries]
    return np.asarray(odds + np.array(shift))


def _probability(odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))
