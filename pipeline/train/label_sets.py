"""The labels that a model is trained with: those of the contract, of gold/1, and of the parses that it learns from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from pipeline.reading.labels import Labels
from pipeline.record import MODES, EventType, Status
from pipeline.train.examples import Example

MENTIONS = ("PER", "TITLE", "ORG", "GPE", "LOC", "NORP", "FAC", "NEV", "DOC", "DATE", "NOM")
ROLES = ("actor", "recipient", "optional", "date", "country", "city")
LINKS = ("holder", "giver", "antecedent")


def label_sets(examples: Iterable[Example]) -> Labels:
    """The labels for these examples; parts of speech, arcs and contexts are those that occur in them."""
    tags, classes, arcs, contexts = (set[str]() for _ in range(4))
    for example in examples:
        tags.update(example.tags)
        classes.update(example.classes)
        arcs.update(example.arcs)
        contexts.update(c for event in example.events for c in event.contexts)
    kinds = [
        kind for name in get_args(EventType) for kind in (name, *(f"{name}/{m}" for m in sorted(MODES.get(name, ()))))
    ]
    return Labels(
        mentions=MENTIONS,
        kinds=tuple(kinds),
        statuses=get_args(Status),
        bases=("explicit", "relative", "publication", "none"),
        contexts=tuple(sorted(contexts)),
        roles=ROLES,
        links=LINKS,
        tags=tuple(sorted(tags)),
        classes=tuple(sorted(classes)),
        arcs=tuple(sorted(arcs)),
    )
