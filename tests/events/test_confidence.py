"""The confidence of events is a probability over facts that the code can state."""

from __future__ import annotations

import functools
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.articles import SEEDS, raw_text
from pipeline.document import EventDate, Place, Status
from pipeline.events.assemble import candidates
from pipeline.events.confidence import best_mention, features, probability
from pipeline.events.merge import World, merge
from pipeline.record import MODES, EventType
from pipeline.weights import weights
from tests.models import read, read_all

WEIGHTS = weights("confidence")


@functools.cache
def stated() -> frozenset[str]:
    """The features of every draft of the seeds and of an article that is all headline."""
    texts = [raw_text(path) for path in sorted(SEEDS.glob("*.txt"))]
    texts.append(
        "Elena Petrova meets David Kamau\n\nThe weather in Nairobi was fine all day long on Monday, it was said."
    )
    return frozenset(name for r in read_all(texts) for c in candidates(r.trace) for name in c.features)


def prefix(name: str) -> str:
    return name.split("=", maxsplit=1)[0]


def test_every_weight_is_of_a_fact_the_code_states() -> None:
    assert {prefix(name) for name in WEIGHTS} <= {prefix(name) for name in stated()}


def test_weights_speak_of_types_modes_and_statuses_that_exist() -> None:
    said = {key: {n.split("=", 1)[1] for n in WEIGHTS if prefix(n) == key} for key in ("type", "mode", "status")}
    assert said["type"] <= set(get_args(EventType))
    assert {status.split(" ")[0] for status in said["status"]} <= set(get_args(Status))
    for kind, _, mode in (name.partition("/") for name in said["mode"]):
        assert mode == "None" or mode in MODES[kind]


@given(st.frozensets(st.sampled_from(sorted(WEIGHTS)) | st.text(max_size=5)))
def test_it_is_a_probability(found: frozenset[str]) -> None:
    assert 0 < probability(found) < 1


@given(st.frozensets(st.sampled_from(sorted(WEIGHTS)), max_size=20), st.sampled_from(sorted(WEIGHTS)))
def test_facts_move_it_the_way_of_their_weight(found: frozenset[str], fact: str) -> None:
    without, having = probability(found - {fact}), probability(found | {fact})
    assert (having > without) == (WEIGHTS[fact] > 0) or abs(having - without) < 1e-12


def test_unknown_facts_do_not_count() -> None:
    assert probability({"bias", "never seen"}) == probability({"bias"})


def test_the_best_mention_is_the_fullest_of_the_story() -> None:
    text = (
        "Elena Petrova meets David Kamau\n\nElena Petrova met with David Kamau in Nairobi on Monday. "
        "The meeting lasted two hours."
    )
    document = read(text).trace
    [draft] = merge(document, World(document))
    best = best_mention(document, draft)
    assert text[best.span.start : best.span.end].startswith("met")
    found = features(document, World(document), draft, EventDate(), Place())
    assert {"type=CONSULT", "mode=CONSULT/meeting", "status=occurred", "some verb"} <= found
    assert "headline only" not in found
