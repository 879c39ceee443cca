"""Other offices for the people of an article."""

from __future__ import annotations

import random

from pipeline.gold.marked import parse
from pipeline.gold.model import GoldArticle
from pipeline.train.augment_titles import swap_titles
from tests.augmented import BODY, HEAD, checked, pools, surfaces


def test_a_title_is_swapped_for_one_of_its_kind(article: GoldArticle) -> None:
    seen = set()
    for seed in range(20):
        changed = checked(swap_titles(article, pools().titles, random.Random(seed), share=1.0))
        title = changed.relations[0].title
        assert title in surfaces(changed, "TITLE")
        assert title is not None
        assert "minister" in title.lower()  # the headline says "minister"
        seen.add((title, changed.relations[1].title))
    assert len(seen) > 5


def test_an_ambassador_and_an_office_of_two_stay(article: GoldArticle) -> None:
    for head in (
        HEAD.replace("Foreign Minister", "Ambassador"),
        HEAD.replace("title: Foreign Minister", "title: President"),
    ):
        title = "Ambassador" if "Ambassador" in head else "President"
        kept = parse(head + BODY.replace("Foreign Minister", title))
        assert swap_titles(kept, pools().titles, random.Random(1), share=1.0).relations[0] == kept.relations[0]
