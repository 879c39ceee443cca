"""Ground dates: every date mention gets its place on the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import ClassVar

from pipeline.document import CalendarDate, Document
from pipeline.ground.expressions import read_expression
from pipeline.ground.frame import Frame
from pipeline.ground.tense import Tense, clause_tense

_NEAR = dt.timedelta(days=8)  # a relative day and the full date beside it mean one day, if no further apart


@dataclass(frozen=True, slots=True)
class GroundDates:
    """Resolves each date mention against the publication day, the text before it and its tense.

    Mentions that cannot be resolved get no `CalendarDate`.
    """

    name: ClassVar[str] = "dates"
    reads: ClassVar[frozenset[str]] = frozenset({"view", "parse", "mentions", "published"})
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
    dates: list[CalendarDate] = []
    for index in sorted(
        (i for i, mention in enumerate(document.mentions) if mention.label == "date"),
        key=lambda i: document.mentions[i].tokens,
    ):
        mention = document.mentions[index]
        tense = clause_tense(parse[mention.tokens[0] : mention.tokens[1]].root)
        found = read_expression(mention.text, _frame(document.published, dates, tense))
        if found is not None:
            dates.append(CalendarDate(index, found.start, found.end, found.precision, found.relative))
    return tuple(_spelled_out(document, dates))


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
