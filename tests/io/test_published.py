"""Publication days as dumps write them."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RejectArticle
from pipeline.io.published import parse_published


@pytest.mark.parametrize(
    "value",
    [
        "2025-05-03",
        " 2025-05-03 ",
        "20250503",
        "2025/05/03",
        "2025-05-03T23:30:00Z",
        "2025-05-03 23:30:00+04:00",
        "2025-05-03T00:30:00.123+04:00",
        "Sat, 03 May 2025 23:30:00 -0700",
        "Sat, 3 May 2025",
        "May 3, 2025",
        "3 May 2025, 13:15 (UTC+04:00)",
        "3rd of May 2025",
        "May 3rd, 2025 11:30 pm PST",
        "03.05.2025",
        "3.5.2025 10:00",
        1746230400,
        1746230400.5,
        1746230400000,
        "1746230400",
        dt.date(2025, 5, 3),
        dt.datetime(2025, 5, 3, 23, 59),
    ],
)
def test_one_day_in_many_forms(value: object) -> None:
    assert parse_published(value) == dt.date(2025, 5, 3)


@pytest.mark.parametrize(("value", "day"), [("25/12/2024", 25), ("12-25-2024", 25), ("12/12/2024", 12)])
def test_numbers_that_leave_no_doubt(value: str, day: int) -> None:
    assert parse_published(value) == dt.date(2024, 12, day)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_nothing_is_no_date(value: object) -> None:
    assert parse_published(value) is None


@pytest.mark.parametrize(
    "value",
    ["soon", "yesterday", "May 2025", "2025", "Saturday", "13:15", "2025-02-30", "03/05/2025", "3-5-2025", True, [2025],
     {}, 1e300, float("nan"), -(10**30), "9999999999999999",
        10**400,
        "Tue, 03 Jun 2025 10:00:00 +99999999999999",
    ],
)  # fmt: skip
def test_what_is_no_full_date_is_said(value: object) -> None:
    with pytest.raises(RejectArticle) as caught:
        parse_published(value)
    assert caught.value.code == "bad_published"


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_reject(value: str) -> None:
    with contextlib.suppress(RejectArticle):
        assert isinstance(parse_published(value), dt.date | None)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_iso_days_come_back(day: dt.date) -> None:
    assert parse_published(day.isoformat()) == day
