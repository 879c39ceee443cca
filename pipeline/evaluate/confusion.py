"""Which type and mode was taken for which."""

from __future__ import annotations

from collections import Counter

from pipeline.evaluate.align import FOUND, Alignment, agreement, best_first
from pipeline.evaluate.sides import EventSide


def confusion(alignment: Alignment) -> Counter[tuple[str, str]]:
    """How often each gold `TYPE/mode` was predicted as each other; the empty word stands for no event.

    Missed gold and predictions without gold are paired, whatever their types, when half of the participants or a
    trigger's place in the text agree.
    """
    pairs = [(pair.gold.label, pair.predicted.label) for pair in alignment.pairs]
    again = list(best_first(alignment.missed, alignment.extra, _same_event))
    taken = {gold.index for gold, _ in again}
    used = {predicted.index for _, predicted in again}
    pairs += [(gold.label, predicted.label) for gold, predicted in again]
    pairs += [(gold.label, "") for gold in alignment.missed if gold.index not in taken]
    pairs += [("", predicted.label) for predicted in alignment.extra if predicted.index not in used]
    return Counter(pairs)


def _same_event(gold: EventSide, predicted: EventSide) -> float | None:
    who = agreement(gold, predicted)
    touching = any(a < d and c < b for a, b in gold.spans for c, d in predicted.spans)
    return who + touching if touching or who >= FOUND else None
