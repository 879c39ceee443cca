"""The date, country and city that the encoder links an event with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from pipeline.document import Basis, Document, EventDate, EventMention, Guess
from pipeline.document import CalendarDate as Day

NOWHERE = ""
"""Stands for: the text names none."""


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


def guessed_date(
    document: Document, mentions: Sequence[EventMention], *, otherwise: Callable[[], EventDate]
) -> EventDate:
    """The likeliest date of an event; `otherwise` where the text is said to date it but no mention is linked."""
    guesses = guesses_of(mentions)
    if not guesses:
        return otherwise()
    bases = pooled(guesses, lambda guess: guess.bases)
    dates = pooled(guesses, lambda guess: {str(n): p for n, p in guess.dates.items()})
    days = {str(date.mention): date for date in document.dates}
    said = bases.get("explicit", 0.0) + bases.get("relative", 0.0)
    linked = max((key for key in dates if key in days), key=lambda key: dates[key], default=None)
    if linked is not None and dates[linked] * (said + dates[linked]) / 2 > max(
        bases.get("publication", 0.0), bases.get("none", 0.0)
    ) * (1 - dates[linked]):
        return _of(days[linked])
    if bases.get("publication", 0.0) >= max(said, bases.get("none", 0.0)) and document.published is not None:
        return EventDate(document.published, document.published, "day", "publication")
    if bases.get("none", 0.0) >= said:
        return EventDate()
    return otherwise()


def _of(day: Day) -> EventDate:
    basis: Basis = "relative" if day.relative else "explicit"
    return EventDate(day.start, day.end, day.precision, basis, day.mention)


def guessed_place(
    mentions: Sequence[EventMention],
    names: Mapping[str, str],
    *,
    otherwise: Callable[[], tuple[str | None, str | None]],
) -> tuple[str | None, str | None]:
    """The likeliest country and city of an event; `names` are those of the entities that cities are."""
    guesses = guesses_of(mentions)
    if not guesses:
        return otherwise()
    countries = pooled(guesses, lambda guess: guess.countries)
    cities = pooled(guesses, lambda guess: guess.cities)
    country = max(countries, key=lambda key: countries[key])
    city = max(cities, key=lambda key: cities[key])
    return country or None, (names.get(city) if city else None)
