from __future__ import annotations

import pytest

from pipeline.recognise.board import Found
from pipeline.recognise.namesakes import meant_cities


def city(name: str, code: str | None) -> Found:
    return Found(0, 9, 0, 1, "city", "model", code, name)


def country(code: str) -> Found:
    return Found(20, 29, 3, 4, "country", "gazetteer", code, "any")


@pytest.mark.parametrize(
    ("name", "first", "named", "meant"),
    [
        ("Tripoli", "LBY", ["LBN"], "LBN"),
        ("Tripoli", "LBY", ["LBN", "LBY"], "LBY"),
        ("Tripoli", "LBY", [], "LBY"),
        ("Valencia", "VEN", ["ESP", "ESP", "USA"], "ESP"),
        ("Athens", "GRC", ["USA"], "GRC"),
        ("Geneva", "CHE", ["USA"], "CHE"),
        ("Kingston", "JAM", ["NFK"], "NFK"),
        ("Nowhere", None, ["USA"], None),
    ],
    ids=["the one named", "both named", "none named", "the one named most", "too small beside a seat", "too small",
         "a seat of government", "no known city"],
)  # fmt: skip
def test_a_city_is_of_the_country_that_the_article_names(
    name: str, first: str | None, named: list[str], meant: str | None
) -> None:
    found = meant_cities([city(name, first), *map(country, named)])
    assert found[0].code == meant
    assert found[1:] == [*map(country, named)]


def test_other_mentions_stay() -> None:
    person = Found(0, 7, 0, 1, "person", "model", None, "Valencia")
    assert meant_cities([person, country("ESP")])[0] == person
