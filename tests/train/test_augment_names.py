"""Invented names of people."""

from __future__ import annotations

import random

import pytest

from pipeline.data import countries
from pipeline.train.augment_names import GENDERS, Culture, new_name
from tests.augmented import pools


def test_every_culture_has_names_enough() -> None:
    cultures = pools().cultures
    assert len(cultures) >= 35
    for culture in cultures:
        assert min(len(culture.given[gender]) for gender in GENDERS) >= 25, culture.name
        assert len(culture.family) >= 40, culture.name
        assert culture.countries <= countries().keys(), culture.name


@pytest.mark.parametrize("culture", pools().cultures, ids=lambda culture: culture.name)
def test_names_of_a_culture_are_whole(culture: Culture) -> None:
    rng = random.Random(1)
    for _ in range(30):
        name = new_name([culture], rng, gender=rng.choice(GENDERS), country=None)
        assert name.full == " ".join(name.full.split())
        assert not set("{}/|") & set(name.full)
        assert name.short
        assert set(name.short.split()) <= set(name.full.split())
