"""Identifiers that are the same on every run: entities by what they are, events by where they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pipeline.document import Entity, Event
from pipeline.names.fold import fold, name_words


def _digest(prefix: str, *parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return f"{prefix}_{digest.hexdigest()[:16]}"


def text_digest(text: str) -> str:
    """SHA-256 of a text in hex; lone surrogates are kept apart from everything else."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entity_id(entity: Entity) -> str:
    """The id of an entity: people by name however spelled, states by code, others by name and country."""
    if entity.kind == "country":
        return _digest("ent", "country", entity.country or fold(entity.name))
    if entity.kind == "person":
        return _digest("ent", "person", " ".join(name_words(entity.name)))
    return _digest("ent", entity.kind, fold(entity.name), entity.country or "")


def country_id(code: str) -> str:
    """The id of a state, named in an article or not."""
    return _digest("ent", "country", code)


def event_id(sha256: str, event: Event) -> str:
    """The id of an event record: the article, the trigger, the type and who takes part."""
    who = ",".join((*event.actors, ">", *event.recipients))
    return _digest("evt", sha256, str(event.trigger.start), event.type, event.mode or "", event.status, who)


def cluster_id(event: Event, participants: Iterable[str], event_key: str) -> str:
    """The id that records of one real-world event share: same kind, day, country and participants.

    An undated event is only known to be itself (`event_key`).
    """
    if event.date.start is None or event.date.end is None:
        return _digest("evc", event_key)
    day = f"{event.date.start.isoformat()}/{event.date.end.isoformat()}"
    return _digest("evc", event.type, event.mode or "", day, event.place.country or "", *sorted(participants))
