from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ground import calendar

DATES = st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31))


@given(DATES)
def test_week_runs_from_monday_to_sunday_around_the_day(date: dt.date) -> None:
    week = calendar.week(date)
    assert week.start <= date <= week.end
    assert (week.start.weekday(), week.end.weekday()) == (0, 6)
    assert (week.end - week.start).days == 6


@given(DATES, st.integers(-30, 30))
def test_month_counts_on_into_other_years(date: dt.date, months: int) -> None:
    month = calendar.month(date.year, date.month + months)
    assert (month.start.year * 12 + month.start.month) - (date.year * 12 + date.month) == months
    assert (month.end + calendar.DAY).day == 1


def test_weekend_of_a_sunday_is_its_own() -> None:
    assert calendar.weekend(dt.date(2024, 5, 12)).start == dt.date(2024, 5, 11)


def test_season_that_crosses_the_new_year() -> None:
    winter = calendar.season(2024, 12)
    assert (winter.start, winter.end) == (dt.date(2024, 12, 1), dt.date(2025, 2, 28))


@pytest.mark.parametrize("count", [1, 2])
def test_span_of_one_part_keeps_its_precision(count: int) -> None:
    parts = [calendar.day(dt.date(2024, 5, day)) for day in range(3, 3 + count)]
    assert calendar.span(parts).precision == ("day" if count == 1 else "range")
