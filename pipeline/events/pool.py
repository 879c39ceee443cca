"""Pool: event mentions that the encoder read become drafts, each with what its mentions say together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from pipeline.document import Document, EventMention, Guess
from pipeline.events.guessed import guesses_of, linked_dates, mean
from pipeline.events.merge import HAPPENS, Draft
from pipeline.reading.decisions import Decisions

SURE = 0.5
"""Probability from which a date is that of an event."""


def pooled_drafts(document: Document, decisions: Decisions) -> list[Draft]:
    """Drafts of the events of a document, in the order of their first mention."""
    mentions = document.event_mentions
    drafts = []
    for group in _groups(mentions, decisions.joined):
        draft = _draft([mentions[n] for n in group], group, decisions)
        if draft is not None:
            drafts.append(draft)
    return _without_repeats(document, sorted(drafts, key=lambda draft: draft.mentions[0]), decisions)


def _without_repeats(document: Document, drafts: Sequence[Draft], decisions: Decisions) -> list[Draft]:
    """The drafts; one that the article tells again, with the same parties and no other day, joins the first."""
    kept: list[Draft] = []
    for draft in drafts:
        first = next((one for one in kept if _repeats(document, one, draft, decisions.alike)), None)
        if first is None:
            kept.append(draft)
        else:
            first.mentions[:] = sorted((*first.mentions, *draft.mentions))
    return kept


def _repeats(document: Document, one: Draft, other: Draft, alike: float) -> bool:
    def told(draft: Draft) -> tuple[object, ...]:
        return draft.type, draft.mode, HAPPENS[draft.status], {*draft.actors, *draft.recipients}

    if told(one) != told(other):
        return False
    pairs = [_guess(document.event_mentions[a]).same.get(b, 0.0) for a in one.mentions for b in other.mentions]
    days = [_days(document, draft) for draft in (one, other)]
    return max(pairs) >= alike and (None in days or days[0] == days[1])


def _days(document: Document, draft: Draft) -> tuple[dt.date, dt.date] | None:
    """The days that a draft is surely linked with."""
    dates = linked_dates([_guess(document.event_mentions[n]) for n in draft.mentions])
    linked = max(dates, key=lambda key: dates[key], default=None)
    if linked is None or dates[linked] < SURE:
        return None
    return next(((date.start, date.end) for date in document.dates if str(date.mention) == linked), None)


def _guess(mention: EventMention) -> Guess:
    if mention.guess is None:
        raise ValueError("the event mention was not read by an encoder")
    return mention.guess


def _groups(mentions: Sequence[EventMention], joined: float) -> list[list[int]]:
    """Triggers that name one event: average linkage, the likeliest join first, until none is likelier than `joined`."""
    groups = [[n] for n in range(len(mentions))]
    likely = np.array([[_guess(a).same.get(n, 0.0) for n in range(len(mentions))] for a in mentions])
    likely = likely.reshape(len(groups), len(groups))
    np.fill_diagonal(likely, -1.0)
    while len(groups) > 1:
        a, b = sorted(divmod(int(likely.argmax()), len(groups)))
        if likely[a, b] <= joined:
            break
        sizes = len(groups[a]), len(groups[b])
        likely[a] = likely[:, a] = np.average(likely[[a, b]], axis=0, weights=sizes)
        likely[a, a] = -1.0
        likely = np.delete(np.delete(likely, b, axis=0), b, axis=1)
        groups[a] = sorted(groups[a] + groups.pop(b))
    return groups


def _draft(mentions: Sequence[EventMention], numbers: Sequence[int], decisions: Decisions) -> Draft | None:
    """What triggers of one event say together; None when nobody takes part."""
    guesses = [_guess(mention) for mention in mentions]
    kinds = mean(guesses, lambda guess: guess.kinds)
    kind = max(kinds, key=lambda k: kinds[k])
    type_, _, mode = kind.partition("/")
    statuses = mean(guesses_of(mentions), lambda guess: guess.statuses)
    actors, recipients = _parties(guesses, decisions)
    if not actors or (mode == "visit" and not recipients):
        return None
    return Draft(type_, mode or None, max(statuses, key=lambda s: statuses[s]), actors, recipients, list(numbers))


def _parties(guesses: Sequence[Guess], decisions: Decisions) -> tuple[list[str], list[str]]:
    """Actors and recipients: who is one for some trigger likely enough."""
    best: dict[str, list[float]] = {}
    for guess in guesses:
        for key, said in guess.roles.items():
            best[key] = [max(a, b) for a, b in zip(best.get(key, (0.0, 0.0, 0.0)), said, strict=True)]
    actors = [k for k, (a, r, _) in best.items() if a >= decisions.actor and a >= r]
    recipients = [k for k, (a, r, _) in best.items() if r >= decisions.recipient and r > a]
    if not actors:
        likely = max(best, key=lambda k: best[k][0], default=None)
        if likely is not None and best[likely][0] >= decisions.least and likely not in recipients:
            actors = [likely]
    return actors, recipients
