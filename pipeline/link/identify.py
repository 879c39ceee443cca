"""Identifiers that are the same on every run: entities by what they are, events by where they stand."""

from __future__ import annotations

import datetime as dt
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


def local_id(id: str, sha256: str) -> str:
    """The id of an entity that only its article tells ("the Foreign Ministry"): of no use in another."""
    return _digest("ent", id, sha256)


def country_id(code: str) -> str:
    """The id of a state, named in an article or not."""
    return _digest("ent", "country", code)


def event_id(sha256: str, event: Event) -> str:
    """The id of an event record: the article, the trigger, the type and who takes part."""
    who = ",".join((*event.actors, ">", *event.recipients))
    return _digest("evt", sha256, str(event.trigger.start), event.type, event.mode or "", event.status, who)


def cluster_id(
    kind: tuple[str, str | None],
    days: tuple[dt.date | None, dt.date | None],
    country: str | None,
    participants: Iterable[str],
    event: str,
) -> str:
    """The id that records of one real-world event share: same type and mode, days, country and participants' ids.

    An undated event is only known to be itself, by the id of its record.
    """
    start, end = days
    if start is None or end is None:
        return _digest("evc", event)
    day = f"{start.isoformat()}/{end.isoformat()}"
    return _digest("evc", kind[0], kind[1] or "", day, country or "", *sorted(participants))
