"""The page around a text made to look another way."""

from __future__ import annotations

import random

from pipeline.gold.marked import parse
from pipeline.gold.model import GoldArticle
from pipeline.train.augment_surface import (
    add_line,
    drop_headline,
    join_paragraphs,
    restyle_dashes,
    restyle_headline,
    restyle_quotes,
    split_paragraphs,
)
from tests.augmented import BODY, HEAD, checked, pools


def test_quotes_become_curly_and_straight_again(article: GoldArticle) -> None:
    both = {restyle_quotes(article, random.Random(seed)).text for seed in range(10)}
    assert both == {article.text, article.text.replace('"is ready"', "“is ready”")}


def test_the_headline_changes_its_case_or_goes(article: GoldArticle) -> None:
    titles = {restyle_headline(article, random.Random(seed)).title for seed in range(10)}
    assert titles == {"KENYAN MINISTER IN BAKU", "Kenyan Minister in Baku"}
    gone = checked(drop_headline(article))
    assert gone.title is None
    assert gone.text.startswith("A Kenyan delegation")


def test_a_headline_that_says_something_alone_stays(article: GoldArticle) -> None:
    alone = parse(
        HEAD + BODY.replace("in [[Baku|GPE#AZE:Baku]]", "in [[Turin|GPE#ITA:Turin]]", 1).replace("in Baku", "")
    )
    alone = alone.model_copy(update={"title": "Kenyan minister in Turin"})
    assert drop_headline(alone) is alone


def test_lines_are_added_and_stamps_marked(article: GoldArticle) -> None:
    stamped = 0
    for seed in range(60):
        changed = checked(add_line(article, pools().furniture, random.Random(seed)))
        assert len(changed.text) > len(article.text)
        if len(changed.mentions) > len(article.mentions):
            stamped += 1
            (day,) = (m for m in changed.mentions if m.value == "2024-03-12")
            assert day.label == "DATE"
    assert stamped


def test_paragraphs_are_joined_and_split(article: GoldArticle) -> None:
    joined = checked(join_paragraphs(article, random.Random(1)))
    assert joined.text.count("\n\n") == article.text.count("\n\n") - 1
    assert joined.text.split() == article.text.split()
    split = {checked(split_paragraphs(article, random.Random(seed))).text for seed in range(10)}
    assert all(text.split() == article.text.split() for text in split)
    assert max(text.count("\n\n") for text in split) > article.text.count("\n\n")


def test_dashes_in_names_stay() -> None:
    article = parse(HEAD + BODY + " It was – they said — late at the [[Baku – Ganja road|FAC#-]].")
    for seed in range(8):
        changed = checked(restyle_dashes(article, random.Random(seed)))
        assert "Baku – Ganja road" in changed.text
