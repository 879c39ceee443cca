"""Events found, records right in everything, and participants in their roles."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluate.align import Aligned, Alignment, same_status
from pipeline.evaluate.circumstances import same_city
from pipeline.evaluate.model import EventPair, Tally, Verdict, count
from pipeline.evaluate.sides import EventSide, Sides

Arguments = frozenset[tuple[str, str]]


def tally_events(alignment: Alignment) -> Tally:
    """The counts of `events`, `records` and `arguments`, also by type, type and mode, and role."""
    tally: Tally = {}
    for pair in alignment.pairs:
        _count_event(tally, pair.gold, gold=1, found=pair.found, exact=pair.exact)
        _count_event(tally, pair.predicted, predicted=1)
        _count_arguments(tally, pair.gold.arguments, pair.arguments)
    for event in alignment.missed:
        _count_event(tally, event, gold=1)
        _count_arguments(tally, event.arguments, frozenset())
    for event in alignment.extra:
        _count_event(tally, event, predicted=1)
        _count_arguments(tally, frozenset(), event.arguments)
    return tally


def event_pairs(both: Sides, alignment: Alignment, golds: int, predictions: int) -> tuple[EventPair, ...]:
    """What became of every event: of the `golds` labelled and the `predictions` made, each stands in one pair.

    Gold comes first, in its order, then what was predicted without gold. Ignored are gold that is not core, with
    what is aligned to it, and everything negated.
    """
    of_gold = {event.index: EventPair(event.index, None, "missed") for event in alignment.missed}
    for pair in alignment.pairs:
        verdict: Verdict = "right" if pair.exact else "partly" if pair.found else "wrong"
        of_gold[pair.gold.index] = EventPair(pair.gold.index, pair.predicted.index, verdict, tuple(_differences(pair)))
    for pair in alignment.ignored:
        of_gold[pair.gold.index] = EventPair(
            pair.gold.index, pair.predicted.index, "ignored", tuple(_differences(pair))
        )
    partners = {pair.predicted for pair in of_gold.values()}
    extra = {event.index for event in alignment.extra}
    return (
        *(of_gold.get(index, EventPair(index, None, "ignored")) for index in range(golds)),
        *(
            EventPair(None, index, "extra" if index in extra else "ignored")
            for index in range(predictions)
            if index not in partners
        ),
    )


def _differences(pair: Aligned) -> Iterator[str]:
    gold, predicted = pair.gold, pair.predicted
    if gold.mode != predicted.mode:
        yield "mode"
    if gold.arguments != pair.arguments:
        yield "participants"
    if not same_status(gold, predicted):
        yield "status"
    if gold.date != predicted.date:
        yield "date"
    if gold.country != predicted.country:
        yield "country"
    if gold.city and not same_city(pair):
        yield "city"
    if gold.contexts != predicted.contexts:
        yield "contexts"


def _count_event(
    tally: Tally, event: EventSide, *, gold: int = 0, predicted: int = 0, found: bool = False, exact: bool = False
) -> None:
    for name, right in (("events", found), ("records", exact)):
        for figure in (name, f"{name}@{event.type}", f"{name}@{event.label}"):
            count(tally, figure, right=int(right), predicted=predicted, gold=gold)


def _count_arguments(tally: Tally, gold: Arguments, predicted: Arguments) -> None:
    count(tally, "arguments", right=len(gold & predicted), predicted=len(predicted), gold=len(gold))
    for role in ("actor", "recipient"):
        wanted, given = (frozenset(a for a in side if a[0] == role) for side in (gold, predicted))
        count(tally, f"arguments@{role}", right=len(wanted & given), predicted=len(given), gold=len(wanted))
