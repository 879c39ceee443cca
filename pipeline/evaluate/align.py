"""Which predicted event is which gold event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.evaluate.normal import overlap
from pipeline.evaluate.sides import EventSide, Sides

FOUND = 0.5
"""The least agreement of participants at which an event counts as found."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A gold event and the predicted event taken for it.

    `arguments` are the predicted ones less those that are optional in the gold. `found` says whether it is the event:
    the mode agrees and at least half of the participants do.
    """

    gold: EventSide
    predicted: EventSide
    arguments: frozenset[tuple[str, str]]
    found: bool

    @property
    def exact(self) -> bool:
        """Whether the whole record is right: found, with every participant in its role, status, date and country."""
        gold, predicted = self.gold, self.predicted
        return (
            self.found
            and self.arguments == gold.arguments
            and same_status(gold, predicted)
            and (gold.date, gold.country) == (predicted.date, predicted.country)
        )


@dataclass(frozen=True, slots=True)
class Alignment:
    """The events of one article, sorted out.

    `pairs` are aligned to gold that counts, `ignored` to gold that is not core; `missed` is core gold, and `extra`
    are predictions, without a partner.
    """

    pairs: tuple[Aligned, ...]
    ignored: tuple[Aligned, ...]
    missed: tuple[EventSide, ...]
    extra: tuple[EventSide, ...]

    @property
    def found(self) -> tuple[Aligned, ...]:
        """The pairs in which the event was found."""
        return tuple(pair for pair in self.pairs if pair.found)


def align(both: Sides) -> Alignment:
    """Pair gold with predicted events of the same type, one to one, the most similar first.

    Events that share no participant are never paired. Gold that is not core is aligned too, so that what is predicted
    for it is not taken for something else.
    """
    pairs = [_aligned(g, p) for g, p in best_first(both.gold, both.predicted, _similarity)]
    taken = {pair.gold.index for pair in pairs}
    used = {pair.predicted.index for pair in pairs}
    return Alignment(
        pairs=tuple(pair for pair in pairs if pair.gold.core),
        ignored=tuple(pair for pair in pairs if not pair.gold.core),
        missed=tuple(event for event in both.gold if event.core and event.index not in taken),
        extra=tuple(event for event in both.predicted if event.index not in used),
    )


def best_first(
    golds: Sequence[EventSide],
    predicted: Sequence[EventSide],
    similarity: Callable[[EventSide, EventSide], float | None],
) -> Iterable[tuple[EventSide, EventSide]]:
    """One-to-one pairs by falling similarity, the earlier first among equals; None keeps two events apart."""
    scored = [(similarity(g, p), i, j) for i, g in enumerate(golds) for j, p in enumerate(predicted)]
    able = [(-score, i, j) for score, i, j in scored if score is not None]
    left, right = set(), set()
    for _, i, j in sorted(able):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield golds[i], predicted[j]


def agreement(gold: EventSide, predicted: EventSide) -> float:
    """F1 of who takes part, roles aside; who is optional in the gold and not asked for does not count."""
    wanted = gold.keys
    given = {key for key in predicted.keys if key in wanted or key not in gold.optional}
    return 2 * len(wanted & given) / (len(wanted) + len(given))


def same_status(gold: EventSide, predicted: EventSide) -> bool:
    """Whether the status agrees; texts seldom tell ongoing from occurred, so those two are one."""
    one, other = ("occurred" if status == "ongoing" else status for status in (gold.status, predicted.status))
    return one == other


def _similarity(gold: EventSide, predicted: EventSide) -> float | None:
    who = agreement(gold, predicted) if gold.type == predicted.type else 0.0
    if who == 0:
        return None
    return (
        who
        + 0.6 * (gold.mode == predicted.mode)
        + 0.3 * (gold.date == predicted.date)
        + 0.2 * same_status(gold, predicted)
        + 0.2 * (gold.country == predicted.country)
        + 0.3 * overlap(gold.trigger, predicted.trigger)
        + 0.05 * gold.core
    )


def _aligned(gold: EventSide, predicted: EventSide) -> Aligned:
    return Aligned(
        gold=gold,
        predicted=predicted,
        arguments=frozenset(
            (role, key)
            for role, key in predicted.arguments
            if (role, key) in gold.arguments or key not in gold.optional
        ),
        found=gold.mode == predicted.mode and agreement(gold, predicted) >= FOUND,
    )
