"""Figures by outlet and length."""

from __future__ import annotations

import pytest

from pipeline.evaluate.breakdown import NO_OUTLET, groups, length_class, measured
from tests.evaluate.reports import article

ARTICLES = [
    article("a", 4, outlet="Wire", words=100),
    article("b", 0, outlet="Wire", words=600),
    article("c", 2, outlet="Daily", words=199),
]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (0, "under 200 words"),
        (199, "under 200 words"),
        (200, "200 to 499 words"),
        (499, "200 to 499 words"),
        (500, "500 words and more"),
    ],
)
def test_classes_of_length(words: int, name: str) -> None:
    assert length_class(words) == name


def test_groups_have_the_figures_of_their_articles() -> None:
    found = {
        (group.by, group.group): (group.articles, next(f.value for f in group.figures if f.name == "events"))
        for group in groups(ARTICLES, rounds=20, seed=0)
    }
    assert found == {
        ("outlet", "Daily"): (1, 0.5),
        ("outlet", "Wire"): (2, 0.5),
        ("length", "under 200 words"): (2, 0.75),
        ("length", "500 words and more"): (1, 0.0),
    }


def test_an_article_without_an_outlet_has_a_group() -> None:
    nowhere = ARTICLES[0].model_copy(update={"outlet": None})
    assert groups([nowhere], rounds=20, seed=0)[0].group == NO_OUTLET


def test_groups_have_no_slices_but_means_over_them() -> None:
    for group in groups(ARTICLES, rounds=20, seed=0):
        assert {figure.part for figure in group.figures} == {None}
        assert next(f.value for f in group.figures if f.name == "events.macro") is not None


def test_figures_have_intervals_where_there_is_something_to_count() -> None:
    figures = {(f.name, f.part): f for f in measured(ARTICLES, rounds=200, seed=0)}
    events = figures["events", None]
    assert events.low is not None
    assert events.high is not None
    assert events.low < 0.5 < events.high
    assert figures["events", "CONSULT"].low == events.low
    assert (figures["records", None].value, figures["records", None].low) == (None, None)
