"""Which type and mode was taken for which."""

from __future__ import annotations

from collections import Counter

from hypothesis import given

from pipeline.evaluate.confusion import confusion
from pipeline.evaluate.events import tally_events
from pipeline.gold.model import GoldArticle
from tests.evaluate.planting import Lines, Mistake, at, nobody, trip, without
from tests.evaluate.sorting import aligned
from tests.golds import articles

VISIT, MEETING, PRAISE = "CONSULT/visit", "CONSULT/meeting", "SUPPORT/praise"
ELSEWHERE = {"text": "On", "start": 0, "end": 2}


def confused(*mistakes: Mistake) -> Counter[tuple[str, str]]:
    right = Counter({(VISIT, VISIT): 1, (MEETING, MEETING): 1, (PRAISE, PRAISE): 1})
    return confusion(aligned(trip(), *mistakes)) - right


def test_perfect() -> None:
    assert confused() == {}
    assert confusion(aligned(trip())).total() == 3


def test_a_wrong_mode() -> None:
    assert confused(at(0, mode="phone")) == {(VISIT, "CONSULT/phone"): 1}
    assert confused(at(0, mode=None)) == {(VISIT, "CONSULT/-"): 1}


def test_a_wrong_type_by_participants_or_by_trigger() -> None:
    other = {"type": "AID", "mode": None}
    assert confused(at(2, **other)) == {(PRAISE, "AID/-"): 1}
    assert confused(at(2, **other, trigger=ELSEWHERE)) == {(PRAISE, "AID/-"): 1}
    assert confused(at(2, **other, actors=[nobody()], recipients=[])) == {(PRAISE, "AID/-"): 1}


def test_nothing_in_common() -> None:
    stranger = at(2, type="AID", mode=None, actors=[nobody()], recipients=[], trigger=ELSEWHERE)
    assert confused(stranger) == {(PRAISE, ""): 1, ("", "AID/-"): 1}


def test_missed() -> None:
    assert confused(without(0)) == {(VISIT, ""): 1}


@given(articles())
def test_every_event_that_counts_stands_in_one_pair(gold: GoldArticle) -> None:
    def muddle(_: object, events: Lines) -> None:
        for event in events[::2]:
            event |= {"type": "AID", "mode": None}

    alignment = aligned(gold, muddle)
    pairs, tally = confusion(alignment), tally_events(alignment)
    assert sum(n for (wanted, _), n in pairs.items() if wanted) == tally.get("events.gold", 0)
    assert sum(n for (_, given), n in pairs.items() if given) == tally.get("events.predicted", 0)
