"""The date, country and city of an event, from what the rules and the encoder say together.

Both give every candidate a probability; the likeliest by the product of the two is taken (a product of experts, the
rules' with an exponent from reading.toml).
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from pipeline.data import table
from pipeline.document import Basis, Document, EventDate, EventMention, Guess

NOWHERE = ""
"""Stands for: the text names none."""
LEAST = 0.02
"""Probability that the encoder leaves to every candidate."""

K = TypeVar("K", bound=Hashable)
Days = tuple[dt.date | None, dt.date | None]


def guesses_of(mentions: Sequence[EventMention]) -> list[Guess]:
    """The guesses of event mentions, those of the headline only where there are no others."""
    body = [m.guess for m in mentions if m.guess is not None and "headline" not in m.cues]
    return body or [m.guess for m in mentions if m.guess is not None]


def mean(guesses: Sequence[Guess], what: Callable[[Guess], Mapping[str, float]]) -> dict[str, float]:
    """Mean probabilities, the guesses weighted by those of their triggers."""
    found: dict[str, float] = defaultdict(float)
    whole = sum(guess.probability for guess in guesses)
    for guess in guesses:
        for key, value in what(guess).items():
            found[key] += value * guess.probability / whole
    return dict(found)


def pooled(guesses: Sequence[Guess], what: Callable[[Guess], Mapping[str, float]]) -> dict[str, float]:
    """Mean probabilities; what is left over stands under `NOWHERE`."""
    found = mean(guesses, what)
    return {**found, NOWHERE: max(0.0, 1.0 - sum(found.values()))}


def linked_dates(guesses: Sequence[Guess]) -> dict[str, float]:
    """By number of a date mention, how probable it is that it dates the event."""
    return mean(guesses, lambda guess: {str(n): p for n, p in guess.dates.items()})


def joined(question: str, ruled: Mapping[K, float], read: Mapping[K, float]) -> K:
    """The likeliest candidate: what its facts weigh, and the log of the probability that the encoder gives it."""
    weight = float(table("reading")["circumstances"][question])
    lowest = min(ruled.values(), default=0.0)

    def total(candidate: K) -> float:
        return weight * ruled.get(candidate, lowest) + math.log(max(read.get(candidate, 0.0), LEAST))

    return max((*ruled, *(candidate for candidate in read if candidate not in ruled)), key=total)


def guessed_date(document: Document, mentions: Sequence[EventMention], ruled: Mapping[EventDate, float]) -> EventDate:
    """The likeliest date of an event; `ruled` are the candidates of the rules with what their facts weigh."""
    guesses = guesses_of(mentions)
    if not guesses:
        return max(ruled, key=lambda date: ruled[date])
    read = _read_dates(document, guesses)
    dates: dict[Days, EventDate] = {}
    for date in (*ruled, *read):
        if date.mention is not None or _days(date) not in dates:
            dates[_days(date)] = date
    return dates[joined("date", _by_days(ruled), _by_days(read))]


def _days(date: EventDate) -> Days:
    return date.start, date.end


def _by_days(values: Mapping[EventDate, float]) -> dict[Days, float]:
    """The highest value of each day or range."""
    found: dict[Days, float] = {}
    for date, value in values.items():
        found[_days(date)] = max(value, found.get(_days(date), value))
    return found


def _read_dates(document: Document, guesses: Sequence[Guess]) -> dict[EventDate, float]:
    """The dates that the encoder sees for an event, with how probable they are."""
    bases = pooled(guesses, lambda guess: guess.bases)
    linked = linked_dates(guesses)
    said = bases.get("explicit", 0.0) + bases.get("relative", 0.0)
    chances = {mention: p * (said + p) / 2 for mention, p in linked.items()}
    found: dict[EventDate, float] = {}
    published = bases.get("publication", 0.0)
    if document.published is not None:
        found[EventDate(document.published, document.published, "day", "publication")] = published
        published = 0.0
    for day in document.dates:
        if probability := chances.pop(str(day.mention), 0.0):
            basis: Basis = "relative" if day.relative else "explicit"
            found[EventDate(day.start, day.end, day.precision, basis, day.mention)] = probability
    # an event on the day of publication, or on a Friday, has no date as long as nobody knows what day that is
    found[EventDate()] = bases.get("none", 0.0) + published + sum(chances.values())
    return found


def guessed_country(mentions: Sequence[EventMention], ruled: Mapping[str | None, float]) -> str | None:
    """The likeliest country of an event, None for none; `ruled` is as for dates."""
    guesses = guesses_of(mentions)
    if not guesses:
        return max(ruled, key=lambda country: ruled[country])
    countries = pooled(guesses, lambda guess: guess.countries)
    return joined("country", ruled, {code or None: p for code, p in countries.items()})


def guessed_city(
    mentions: Sequence[EventMention], names: Mapping[str, str], ruled: Mapping[str | None, float]
) -> str | None:
    """The likeliest city of an event; `names` are those of the entities that cities are."""
    guesses = guesses_of(mentions)
    if not guesses:
        return max(ruled, key=lambda city: ruled[city])
    read: dict[str | None, float] = defaultdict(float)
    for key, probability in pooled(guesses, lambda guess: guess.cities).items():
        read[names.get(key)] += probability
    return joined("city", ruled, read)
