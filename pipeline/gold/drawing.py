"""Drawings: an article as tools for marking text show it, with labelled spans, their fields, and arrows.

A mention is a mark with its label; the words that name an event are a mark with the event's type. An arrow goes from
an event's first mark to a mention of a participant. What cannot be drawn is in the head (see `head`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from pipeline.errors import CannotWrite
from pipeline.gold.head import Head, Participants, head_of
from pipeline.gold.model import GoldArticle, GoldEvent, GoldMention, GoldSpan, MentionLabel
from pipeline.gold.naming import NAMING
from pipeline.record import EventType

MENTIONS: tuple[str, ...] = get_args(MentionLabel)
EVENTS: tuple[str, ...] = get_args(EventType)
ROLES: Mapping[str, str] = {"actor": "actors", "recipient": "recipients", "optional": "optional"}
"""The labels of arrows, and the participants that they draw."""

NOBODY = "-"
"""The key of a name that names nobody in the table: an annotator has seen to it."""
NOT_CORE = "not core"
CITY = re.compile(r"[A-Z]{3}:.+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span, in code points of the text.

    Fields of a mention: `entity` (keys), `value` (of a date). Fields of an event's mark: `event` (its id), and on
    its first mark `mode`, `status`, `basis`, `date`, `city`, `country`, `facility`, `contexts` (several), `core`
    (only NOT_CORE). A field without a value is left out.
    """

    id: str
    start: int
    end: int
    label: str
    fields: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a mark to a mark; `role` is a key of ROLES."""

    role: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """An article as drawn; `head` is None when a tool gave none."""

    text: str
    marks: tuple[Mark, ...]
    arrows: tuple[Arrow, ...]
    head: Head | None


def draw(article: GoldArticle) -> Drawing:
    """The drawing of an article. Raises `CannotWrite` when two entities or events have the same key."""
    ids = [event.id for event in article.events]
    if len(set(ids)) < len(ids):
        raise CannotWrite(article.id, "two events have the same id")
    marks = [_of_mention(f"m{number}", mention) for number, mention in enumerate(article.mentions, 1)]
    if any(NOBODY in mention.entities for mention in article.mentions):
        raise CannotWrite(article.id, f"the key {NOBODY!r} stands for nobody")
    arrows: list[Arrow] = []
    missing: dict[str, Participants] = {}
    for event in article.events:
        first = len(marks)
        for number, trigger in enumerate(event.triggers):
            fields = _of_event(event) if number == 0 else {"event": [event.id]}
            marks.append(Mark(f"t{len(marks) + 1}", trigger.start, trigger.end, event.type, fields))
        rest = {}
        for role, name in ROLES.items():
            keys: list[str] = getattr(event, name)
            targets = _mentions_of(keys, event.triggers[0], article.mentions)
            arrows += [Arrow(role, marks[first].id, f"m{number + 1}") for number in targets]
            drawn = {key for number in targets for key in article.mentions[number].entities}
            rest[name] = [key for key in keys if key not in drawn]
        if any(rest.values()):
            missing[event.id] = Participants(**rest)
    return Drawing(article.text, tuple(marks), tuple(arrows), head_of(article, missing))


def _of_mention(id: str, mention: GoldMention) -> Mark:
    fields: dict[str, Sequence[str]] = {}
    if mention.entities or mention.label in NAMING:
        fields["entity"] = mention.entities or [NOBODY]
    if mention.value is not None:
        fields["value"] = [mention.value]
    return Mark(id, mention.start, mention.end, mention.label, fields)


def _of_event(event: GoldEvent) -> dict[str, Sequence[str]]:
    place = event.place
    single = {
        "event": event.id,
        "mode": event.mode,
        "status": event.status,
        "basis": event.date_basis,
        "date": event.date,
        "city": place.city,
        "country": place.country,
        "facility": place.facility,
        "core": None if event.core else NOT_CORE,
    }
    fields: dict[str, Sequence[str]] = {name: [value] for name, value in single.items() if value is not None}
    if event.contexts:
        fields["contexts"] = event.contexts
    return fields


def _mentions_of(keys: Sequence[str], trigger: GoldSpan, mentions: Sequence[GoldMention]) -> list[int]:
    """Numbers of the mentions to draw arrows to: for each key the nearest that names it alone, else one that names
    it and others of `keys`. Titles come last, cities never: an arrow to a city means its country."""

    def rank(number: int) -> tuple[bool, int, int]:
        mention = mentions[number]
        gap = max(mention.start - trigger.end, trigger.start - mention.end, 0)
        return mention.label == "TITLE", gap, number

    found: dict[int, None] = {}
    for key in keys:
        if CITY.fullmatch(key):
            continue
        alone = [number for number, mention in enumerate(mentions) if mention.entities == [key]]
        joint = [
            number
            for number, mention in enumerate(mentions)
            if key in mention.entities
            and set(mention.entities) <= set(keys)
            and not any(map(CITY.fullmatch, mention.entities))
        ]
        if candidates := alone or joint:
            found[min(candidates, key=rank)] = None
    return list(found)


def fragments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span that stand on lines of their own, without blanks around them."""
    for match in re.finditer(r"\S(?:[^\n\r]*\S)?", text[start:end]):
        yield start + match.start(), start + match.end()
