"""Whether events predicted with confidence c are right c of the time."""

from __future__ import annotations

from pipeline.evaluate.align import Alignment
from pipeline.evaluate.model import Tally, add

BINS = 10


def tally_calibration(alignment: Alignment) -> Tally:
    """The sums for Brier score and reliability diagram, over every predicted event that counts; right is found.

    `brier.sum` adds up the squared errors of `brier.n` predictions. `calibration@K` has those of confidence from K/10
    to below (K+1)/10, certainty in the last: `.n`, and the sums `.confidence` and `.right`.
    """
    tally: Tally = {}
    outcomes = [(pair.predicted.confidence, pair.found) for pair in alignment.pairs]
    outcomes += [(event.confidence, False) for event in alignment.extra]
    for confidence, right in outcomes:
        add(tally, "brier.sum", (confidence - right) ** 2)
        add(tally, "brier.n")
        name = f"calibration@{min(BINS - 1, int(confidence * BINS))}"
        add(tally, f"{name}.n")
        add(tally, f"{name}.confidence", confidence)
        add(tally, f"{name}.right", int(right))
    return tally
