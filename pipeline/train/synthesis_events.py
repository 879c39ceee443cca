"""Events of a synthesised article: what its sentences have told of each, and the gold of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from pipeline.gold.model import GoldEvent, GoldPlace
from pipeline.train.synthesis_days import Day, When
from pipeline.train.synthesis_syntax import EventPlan

FRESH = (None, "today", "recent", "span")
"""Days near publication, which a reader takes for it when the text does not name them."""


@dataclass(slots=True)
class EventState:
    """An event as far as it was told."""

    id: str
    plan: EventPlan
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    optional: tuple[str, ...]
    place: str | None
    day: Day | None
    when: When | None = None
    asked: bool = False
    city: str | None = None
    facility: str | None = None
    contexts: set[str] = field(default_factory=set)
    follows: EventState | None = None


def gold_event(
    state: EventState,
    triggers: list[dict[str, Any]],
    *,
    published: dt.date | None,
    named: Container[str],
) -> GoldEvent:
    """The gold of an event with its triggers.

    `named` are the keys of people, organisations and countries that the text names: others are left out of `optional`.
    Raises `ValueError` for an actor or recipient whom the text does not name.
    """
    taken = {*state.actors, *state.recipients}
    for key in sorted(taken):
        if key not in named:
            raise ValueError(f"{state.plan}: {key} takes part and is not named")
    date, basis = _date(state, published)
    told = state.when is not None or state.city is not None
    return GoldEvent.model_validate(
        {
            "id": state.id,
            "type": state.plan.type,
            "mode": state.plan.mode,
            "status": state.plan.status,
            "date": date,
            "date_basis": basis,
            "place": _place(state),
            "actors": state.actors,
            "recipients": state.recipients,
            "optional": [key for key in state.optional if key not in taken and key in named],
            "contexts": [*state.plan.contexts, *state.contexts],
            "triggers": triggers,
            "core": state.plan.core and (told or not state.plan.background),
        }
    )


def goes_along(state: EventState, main: EventState) -> bool:
    """Did the event happen in the course of the main one, with nothing said of its own day?"""
    if state.plan.day is not None or state.plan.background or state.plan.status not in ("occurred", "negated"):
        return False
    occasion = main.plan.type == "CONSULT" or main.plan.mode == "sign"
    return occasion and main.plan.status != "hypothetical" and {*state.actors} <= {*main.actors, *main.recipients}


def _date(state: EventState, published: dt.date | None) -> tuple[str | None, str]:
    if state.when is not None:
        return state.when.value, state.when.basis
    if state.follows is not None:
        return _date(state.follows, published)
    fresh = state.plan.day in FRESH and not state.plan.background
    if published is not None and fresh and state.plan.status in ("occurred", "ongoing", "negated"):
        return published.isoformat(), "publication"
    return None, "none"


def _place(state: EventState) -> GoldPlace:
    if state.follows is not None and state.plan.place is None and state.city is None and state.facility is None:
        return _place(state.follows)
    known = state.place if state.plan.known or state.city or state.facility else None
    city = state.city
    if city is None and known is not None and state.follows is not None and state.follows.place == known:
        city = state.follows.city
    return GoldPlace(city=city, country=known, facility=state.facility)
