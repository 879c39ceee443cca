"""The date and place that an encoder links an event with."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.document import Article, CalendarDate, Document, EventDate, EventMention
from pipeline.events.guessed import NOWHERE, guessed_date, guessed_place, pooled
from tests.events.guesses import SURE, read

DAY = dt.date(2025, 6, 3)
PUBLISHED = dt.date(2025, 6, 5)
OTHER = EventDate(dt.date(2020, 1, 1), dt.date(2020, 1, 1), "day", "explicit")


def date_of(*mentions: EventMention, published: dt.date | None = PUBLISHED) -> EventDate:
    days = (CalendarDate(4, DAY, DAY, "day", relative=True),)
    made = Document(Article("a", "text"), published=published, dates=days, event_mentions=mentions)
    return guessed_date(made, mentions, otherwise=lambda: OTHER)


def test_a_linked_date_is_the_date() -> None:
    said = read(dates={4: 0.9}, bases={"relative": 0.9})
    assert date_of(said) == EventDate(DAY, DAY, "day", "relative", 4)


def test_news_without_a_date_is_of_the_publication_day() -> None:
    said = read(dates={4: 0.1}, bases={"publication": 0.9})
    assert date_of(said) == EventDate(PUBLISHED, PUBLISHED, "day", "publication")


def test_a_date_that_no_mention_gives_is_left_to_the_story() -> None:
    assert date_of(read(dates={}, bases={"explicit": 0.9})) is OTHER
    assert date_of(read(dates={7: 0.9}, bases={"explicit": 0.9})) is OTHER  # a mention without a calendar date


def test_no_date_is_said_to_be_none() -> None:
    assert date_of(read(bases={"none": 0.9})) == EventDate()
    assert date_of(read(bases={"publication": 0.9}), published=None) is not OTHER


def test_the_headline_counts_only_alone() -> None:
    headline = read(dates={4: 0.9}, bases={"relative": 0.9}, cues=frozenset({"headline"}))
    body = read(bases={"none": 0.95})
    assert date_of(headline, body) == EventDate()
    assert date_of(headline).start == DAY


def test_places_by_country_and_city() -> None:
    names = {"t1": "Nairobi"}
    said = read(countries={"KEN": 0.8}, cities={"t1": 0.7})
    assert guessed_place([said], names, otherwise=lambda: (None, None)) == ("KEN", "Nairobi")
    nowhere = read(countries={"KEN": 0.2}, cities={"t1": 0.3})
    assert guessed_place([nowhere], names, otherwise=lambda: ("UGA", None)) == (None, None)


def test_what_is_left_over_is_nowhere() -> None:
    from dataclasses import replace

    strong, weak = replace(SURE, probability=0.9, countries={"KEN": 1.0}), replace(SURE, probability=0.3)
    found = pooled([strong, weak], lambda guess: guess.countries)
    assert found == {"KEN": pytest.approx(0.75), NOWHERE: pytest.approx(0.25)}
