from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.document import Document, Status
from pipeline.ground.dates import GroundDates, ground_dates
from tests.events.guesses import read

MONDAY = dt.date(2025, 5, 12)


def test_discourse_dates_count_from_the_date_before(document: Callable[..., Document]) -> None:
    made = document(
        "They met on Friday. A day earlier he was in Oslo. The talks will go on on Thursday.",
        ("Friday", "date", None),
        ("A day earlier", "date", None),
        ("Thursday", "date", None),
        published=MONDAY,
    )
    assert [(date.mention, date.start) for date in ground_dates(made)] == [
        (0, dt.date(2025, 5, 9)),
        (1, dt.date(2025, 5, 8)),
        (2, dt.date(2025, 5, 15)),
    ]


def test_the_last_day_named_counts_not_the_first_nor_one_to_come(document: Callable[..., Document]) -> None:
    made = document(
        "They met on 2 May 2025. He left on 5 May 2025. They will meet on 1 June 2025. She came a day later.",
        ("2 May 2025", "date", None),
        ("5 May 2025", "date", None),
        ("1 June 2025", "date", None),
        ("a day later", "date", None),
        published=MONDAY,
    )
    assert ground_dates(made)[-1].start == dt.date(2025, 5, 6)


def test_what_cannot_be_resolved_gets_no_date(document: Callable[..., Document]) -> None:
    made = document("They met on Friday.", ("Friday", "date", None))
    assert ground_dates(made) == ()


def test_stage_fills_dates_in_order(document: Callable[..., Document]) -> None:
    stage = GroundDates()
    made = document("They met on 2 May 2024.", ("2 May 2024", "date", None))
    (done, empty) = stage([made, Document(made.article)])
    assert [date.relative for date in done.dates] == [False]
    assert empty.dates == ()


def test_a_full_date_spells_out_the_relative_one_before_it(document: Callable[..., Document]) -> None:
    made = document(
        "He received the envoy today, May 11, 2025, and will leave on Friday, and again on 20 June 2025.",
        ("today", "date", None),
        ("May 11, 2025", "date", None),
        ("Friday", "date", None),
        ("20 June 2025", "date", None),
        published=MONDAY,
    )
    found = {date.mention: date.start for date in ground_dates(made)}
    assert (found[0], found[2]) == (dt.date(2025, 5, 11), dt.date(2025, 5, 16))


@pytest.mark.parametrize(
    ("status", "likely", "day"),
    [("occurred", 0.9, 9), ("planned", 0.9, 16), ("planned", 0.2, 9), ("cancelled", 0.9, 9)],
)
def test_the_event_that_a_date_is_linked_with_tells_its_tense(
    document: Callable[..., Document], status: Status, likely: float, day: int
) -> None:
    made = document("Ministers met on Friday, she said.", ("Friday", "date", None), published=MONDAY)
    event = replace(read(1, dates={0: likely}), status=status)
    assert [date.start for date in ground_dates(replace(made, event_mentions=(event,)))] == [dt.date(2025, 5, day)]


def test_the_likeliest_event_tells_the_tense(document: Callable[..., Document]) -> None:
    made = document("Ministers met on Friday.", ("Friday", "date", None), published=MONDAY)
    events = (replace(read(1, dates={0: 0.5}), status="planned"), read(0, dates={0: 0.9}))
    assert ground_dates(replace(made, event_mentions=events))[0].start == dt.date(2025, 5, 9)
