"""Changed copies of gold articles, in which every label still holds.

People, countries, titles and dates become others throughout an article, and the page around the text is made to look
another way. The order of the sentences stays. What a copy needs to know is in the files of models/corpus.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.gold.model import GoldArticle
from pipeline.train.augment_countries import swap_country
from pipeline.train.augment_dates import shift_dates
from pipeline.train.augment_names import Culture, Gender, genders, load_cultures
from pipeline.train.augment_people import country_of, rename
from pipeline.train.augment_places import Places, load_places
from pipeline.train.augment_surface import (
    Furniture,
    add_line,
    drop_headline,
    join_paragraphs,
    load_furniture,
    restyle_dashes,
    restyle_headline,
    restyle_quotes,
    split_paragraphs,
)
from pipeline.train.augment_titles import Held, held_titles, swap_titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How often each kind of change is made.

    `people` and `titles` are shares of an article's people and offices, `countries` and `lines` are drawn up to three
    times, one country or line each; the others are the probability that an article is changed so.
    """

    countries: float = 0.6
    people: float = 0.9
    titles: float = 0.3
    dates: float = 0.7
    quotes: float = 0.3
    dashes: float = 0.2
    headline_case: float = 0.2
    headline_dropped: float = 0.15
    lines: float = 0.3
    joined: float = 0.2
    split: float = 0.2


@dataclass(frozen=True, slots=True)
class Pools:
    """What takes the place of what the articles have."""

    cultures: tuple[Culture, ...]
    genders: Mapping[str, Gender]
    places: Places
    titles: Held
    furniture: Furniture


DRAWS = 3


def load_pools(folder: Path, articles: Sequence[GoldArticle]) -> Pools:
    """The pools of a folder with names.toml, places.toml and furniture.toml, and of the titles of some articles.

    Raises `OSError`, `ValueError` or `KeyError` for a file that is missing or broken.
    """
    cultures = load_cultures(folder / "names.toml")
    places = load_places(folder / "places.toml")
    return Pools(cultures, genders(cultures), places, held_titles(articles), load_furniture(folder / "furniture.toml"))


def augment(article: GoldArticle, pools: Pools, rng: random.Random, *, rates: Rates | None = None) -> GoldArticle:
    """A changed copy of an article; its id and the keys of its entities and events are those of the article.

    A change that would make a label untrue, or that cannot be carried through the whole text, is not made.
    """
    rates = rates or Rates()
    moved = article
    for _ in range(DRAWS):
        if rng.random() < rates.countries:
            moved = swap_country(moved, pools.places, rng)
    article = _renamed(article, moved, pools, rng, share=rates.people)
    article = swap_titles(article, pools.titles, rng, share=rates.titles)
    if rng.random() < rates.dates:
        article = shift_dates(article, rng)
    if rng.random() < rates.joined:
        article = join_paragraphs(article, rng)
    if rng.random() < rates.split:
        article = split_paragraphs(article, rng)
    if rng.random() < rates.headline_dropped:
        article = drop_headline(article)
    if rng.random() < rates.headline_case:
        article = restyle_headline(article, rng)
    for _ in range(DRAWS):
        if rng.random() < rates.lines:
            article = add_line(article, pools.furniture, rng)
    if rng.random() < rates.dashes:
        article = restyle_dashes(article, rng)
    if rng.random() < rates.quotes:
        article = restyle_quotes(article, rng)
    return article


def _renamed(
    article: GoldArticle, moved: GoldArticle, pools: Pools, rng: random.Random, *, share: float
) -> GoldArticle:
    """The article among other countries with new names for its people.

    When one of those who got another country has to keep the name, the countries stay too: names tell where people
    are from.
    """
    people = [entity.key for entity in article.entities if entity.kind == "person"]
    emigrants = {key for key in people if country_of(article, key) != country_of(moved, key)}
    renamed = rename(moved, pools.cultures, pools.genders, rng, share=share, always=emigrants)
    names = {entity.key: entity.name for entity in moved.entities}
    if any(entity.key in emigrants and entity.name == names[entity.key] for entity in renamed.entities):
        return rename(article, pools.cultures, pools.genders, rng, share=share)
    return renamed
