"""Train the dates and places of events: `python -m pipeline.train.circumstances FOLDER… [--out FILE]`.

Each FOLDER holds articles `<id>.txt` with value labels `<id>.yaml` (the form of seeds/gold). For
every event of the line that the labels have, the candidates for its date, country and city become
one choice each, and a conditional logit learns the weights of their facts. What is decided for one
event speaks for the next, so the articles are read again with the new weights, some rounds long;
the first round knows no weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from unittest.mock import patch

from pipeline.document import Document, Event, EventDate
from pipeline.events import inherit
from pipeline.events.assemble import candidates
from pipeline.events.facts import Context, Facts, T
from pipeline.gold.days import value_of
from pipeline.train.labels import LabelledArticle, overlap, pair
from pipeline.train.line import parse_command, read_until
from pipeline.train.logit import Choice, accuracy, cross_validate, fit
from pipeline.weights import write_weights

QUESTIONS = ("date", "country", "city")
ROUNDS = 3
LEAST_SEEN = 10
PENALTY = 3.0
SAME_CITY = 0.6
"""Agreement of two names of cities above which they are one."""

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that the line asked: the candidates with all their facts, and its answer's number."""

    question: str
    candidates: tuple[Any, ...]
    facts: tuple[frozenset[str], ...]
    answer: int


@dataclass(slots=True)
class Listener:
    """Stands for `pipeline.events.choice.scores_of`: answers with the weights in training, takes down what is asked.

    `words` gathers the words and cues with which facts were read.
    """

    weights: Weights
    asked: list[Asked] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    def __call__(self, question: str, facts: Facts[T], context: Context) -> dict[T, float]:
        offered, spelled = zip(*((item, spell(names, context)) for item, names in facts), strict=True)
        weights = self.weights[question]
        scores = [round(sum(weights.get(name, 0.0) for name in sorted(found)), 6) for found in spelled]
        answer = max(range(len(scores)), key=scores.__getitem__)
        self.asked.append(Asked(question, offered, spelled, answer))
        self.words |= context.some
        return dict(zip(offered, scores, strict=True))


def spell(names: Iterable[str], context: Context) -> frozenset[str]:
    """Facts as the file of weights names them: each by itself and with what it is read with."""
    found = set()
    for name in names:
        found.add(name)
        found.update(f"{name} | {other}" for other in context.every)
        if name in context.only:
            found.update(f"{name} | {other}" for other in context.some)
    return frozenset(found)


def date_value(date: EventDate) -> str | None:
    """A date as labels write it; None when unknown."""
    return value_of(date.start, date.end, date.precision)


def nearness(gold: Mapping[str, Any], event: Event) -> float:
    """What beside participants and mode tells which of several like events a label means."""
    same_date = _wanted(gold, "date") == date_value(event.date)
    same_country = _wanted(gold, "country") == event.place.country
    return 0.3 * same_date + 0.2 * same_country + 0.2 * bool(gold["status"] == event.status)


def _wanted(gold: Mapping[str, Any], question: str) -> str | None:
    value = gold.get("date") if question == "date" else (gold.get("place") or {}).get(question)
    return None if value is None else str(value)


def is_right(question: str, candidate: Any, gold: Mapping[str, Any]) -> bool:
    """Whether a candidate is what the label has."""
    wanted = _wanted(gold, question)
    if question == "date":
        return date_value(candidate) == wanted
    if question == "city" and wanted is not None and candidate is not None:
        return overlap(wanted, candidate) > SAME_CITY
    return bool(candidate == wanted)


def by_event(asked: Sequence[Asked], events: int) -> list[dict[str, Asked]]:
    """The questions of each event: all dates are asked first, then country and city event by event."""
    found: list[dict[str, Asked]] = [{"date": date} for date in asked[:events]]
    n = -1
    for item in asked[events:]:
        n += item.question == "country"
        found[n][item.question] = item
    return found


def choices_of(
    article: int, document: Document, label: Mapping[str, Any], listener: Listener
) -> list[tuple[str, Choice]]:
    """What one article teaches: a choice for each question about an event that the labels have.

    Events that no one must find (`core: false`) teach half and are not measured. A city is only
    asked where the country is right, and only measured where there is one.
    """
    listener.asked.clear()
    with patch.object(inherit, "scores_of", listener):
        events = [candidate.event for candidate in candidates(document)]
    questions = by_event(listener.asked, len(events))
    found = []
    for gold, n, same in pair(document, events, label, nearness=nearness):
        if not same:
            continue
        for question, asked in questions[n].items():
            if question == "city" and (events[n].place.country != _wanted(gold, "country")):
                continue
            right = [is_right(question, candidate, gold) for candidate in asked.candidates]
            choice = Choice(
                article,
                tuple(dict.fromkeys(sorted(facts), 1.0) for facts in asked.facts),
                right.index(True) if True in right else None,
                weight=1.0 if gold["core"] else 0.5,
                measured=gold["core"] and (question != "city" or _wanted(gold, "city") is not None),
            )
            found.append((question, choice))
    return found


def collect(
    documents: Sequence[tuple[LabelledArticle, Document]], weights: Weights
) -> tuple[dict[str, list[Choice]], frozenset[str]]:
    """All choices by question, decided with `weights`, and the words and cues that facts were read with."""
    found: dict[str, list[Choice]] = {question: [] for question in QUESTIONS}
    listener = Listener(weights)
    for number, (item, document) in enumerate(documents):
        for question, choice in choices_of(number, document, item.label, listener):
            found[question].append(choice)
    return found, frozenset(listener.words)


def penalty_of(fact: str, *, words: frozenset[str]) -> float:
    """The L2 penalty of a fact: twice as much when read with a kind or status of event, six times with a word."""
    companion = fact.partition(" | ")[2]
    return PENALTY * (1 if not companion else 6 if companion in words else 2)


def train(
    documents: Sequence[tuple[LabelledArticle, Document]], *, rounds: int = ROUNDS
) -> dict[str, dict[str, float]]:
    """Weights by question and fact; prints what cross-validation says of the last round."""
    weights: dict[str, dict[str, float]] = {question: {} for question in QUESTIONS}
    for number in range(1, rounds + 1):
        found, words = collect(documents, weights)
        penalty = partial(penalty_of, words=words)
        for question, choices in found.items():
            weights[question] = fit(choices, penalty=penalty, least_seen=LEAST_SEEN)
            ok, count = accuracy(choices, weights[question])
            print(f"round {number} {question}: {len(choices)} choices, {ok / max(count, 1):.3f} of {count} right")
            if number == rounds:
                share = cross_validate(choices, penalty=penalty, least_seen=LEAST_SEEN)
                print(f"  cross-validated {share:.3f}")
    return weights


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the weights."""
    given = parse_command(__doc__, "circumstances", arguments)
    weights = train(read_until("assemble", given.gold))
    kept = {
        question: {name: round(weight, 2) for name, weight in sorted(found.items()) if abs(weight) >= 0.03}
        for question, found in weights.items()
    }
    write_weights(given.out, kept, {"questions": sorted(kept)})
    print(f"{sum(map(len, kept.values()))} weights -> {given.out}")


if __name__ == "__main__":
    main()
