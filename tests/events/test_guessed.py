"""The date and place that an encoder links an event with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.document import Article, CalendarDate, Document, EventDate, EventMention
from pipeline.events.guessed import NOWHERE, guessed_city, guessed_country, guessed_date, pooled
from tests.events.guesses import SURE, read

DAY = dt.date(2025, 6, 3)
PUBLISHED = dt.date(2025, 6, 5)
OTHER = EventDate(dt.date(2020, 1, 1), dt.date(2020, 1, 1), "day", "explicit")


def date_of(
    *mentions: EventMention, published: dt.date | None = PUBLISHED, ruled: dict[EventDate, float] | None = None
) -> EventDate:
    days = (CalendarDate(4, DAY, DAY, "day", relative=True),)
    made = Document(Article("a", "text"), published=published, dates=days, event_mentions=mentions)
    return guessed_date(made, mentions, ruled or {OTHER: 0.0})


def test_a_linked_date_is_the_date() -> None:
    said = read(dates={4: 0.9}, bases={"relative": 0.9})
    assert date_of(said) == EventDate(DAY, DAY, "day", "relative", 4)


def test_news_without_a_date_is_of_the_publication_day() -> None:
    said = read(dates={4: 0.1}, bases={"publication": 0.9})
    assert date_of(said) == EventDate(PUBLISHED, PUBLISHED, "day", "publication")


def test_a_date_that_no_mention_gives_is_left_to_the_story() -> None:
    ruled = {OTHER: 2.0, EventDate(): 0.0}
    assert date_of(read(dates={}, bases={"explicit": 0.9}), ruled=ruled) is OTHER


def test_an_event_on_a_day_that_nobody_can_tell_has_no_date() -> None:
    ruled = {OTHER: 1.0, EventDate(): 0.0}
    assert date_of(read(dates={7: 0.9}, bases={"relative": 0.9}), ruled=ruled) == EventDate()  # mention 7 has no day
    assert date_of(read(bases={"publication": 0.9}), published=None, ruled=ruled) == EventDate()
    assert date_of(read(bases={"publication": 0.9}), ruled=ruled).start == PUBLISHED


def test_no_date_is_said_to_be_none() -> None:
    assert date_of(read(bases={"none": 0.9})) == EventDate()


def test_rules_and_encoder_decide_together() -> None:
    said = read(dates={4: 0.8}, bases={"relative": 0.6, "none": 0.4})
    assert date_of(said, ruled={OTHER: 0.0, EventDate(): 0.0}).start == DAY
    assert date_of(said, ruled={OTHER: -3.0, EventDate(): 5.0}) == EventDate()
    assert guessed_country([read(countries={"KEN": 0.6})], {"KEN": 0.0, "UGA": 0.0, None: 0.0}) == "KEN"
    assert guessed_country([read(countries={"KEN": 0.6})], {"KEN": -2.0, "UGA": 4.0, None: 0.0}) == "UGA"


def test_without_an_encoder_the_rules_decide() -> None:
    plain = replace(read(), guess=None)
    assert date_of(plain, ruled={EventDate(): 0.0, OTHER: 1.0}) is OTHER
    assert guessed_country([plain], {"KEN": 0.0, None: 1.0}) is None
    assert guessed_city([plain], {}, {"Nairobi": 1.0, None: 0.0}) == "Nairobi"


def test_the_headline_counts_only_alone() -> None:
    headline = read(dates={4: 0.9}, bases={"relative": 0.9}, cues=frozenset({"headline"}))
    body = read(bases={"none": 0.95})
    assert date_of(headline, body) == EventDate()
    assert date_of(headline).start == DAY


def test_places_by_country_and_city() -> None:
    names = {"t1": "Nairobi"}
    said = read(countries={"KEN": 0.8}, cities={"t1": 0.7})
    assert guessed_country([said], {None: 0.0}) == "KEN"
    assert guessed_city([said], names, {None: 0.0}) == "Nairobi"
    nowhere = read(countries={"KEN": 0.2}, cities={"t1": 0.3})
    assert guessed_country([nowhere], {None: 0.0}) is None
    assert guessed_city([nowhere], names, {None: 0.0}) is None


def test_what_is_left_over_is_nowhere() -> None:
    strong, weak = replace(SURE, probability=0.9, countries={"KEN": 1.0}), replace(SURE, probability=0.3)
    found = pooled([strong, weak], lambda guess: guess.countries)
    assert found == {"KEN": pytest.approx(0.75), NOWHERE: pytest.approx(0.25)}
