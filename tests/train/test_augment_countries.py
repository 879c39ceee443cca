"""Other countries for an article."""

from __future__ import annotations

import random

from pipeline.data import countries
from pipeline.gold.marked import parse
from pipeline.gold.model import GoldArticle
from pipeline.train.augment_countries import swap_country
from pipeline.train.augment_edits import begins_with_vowel
from tests.augmented import BODY, HEAD, checked, pools


def test_a_country_is_swapped_with_all_that_is_its(article: GoldArticle) -> None:
    for seed in range(12):
        changed = checked(swap_country(article, pools().places, random.Random(seed)))
        keys = {key[:3] for m in changed.mentions if m.label in ("GPE", "NORP") for key in m.entities}
        (old,), (new,) = {"KEN", "AZE"} - keys, keys - {"KEN", "AZE"}
        state = countries()[new]
        assert changed.events[0].place.country == (new if old == "AZE" else "AZE")
        assert changed.relations[0].object == (new if old == "KEN" else "KEN")
        if old == "KEN":
            assert changed.entities[-1].name == f"Bank of {state.name}"
            assert changed.entities[-1].country == new
            assert changed.events[0].optional == [new]
            article_word = "An" if begins_with_vowel(state.demonyms[0]) else "A"
            assert f"{article_word} {state.demonyms[0]} delegation" in changed.text
            assert "Keny" not in changed.text
        else:
            assert changed.events[0].place.city == state.capital
            assert changed.events[0].recipients == [new]
            assert changed.title == f"Kenyan minister in {state.capital}"
            assert not {"Baku", "Azerbaijan", "Ganja"} & set(changed.text.replace(".", " ").split())


def test_a_country_with_a_word_made_of_its_name_stays(article: GoldArticle) -> None:
    kept = parse(HEAD + BODY + " Kenyatrade and Azerishiq signed.")
    assert swap_country(kept, pools().places, random.Random(1)) is kept


def test_a_body_that_only_one_country_has_keeps_its_country() -> None:
    kept = parse(HEAD + BODY.replace("Kenyan|NORP#KEN]] delegation", "Kenyan|NORP#KEN]] delegation from Harambee House")
                 + " The Milli Majlis sat.")  # fmt: skip
    for seed in range(8):
        assert "Azerbaijan" in swap_country(kept, pools().places, random.Random(seed)).text
