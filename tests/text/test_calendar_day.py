"""Tests of pipeline.text.calendar_day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.calendar_day import printed_days


@pytest.mark.parametrize(
    "text",
    [
        "3 May 2025 13:15", "May 3, 2025", "3rd May 2025", "Saturday 3rd, May 2023-2025 3 May 2025", "3-May-2025",
        "03 May. 2025", "2025-05-03 17:40:00", "2025/05/03", "03.05.2025 [18:22]", "03.05.25 11:02",
        "1446/11/05 - 2025/05/03",
        "MAY 3, 2025 02:11 IST", "Baku. 3 May 2025. APA", "Baku/03.05.2025/Agency", "3 of May 2025",
    ],
)  # fmt: skip
def test_days_with_a_year(text: str) -> None:
    found = list(printed_days(text))
    assert [day.days for day in found][-1] == (dt.date(2025, 5, 3),)


def test_swapped_readings_are_both_kept() -> None:
    (found,) = printed_days("on 03/04/2024, 10:15")
    assert found.days == (dt.date(2024, 4, 3), dt.date(2024, 3, 4))


def test_an_impossible_reading_is_dropped() -> None:
    (found,) = printed_days("08/24/2023")
    assert found.days == (dt.date(2023, 8, 24),)


@pytest.mark.parametrize("text", ["BAKU, March 12 (Agency)", "TASHKENT, Mar.12", "12 March –"])
def test_days_without_a_year(text: str) -> None:
    (found,) = printed_days(text)
    assert (found.days, found.month_day) == ((), (3, 12))


@pytest.mark.parametrize("text", ["30 February 2024", "May 2025", "version 1.2.3.4", "12:30", "COP29", "99/99/2024"])
def test_no_days(text: str) -> None:
    assert not list(printed_days(text))


@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y"]),
)
def test_printed_days_read_back(day: dt.date, form: str) -> None:
    text = f"x {day.strftime(form)} y"
    (found,) = printed_days(text)
    assert found.days == (day,)
    assert text[found.start : found.end] == day.strftime(form)
