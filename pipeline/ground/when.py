"""The date of an event: the one its own clause gives."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.background import is_background
from pipeline.data import table
from pipeline.document import Basis, CalendarDate, Document, EventDate
from pipeline.ground.clause import FAR, clause_distance

_REACH = 13  # further off, a date is of the report or of another clause
_BOUND = 3  # "since 2020" tells an event's date only when nothing better does
_UNKNOWN = EventDate()


def event_date(
    document: Document, head: int, tokens: tuple[int, int], *, status: str, linked: Sequence[int] = ()
) -> EventDate:
    """The date that the clause of a trigger gives, or an `EventDate` of basis "none".

    `head` is the trigger's head token, `tokens` its half-open token range, `linked` indices of date
    mentions already known to be the event's own; they go first. A date nearer in the dependency
    tree wins, then the one nearer in the text. Dates at odds with the status (an occurred event
    after the publication day, a planned one before it) and those of the background are passed over.
    """
    parse = document.parse
    if parse is None or not document.dates:
        return _UNKNOWN
    trigger = parse[head]
    sentence = trigger.sent
    others = {mention.head for mention in document.event_mentions} - {head}
    best: tuple[int, int] = (FAR, FAR)
    chosen: CalendarDate | None = None
    for date in document.dates:
        start, end = document.mentions[date.mention].tokens
        if date.mention in linked:
            rank = (-1, abs(start - head))
        elif not sentence.start <= start < sentence.end or not _fits(date, document, status):
            continue
        else:
            root = parse[start:end].root
            if is_background(root, start, head=head):
                continue
            bound = _BOUND if root.head.lower_ in table("clauses")["bounds"] else 0
            rank = (
                clause_distance(root, trigger, trigger=range(*tokens), others=others) + bound,
                min(abs(start - tokens[1]), abs(tokens[0] - end)),
            )
        if rank[0] < _REACH and rank < best:
            best, chosen = rank, date
    return _UNKNOWN if chosen is None else _event_date(chosen, document)


def _fits(date: CalendarDate, document: Document, status: str) -> bool:
    """Whether a date may be that of an event of some status, by the publication day."""
    if document.published is None:
        return True
    if status in ("occurred", "ongoing"):
        return date.start <= document.published
    return status != "planned" or date.end >= document.published


def _event_date(date: CalendarDate, document: Document) -> EventDate:
    """The date, drawn out to a second one in "from Tuesday until Friday" and "between 3 and 6 May"."""
    basis: Basis = "relative" if date.relative else "explicit"
    parse = document.parse
    start, end = document.mentions[date.mention].tokens
    if parse is not None and start > 0 and parse[start - 1].lower_ in ("from", "between"):
        for other in document.dates:
            first = document.mentions[other.mention].tokens[0]
            if (
                first == end + 1
                and parse[end].lower_ in ("until", "till", "to", "and", "through")
                and other.end > date.end
            ):
                return EventDate(date.start, other.end, "range", basis, date.mention)
    return EventDate(date.start, date.end, date.precision, basis, date.mention)
