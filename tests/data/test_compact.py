from __future__ import annotations

from pipeline import data
from pipeline.data.compact import compact

MADE = {"Bern": [data.City("Bern", "CHE", 46.9, 7.4, 121_631, 2661552)]}


def test_what_is_made_is_copied() -> None:
    found = compact(lambda: MADE)()
    assert found == MADE
    assert found is not MADE
    assert found["Bern"][0] is not MADE["Bern"][0]


def test_what_was_one_is_one_in_the_copy() -> None:
    city = MADE["Bern"][0]
    first, second = compact(lambda: (city, [city]))()
    assert second[0] is first
