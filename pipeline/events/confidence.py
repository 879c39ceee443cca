"""Confidence: the calibrated probability that a draft is an event the text reports.

A logistic regression over facts about the draft (lexicon lines, participants, status, cues),
weights in models/, trained by `pipeline.train.confidence`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from pipeline.document import Document, EventDate, EventMention, Place
from pipeline.events.merge import Draft, World
from pipeline.weights import weights

LEAST = 0.25
"""From which confidence events of the baseline are worth writing."""


def best_mention(document: Document, draft: Draft) -> EventMention:
    """The mention that says most about an event: in the body, with the most participants."""
    mentions = [document.event_mentions[i] for i in draft.mentions]
    return max(mentions, key=lambda m: ("headline" not in m.cues, len(m.actors) + len(m.recipients), -m.head))


def features(document: Document, world: World, draft: Draft, date: EventDate, place: Place) -> frozenset[str]:
    """The facts about a draft that its confidence rests on, as names of binary features."""
    mentions = [document.event_mentions[i] for i in draft.mentions]
    best = best_mention(document, draft)
    people = sum(world.is_person(k) for k in draft.everyone())
    states = sum(world.is_state(k) for k in draft.everyone())
    bodies = len(draft.everyone()) - people - states
    sides = len({world.state(k) or k for k in draft.everyone()})
    sentence = world.sentence.get(best.head, 0)
    found = {
        "bias",
        f"type={draft.type}",
        f"mode={draft.type}/{draft.mode}",
        f"word={best.frame.rsplit(':', 1)[0]}",
        f"lemma={best.word}",
        f"status={draft.status}",
        f"status={draft.status} {draft.type}",
        f"people={min(people, 3)}",
        f"people={min(people, 2)} {draft.type}/{draft.mode}",
        f"states={min(states, 3)}",
        f"bodies={min(bodies, 2)}",
        f"sides={min(sides, 3)}",
        f"sides={min(sides, 3)} {draft.type}/{draft.mode}",
        f"actors={min(len(draft.actors), 3)} recipients={min(len(draft.recipients), 2)}",
        f"recipients={min(len(draft.recipients), 1)} {draft.type}/{draft.mode}",
        f"mentions={min(len(mentions), 4)}",
        f"sentence={min(sentence, 3)}",
        f"basis={date.basis}",
        f"place={'city' if place.city else 'country' if place.country else 'none'}",
    }
    for cue in best.cues:
        found.add(f"cue={cue}")
        if cue in ("attitude", "quoted", "plural", "definite", "bare", "indefinite", "past perfect", "headline"):
            found.add(f"cue={cue} {draft.type}/{draft.mode}")
    if all("headline" in m.cues for m in mentions):
        found.add("headline only")
    if any("verb" in m.cues for m in mentions):
        found.add("some verb")
    if date.start is not None and document.published is not None:
        days = (document.published - date.start).days
        found.add("age=" + ("future" if days < 0 else "fresh" if days <= 7 else "month" if days <= 45 else "old"))
    return frozenset(found)


def probability(found: Iterable[str]) -> float:
    """The probability for a set of features; features the model does not know count for nothing."""
    known = weights("confidence")
    score = math.fsum(known.get(name, 0.0) for name in sorted(found))
    return logistic(score)


def logistic(score: float) -> float:
    """The probability for log odds."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
