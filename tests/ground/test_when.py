from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from pipeline.document import Document, EventDate
from pipeline.ground.dates import GroundDates
from pipeline.ground.when import event_date

PUBLISHED = dt.date(2025, 5, 16)  # a Friday


def date_of(
    document: Callable[..., Document], text: str, trigger: str, *dates: str, others: tuple[str, ...] = (), status: str
) -> EventDate:
    made = document(text, *((words, "date", None) for words in dates), published=PUBLISHED, triggers=(trigger, *others))
    (made,) = GroundDates()([made])
    event = made.event_mentions[0]
    return event_date(made, event.head, event.tokens, status=status)


@pytest.mark.parametrize(
    ("text", "trigger", "dates", "day"),
    [
        ("The two ministers met in Oslo on Wednesday.", "met", ["Wednesday"], 14),
        ("On Tuesday the minister held talks with his colleague.", "held talks", ["Tuesday"], 13),
        ("He arrived on Monday and will meet the king on Thursday.", "arrived", ["Monday", "Thursday"], 12),
        ("He thanked Chile on Monday for the aid it sent in January.", "thanked", ["Monday", "January"], 12),
    ],
)
def test_takes_the_date_of_its_own_clause(
    document: Callable[..., Document], text: str, trigger: str, dates: list[str], day: int
) -> None:
    found = date_of(document, text, trigger, *dates, status="occurred")
    assert (found.start, found.basis) == (dt.date(2025, 5, day), "relative")


@pytest.mark.parametrize(
    ("text", "trigger", "date"),
    [
        ("He met the minister who was appointed in 2019.", "met", "2019"),
        ("They condemned the attack after shells fell on Tuesday.", "condemned", "Tuesday"),
        ("She praised the agreement. It rained on Tuesday.", "praised", "Tuesday"),
    ],
)
def test_leaves_the_dates_of_other_clauses(
    document: Callable[..., Document], text: str, trigger: str, date: str
) -> None:
    assert date_of(document, text, trigger, date, status="occurred") == EventDate()


def test_an_occurred_event_is_not_to_come(document: Callable[..., Document]) -> None:
    text = "The ministers met on 20 May 2025."
    assert date_of(document, text, "met", "20 May 2025", status="occurred").start is None
    assert date_of(document, text, "met", "20 May 2025", status="planned").start == dt.date(2025, 5, 20)


def test_from_until_makes_a_range(document: Callable[..., Document]) -> None:
    text = "He visited Oslo from May 2 until May 4."
    found = date_of(document, text, "visited", "May 2", "May 4", status="occurred")
    assert (found.start, found.end, found.precision) == (dt.date(2025, 5, 2), dt.date(2025, 5, 4), "range")


def test_linked_dates_go_first(document: Callable[..., Document]) -> None:
    made = document(
        "It began on 1 May 2025. They met on 3 May 2025.",
        ("1 May 2025", "date", None),
        ("3 May 2025", "date", None),
        triggers=("met",),
    )
    (made,) = GroundDates()([made])
    event = made.event_mentions[0]
    assert event_date(made, event.head, event.tokens, status="occurred", linked=(0,)).mention == 0
