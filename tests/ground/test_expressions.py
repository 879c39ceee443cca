from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ground.expressions import read_expression
from pipeline.ground.frame import Frame
from pipeline.ground.tense import Tense

WEDNESDAY = dt.date(2025, 5, 14)
SPOKEN_OF = dt.date(2025, 5, 12)


def read(text: str, tense: Tense | None = "past", published: dt.date | None = WEDNESDAY) -> str | None:
    anchor = SPOKEN_OF if published is not None else None
    found = read_expression(text, Frame(published, anchor, anchor, tense))
    return None if found is None else f"{found.start}/{found.end} {found.precision}"


def days(first: str, last: str | None = None, precision: str | None = None) -> str:
    return f"{first}/{last or first} {precision or ('range' if last else 'day')}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March 11, 2024", days("2024-03-11")),
        ("the 14th of June 2024", days("2024-06-14")),
        ("11.03.2024", days("2024-03-11")),
        ("2024-07-17", days("2024-07-17")),
        ("30/8/2024", days("2024-08-30")),
        ("8/30/2024", days("2024-08-30")),
        ("3/4/2024", days("2024-04-03")),
        ("17-Feb-2017", days("2017-02-17")),
        ("5 Mar 24", days("2024-03-05")),
        ("24 and 25 March 2023", days("2023-03-24", "2023-03-25")),
        ("Nov. 6-8, 2024", days("2024-11-06", "2024-11-08")),
        ("Sept. 28 to Oct. 3, 2024", days("2024-09-28", "2024-10-03")),
        ("Dec. 28 to Jan. 3, 2024", days("2023-12-28", "2024-01-03")),
        ("January through October 2024", days("2024-01-01", "2024-10-31")),
        ("March 2021", days("2021-03-01", "2021-03-31", "month")),
        ("the end of 2026", days("2026-01-01", "2026-12-31", "year")),
        ("first half of 2024", days("2024-01-01", "2024-06-30")),
        ("Q3 2024", days("2024-07-01", "2024-09-30")),
        ("1984 to 1989", days("1984-01-01", "1989-12-31")),
        ("2020-21", days("2020-01-01", "2021-12-31")),
        ("1980s", days("1980-01-01", "1989-12-31")),
    ],
)
def test_absolute_forms_need_no_publication_day(text: str, expected: str) -> None:
    assert read(text, published=None) == expected


@pytest.mark.parametrize(
    ("text", "tense", "expected"),
    [
        ("Tuesday", "past", days("2025-05-13")),
        ("Wednesday", "past", days("2025-05-14")),
        ("Friday", "past", days("2025-05-09")),
        ("Friday", "future", days("2025-05-16")),
        ("Tuesday", "present", days("2025-05-20")),
        ("last Wednesday", "past", days("2025-05-07")),
        ("next Friday", "future", days("2025-05-23")),
        ("Tuesday to Thursday", "past", days("2025-05-13", "2025-05-15")),
        ("Thursday next week", "future", days("2025-05-22")),
        ("yesterday", None, days("2025-05-13")),
        ("this morning", None, days("2025-05-14")),
        ("last night", None, days("2025-05-13")),
        ("next week", None, days("2025-05-19", "2025-05-25")),
        ("last month", None, days("2025-04-01", "2025-04-30", "month")),
        ("this year", None, days("2025-01-01", "2025-12-31", "year")),
        ("the end of the year", None, days("2025-01-01", "2025-12-31", "year")),
        ("the same day", "past", days("2025-05-12")),
        ("a day earlier", "past", days("2025-05-11")),
        ("two days later", "past", days("2025-05-14")),
        ("a day ago", "past", days("2025-05-13")),
        ("the following Tuesday", "past", days("2025-05-13")),
        ("this autumn", "future", days("2025-09-01", "2025-11-30")),
        ("May 20", "future", days("2025-05-20")),
        ("November", "past", days("2024-11-01", "2024-11-30", "month")),
        ("November", "future", days("2025-11-01", "2025-11-30", "month")),
        ("early June", "future", days("2025-06-01", "2025-06-30", "month")),
        ("last January", "past", days("2025-01-01", "2025-01-31", "month")),
        ("August last year", "past", days("2024-08-01", "2024-08-31", "month")),
        ("the last week of April", "past", days("2025-04-24", "2025-04-30")),
        ("the 25th", "future", days("2025-05-25")),
        ("Monday 19", "future", days("2025-05-19")),
    ],
)
def test_relative_forms(text: str, tense: Tense | None, expected: str) -> None:
    assert read(text, tense) == expected


@pytest.mark.parametrize("text", ["Tuesday", "yesterday", "March 11", "next month", "the same day", "the 25th"])
def test_relative_forms_stay_open_without_a_publication_day(text: str) -> None:
    assert read(text, published=None) is None


@pytest.mark.parametrize("text", ["", "-", "31.02.2024", "13/13/2024", "June 31", "3 hours ago", "11 de junio"])
def test_what_is_no_date_has_no_value(text: str) -> None:
    assert read(text) is None


def test_slashed_dates_are_month_first_when_that_is_the_publication_day() -> None:
    assert read("5/12/2024", published=dt.date(2024, 5, 12)) == days("2024-05-12")


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d"]))
def test_full_dates_come_back(date: dt.date, form: str) -> None:
    assert read(date.strftime(form), published=None) == days(str(date))


@given(st.text(max_size=30), st.sampled_from(["past", "present", "future", None]))
def test_any_text_is_read_without_fault(text: str, tense: Tense | None) -> None:
    found = read_expression(text, Frame(WEDNESDAY, SPOKEN_OF, SPOKEN_OF, tense))
    assert found is None or found.start <= found.end
