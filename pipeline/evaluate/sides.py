"""Gold and predicted events in one form, so that they can be compared by value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.evaluate.model import Prediction
from pipeline.evaluate.names import GoldNames
from pipeline.gold.days import value_of
from pipeline.gold.model import GoldArticle, GoldEvent
from pipeline.record import DateRecord, EventRecord


@dataclass(frozen=True, slots=True)
class EventSide:
    """One event of either side.

    `index` is its place in the article's list. `arguments` are (role, key) with the role actor or recipient; a
    predicted participant whom the gold does not know has a key of its own that begins with `?`. `countries` are the
    states of its keys. `spans` are the offsets of its triggers.
    """

    index: int
    type: str
    mode: str | None
    status: str
    date: str | None
    country: str | None
    city: str | None
    arguments: frozenset[tuple[str, str]]
    countries: Mapping[str, str | None]
    contexts: frozenset[str]
    trigger: str
    spans: tuple[tuple[int, int], ...]
    optional: frozenset[str] = frozenset()
    core: bool = True
    confidence: float = 1.0

    @property
    def label(self) -> str:
        """Type and mode as one word: `CONSULT/visit`, `AID/-`."""
        return f"{self.type}/{self.mode or '-'}"

    @property
    def keys(self) -> frozenset[str]:
        """Who takes part, in whatever role."""
        return frozenset(key for _, key in self.arguments)


@dataclass(frozen=True, slots=True)
class Sides:
    """The events of one article that can be scored: all but the negated ones."""

    gold: tuple[EventSide, ...]
    predicted: tuple[EventSide, ...]


def sides(gold: GoldArticle, prediction: Prediction, names: GoldNames) -> Sides:
    """Both sides of an article's events, without what did not happen."""
    return Sides(
        gold=tuple(_of_gold(i, e, names) for i, e in enumerate(gold.events) if e.status != "negated"),
        predicted=tuple(_of_record(i, e, names) for i, e in enumerate(prediction.events) if e.status != "negated"),
    )


def _of_gold(index: int, event: GoldEvent, names: GoldNames) -> EventSide:
    return EventSide(
        index=index,
        type=event.type,
        mode=event.mode,
        status=event.status,
        date=event.date,
        country=event.place.country,
        city=event.place.city,
        arguments=frozenset(
            {("actor", key) for key in event.actors} | {("recipient", key) for key in event.recipients}
        ),
        countries={key: names.country(key) for key in (*event.actors, *event.recipients, *event.optional)},
        contexts=frozenset(event.contexts),
        trigger=event.triggers[0].text,
        spans=tuple((trigger.start, trigger.end) for trigger in event.triggers),
        optional=frozenset(event.optional),
        core=event.core,
    )


def _of_record(index: int, event: EventRecord, names: GoldNames) -> EventSide:
    arguments = set()
    countries = {}
    for role, people in (("actor", event.actors), ("recipient", event.recipients)):
        for who in people:
            key = names.resolve(who.kind, (who.name, *(mention.text for mention in who.mentions)), who.country)
            arguments.add((role, key))
            countries[key] = who.country
    return EventSide(
        index=index,
        type=event.type,
        mode=event.mode,
        status=event.status,
        date=date_value(event.date),
        country=event.place.country,
        city=event.place.city,
        arguments=frozenset(arguments),
        countries=countries,
        contexts=frozenset(event.contexts),
        trigger=event.trigger.text,
        spans=((event.trigger.start, event.trigger.end),),
        confidence=event.confidence,
    )


def date_value(date: DateRecord) -> str | None:
    """A record's date as the labels write it; None when unknown."""
    return value_of(date.start, date.end, date.precision)
