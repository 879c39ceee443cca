"""The confidence of events that an encoder read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events.merge import Draft
from pipeline.events.trust import logit, trust, trust_features
from tests.events.guesses import read


def draft(*actors: str) -> Draft:
    return Draft("CONSULT", "meeting", "occurred", list(actors), [], [0])


def test_features_tell_what_the_encoder_was_sure_of() -> None:
    said = read(roles={"ann": (0.9, 0.0, 0.0), "bo": (0.6, 0.1, 0.0), "cy": (0.3, 0.1, 0.2)})
    found = trust_features(draft("ann", "bo"), [said])
    assert found["best party"] == pytest.approx(logit(0.9))
    assert found["weakest party"] == pytest.approx(logit(0.6))
    assert found["best party left out"] == pytest.approx(logit(0.3))
    assert found["one party"] == 0.0
    assert found["triggers"] == 0.0
    assert found["kind CONSULT/meeting"] == 1.0


def test_one_party_alone_is_a_fact() -> None:
    found = trust_features(draft("ann"), [read(roles={"ann": (0.9, 0.0, 0.0)})])
    assert found["one party"] == found["one party of CONSULT/meeting"] == 1.0


def test_weights_make_a_probability() -> None:
    assert trust({"trigger": 2.0, "unheard of": 9.0}, {"trigger": 1.0, "bias": -2.0}) == pytest.approx(0.5)
    assert trust({"trigger": 3.0}, {"trigger": 1.0}) > trust({"trigger": 2.0}, {"trigger": 1.0})


@given(st.floats(0, 1))
def test_log_odds_are_bounded(probability: float) -> None:
    assert -6 <= logit(probability) <= 6
