"""Events as a report shows them, gold and predicted ones in the same form."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.data import countries
from pipeline.evaluate.report import EventSketch
from pipeline.evaluate.sides import date_value
from pipeline.gold.model import GoldArticle, GoldEvent
from pipeline.record import EventRecord, Participant, SpanRecord


def gold_sketch(event: GoldEvent, article: GoldArticle) -> EventSketch:
    """A gold event of the article."""
    trigger = event.triggers[0]
    return EventSketch(
        id=event.id,
        type=event.type,
        mode=event.mode,
        status=event.status,
        date=event.date,
        country=event.place.country,
        city=event.place.city,
        actors=_gold_names(event.actors, article),
        recipients=_gold_names(event.recipients, article),
        optional=_gold_names(event.optional, article),
        contexts=event.contexts,
        trigger=SpanRecord(text=trigger.text, start=trigger.start, end=trigger.end),
        core=event.core,
    )


def predicted_sketch(event: EventRecord) -> EventSketch:
    """A predicted event."""
    return EventSketch(
        id=event.id,
        type=event.type,
        mode=event.mode,
        status=event.status,
        date=date_value(event.date),
        country=event.place.country,
        city=event.place.city,
        actors=_predicted_names(event.actors),
        recipients=_predicted_names(event.recipients),
        contexts=event.contexts,
        trigger=event.trigger,
        confidence=event.confidence,
    )


def _gold_names(keys: Iterable[str], article: GoldArticle) -> list[str]:
    states = {
        relation.subject: relation.object
        for relation in reversed(article.relations)
        if relation.type in ("holds_position", "represents") and relation.object in countries()
    }
    names = []
    for key in keys:
        entity = article.entity(key)
        if entity is None:
            names.append(_with(countries()[key].name, key) if key in countries() else key)
        else:
            names.append(_with(entity.name, entity.country or states.get(key)))
    return names


def _predicted_names(participants: Iterable[Participant]) -> list[str]:
    return [_with(who.name, who.country) for who in participants]


def _with(name: str, country: str | None) -> str:
    return f"{name} ({country})" if country else name
