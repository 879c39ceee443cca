"""Ground dates: every date mention gets its place on the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import ClassVar

from pipeline.document import CalendarDate, Document, Status
from pipeline.ground.expressions import read_expression
from pipeline.ground.frame import Frame
from pipeline.ground.tense import Tense, clause_tense

_NEAR = dt.timedelta(days=8)  # a relative day and the full date beside it mean one day, if no further apart
_LINKED = 0.3  # probability from which an event that the encoder links with a date tells its tense
_TENSES: Mapping[Status, Tense] = {"occurred": "past", "ongoing": "past", "planned": "future"}


@dataclass(frozen=True, slots=True)
class GroundDates:
    """Resolves each date mention against the publication day, the text before it and its tense.

    The tense is that of the event which the encoder links with the date, else that of its clause. Mentions that cannot
    be resolved get no `CalendarDate`.
    """

    name: ClassVar[str] = "dates"
    reads: ClassVar[frozenset[str]] = frozenset({"view", "parse", "mentions", "published", "event_mentions"})
    writes: ClassVar[frozenset[str]] = frozenset({"dates"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [replace(document, dates=ground_dates(document)) for document in documents]


def ground_dates(document: Document) -> tuple[CalendarDate, ...]:
    """The calendar dates of a document's date mentions, in text order.

    "The same day", "a week later" and their like count from the day the text named last before them.
    """
    parse = document.parse
    if parse is None:
        return ()
    told = _told_tenses(document)
    dates: list[CalendarDate] = []
    for index in sorted(
        (i for i, mention in enumerate(document.mentions) if mention.label == "date"),
        key=lambda i: document.mentions[i].tokens,
    ):
        mention = document.mentions[index]
        tense = told.get(index) or clause_tense(parse[mention.tokens[0] : mention.tokens[1]].root)
        found = read_expression(mention.text, _frame(document.published, dates, tense))
        if found is not None:
            dates.append(CalendarDate(index, found.start, found.end, found.precision, found.relative))
    return tuple(_spelled_out(document, dates))


def _told_tenses(document: Document) -> dict[int, Tense]:
    """By number of a date mention, the tense of the event that the encoder surely links with it."""
    found: dict[int, tuple[float, Tense | None]] = {}
    for event in document.event_mentions:
        if event.guess is not None:
            for mention, likely in event.guess.dates.items():
                if likely > max(_LINKED, found.get(mention, (0.0,))[0]):
                    found[mention] = likely, _TENSES.get(event.status)
    return {mention: tense for mention, (_, tense) in found.items() if tense is not None}


def _spelled_out(document: Document, dates: Sequence[CalendarDate]) -> Iterator[CalendarDate]:
    """The dates, each relative day taking the value of the full date that follows it: "today, December 15, 2021"."""
    parse = document.parse
    for date, after in zip_longest(dates, dates[1:]):
        if parse is not None and after is not None and date.relative and date.precision == "day":
            end, start = document.mentions[date.mention].tokens[1], document.mentions[after.mention].tokens[0]
            apart = [token.lower_ for token in parse[end:start]]
            full = after.precision == "day" and not after.relative
            if full and apart in ([], [","], ["("], ["on"], [",", "on"]) and abs(after.start - date.start) <= _NEAR:
                yield replace(date, start=after.start, end=after.end)
                continue
        yield date


def _frame(published: dt.date | None, before: Sequence[CalendarDate], tense: Tense | None) -> Frame:
    """What the next expression may count from; one about the past counts from no day to come."""
    last = [date for date in before if tense != "past" or published is None or date.start <= published]
    anchor = next((date.start for date in reversed(last) if date.precision == "day"), None)
    return Frame(published, anchor, last[-1].start if last else None, tense)
