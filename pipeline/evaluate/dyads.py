"""Which states have to do with each other, by type of event."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from pipeline.evaluate.model import Tally, count
from pipeline.evaluate.sides import EventSide, Sides

Dyad = tuple[str, str, str]

MOST_STATES = 4
"""Gatherings of more states than this make no pairs."""


def tally_dyads(both: Sides) -> Tally:
    """The counts of `dyads`: type and unordered pair of states, each counted once an article.

    Gold is what the core events say. What other gold events or optional participants would add is not held against
    a prediction.
    """
    gold = _dyads((event for event in both.gold if event.core), optional=False)
    allowed = _dyads(both.gold, optional=True) - gold
    predicted = _dyads(both.predicted, optional=False)
    tally: Tally = {}
    count(tally, "dyads", right=len(gold & predicted), predicted=len(predicted - allowed), gold=len(gold))
    return tally


def _dyads(events: Iterable[EventSide], *, optional: bool) -> set[Dyad]:
    """Actors with recipients, or where there are none, actors among themselves; optional ones are both."""
    found: set[Dyad] = set()
    for event in events:
        either = event.optional if optional else frozenset()
        actors = _states(event, either | {key for role, key in event.arguments if role == "actor"})
        recipients = _states(event, either | {key for role, key in event.arguments if role == "recipient"})
        if len(actors | recipients) > MOST_STATES:
            continue
        pairs = itertools.product(actors, recipients) if recipients else itertools.combinations(actors, 2)
        found |= {(event.type, min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    return found


def _states(event: EventSide, keys: Iterable[str]) -> set[str]:
    return {state for key in keys if (state := event.countries[key]) is not None}
