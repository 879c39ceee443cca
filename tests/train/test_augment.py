"""Changed copies of gold articles: every label still holds."""

from __future__ import annotations

import random

import pytest

from pipeline.gold.checks import problems
from pipeline.gold.model import GoldArticle
from pipeline.train.augment import Rates, augment
from pipeline.train.augment_dates import shift_dates
from pipeline.train.augment_people import country_of
from tests.augmented import articles, checked, pools


@pytest.mark.parametrize("number", range(0, len(articles()), 12))
def test_labels_hold_in_copies_of_the_corpus(number: int) -> None:
    article = articles()[number]
    before = list(problems(article, file="x"))
    changed = checked(augment(article, pools(), random.Random(number)))
    assert len(list(problems(changed, file="x"))) <= len(before)
    assert changed.id == article.id
    assert [e.key for e in changed.entities] == [e.key for e in article.entities]
    assert [(e.id, e.type, e.mode, e.status) for e in changed.events] == [
        (e.id, e.type, e.mode, e.status) for e in article.events
    ]
    assert changed == augment(article, pools(), random.Random(number))


def test_nothing_changes_at_rates_of_zero(article: GoldArticle) -> None:
    rates = Rates(
        countries=0, people=0, titles=0, dates=0, quotes=0, dashes=0, headline_case=0, headline_dropped=0, lines=0,
        joined=0, split=0,
    )  # fmt: skip
    assert augment(article, pools(), random.Random(1), rates=rates) == article


def test_an_article_without_a_day_keeps_its_dates(article: GoldArticle) -> None:
    undated = article.model_copy(update={"published": None})
    assert shift_dates(undated, random.Random(1)) is undated


@pytest.mark.parametrize("number", range(0, len(articles()), 12))
def test_nobody_moves_to_another_country_under_the_old_name(number: int) -> None:
    before = articles()[number]
    after = augment(before, pools(), random.Random(number), rates=Rates(countries=1.0, people=0.0))
    names = {entity.key: entity.name for entity in after.entities}
    for entity in before.entities:
        if entity.kind == "person" and country_of(before, entity.key) != country_of(after, entity.key):
            assert names[entity.key] != entity.name
