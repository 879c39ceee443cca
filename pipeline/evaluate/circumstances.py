"""Status, date, place and contexts of the events that were found."""

from __future__ import annotations

from pipeline.evaluate.align import Aligned, Alignment, same_status
from pipeline.evaluate.model import Tally, add, count
from pipeline.evaluate.normal import overlap

SAME_CITY = 0.6
"""Cities whose names have more than this of their words in common are one."""


def tally_circumstances(alignment: Alignment) -> Tally:
    """The rates `status`, `date`, `country` and `city`, and the counts of `contexts`, over the events found.

    A city is asked for only where the gold names one.
    """
    tally: Tally = {}
    for pair in alignment.found:
        gold, predicted = pair.gold, pair.predicted
        _rate(tally, "status", same_status(gold, predicted))
        _rate(tally, "date", gold.date == predicted.date)
        _rate(tally, "country", gold.country == predicted.country)
        if gold.city:
            _rate(tally, "city", same_city(pair))
        count(
            tally,
            "contexts",
            right=len(gold.contexts & predicted.contexts),
            predicted=len(predicted.contexts),
            gold=len(gold.contexts),
        )
    return tally


def same_city(pair: Aligned) -> bool:
    """Whether gold and predicted event name the same city."""
    return overlap(pair.gold.city or "", pair.predicted.city or "") > SAME_CITY


def _rate(tally: Tally, name: str, ok: bool) -> None:
    add(tally, f"{name}.ok", int(ok))
    add(tally, f"{name}.n")
