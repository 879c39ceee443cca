"""Other days for an article."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.gold.model import GoldArticle, GoldMention
from pipeline.train.augment_dates import Unchangeable, shifted
from pipeline.train.augment_edits import Edit, apply
from tests.augmented import checked


def test_dates_move_by_whole_weeks(article: GoldArticle) -> None:
    later = checked(shifted(article, 28))
    assert later.published == dt.date(2024, 4, 9)
    assert [(m.text, m.value) for m in later.mentions if m.label == "DATE"] == [
        ("April 8", "2024-04-08"),
        ("next month", "2024-05"),
    ]
    assert later.events[0].date == "2024-04-08"
    assert shifted(later, -28) == article
    with pytest.raises(Unchangeable):
        shifted(article, 3)


@pytest.mark.parametrize(
    ("surface", "value", "days", "expected"),
    [
        ("11.03.2024", "2024-03-11", 364, "10.03.2025"),
        ("3/5/2024", "2024-03-05", 7, "3/12/2024"),
        ("03/03/2024", "2024-03-03", 7, "10/03/2024"),
        ("2024-03-03", "2024-03-03", 7, "2024-03-10"),
        ("3 March 2024", "2024-03-03", 7, "10 March 2024"),
        ("05/03/2024", "2024-03-05", -28, "06/02/2024"),
        ("2024-03-11", "2024-03-11", 70, "2024-05-20"),
        ("Monday, 11th March 2024", "2024-03-11", 21, "Monday, 1st April 2024"),
        ("MARCH 11", "2024-03-11", 28, "APRIL 8"),
        ("Mar. 11, 2024", "2024-03-11", 56, "May 6, 2024"),
        ("March 11-13", "2024-03-11/2024-03-13", 7, "March 18-20"),
        ("30 March to 2 April", "2024-03-30/2024-04-02", 63, "1 June to 4 June"),
        ("October 2022", "2022-10", 28, "November 2022"),
        ("2019", "2019", 364, "2020"),
        ("Tuesday", "2024-03-12", 7, "Tuesday"),
    ],
)
def test_a_date_is_written_in_its_own_way(surface: str, value: str, days: int, expected: str) -> None:
    text = f"On {surface} they met."
    date = GoldMention(start=3, end=3 + len(surface), text=surface, label="DATE", value=value)
    article = GoldArticle(
        id="x", published=dt.date(2024, 3, 12), annotates=["DATE"], cited=[], text=text,
        entities=[], mentions=[date], relations=[], events=[],
    )  # fmt: skip
    assert shifted(article, days).mentions[0].text == expected


@pytest.mark.parametrize(
    ("surface", "value", "days"),
    [
        ("March 11-29", "2024-03-11/2024-03-29", 7),
        ("the 1990s", "1990/1999", 364),
        ("March 14", "2024-03-11", 7),
        ("this spring", "2024-03/2024-05", 91),
    ],
)
def test_a_date_that_cannot_be_written_anew_is_refused(surface: str, value: str, days: int) -> None:
    date = GoldMention(start=0, end=len(surface), text=surface, label="DATE", value=value)
    article = GoldArticle(
        id="x", published=dt.date(2024, 3, 12), annotates=["DATE"], cited=[], text=surface,
        entities=[], mentions=[date], relations=[], events=[],
    )  # fmt: skip
    with pytest.raises(Unchangeable):
        shifted(article, days)


def test_an_unmarked_stamp_follows_and_another_unmarked_date_forbids(article: GoldArticle) -> None:
    stamped = apply(article, [Edit(0, 0, "date 2024-03-12 +\n\n")])
    assert shifted(stamped, 28).text.startswith("date 2024-04-09 +")
    dated = apply(article, [Edit(len(article.text), len(article.text), " In 1991 it began.")])
    with pytest.raises(Unchangeable):
        shifted(dated, 28)
