"""The conditional logit."""

from __future__ import annotations

import math

import pytest

from pipeline.train.logit import Choice, accuracy, chosen, cross_validate, fit


def choice(*candidates: dict[str, float], right: int | None = 0, article: int = 0, **more: float) -> Choice:
    return Choice(article, candidates, right, **more)  # type: ignore[arg-type]


def test_the_heaviest_candidate_is_chosen_and_of_equals_the_first() -> None:
    weights = {"a": 1.0, "b": -1.0}
    assert chosen(choice({"b": 1.0}, {"a": 1.0}, {"unknown": 9.0}), weights) == 1
    assert chosen(choice({"a": 0.5}, {"a": 2.0}), weights) == 1
    assert chosen(choice({}, {"unknown": 1.0}), weights) == 0


def test_only_what_is_measured_counts_and_what_is_not_offered_is_wrong() -> None:
    choices = [choice({"a": 1.0}, {}), choice({}, right=None), choice({}, {"a": 1.0}, right=1, measured=False)]
    assert accuracy(choices, {"a": 1.0}) == (1, 2)
    assert accuracy(choices, {"a": -1.0}) == (0, 2)


def test_weights_are_those_of_the_highest_penalised_likelihood() -> None:
    # "a" speaks for three right candidates and one wrong one: without penalty its weight is log 3.
    choices = [choice({"a": 1.0}, {}), choice({}, {"a": 1.0}, right=1), choice({"a": 1.0}, {}), choice({}, {"a": 1.0})]
    assert fit(choices, penalty=lambda _: 1e-9) == {"a": pytest.approx(math.log(3), abs=1e-3)}
    [pulled] = fit(choices, penalty=lambda _: 2.0).values()
    # Where the slope of the likelihood, 3 - 4 / (1 + exp(-w)), equals that of the penalty.
    assert 3 - 4 / (1 + math.exp(-pulled)) == pytest.approx(2 * pulled, abs=1e-4)
    # A choice that counts double weighs like two; one without a right candidate teaches nothing.
    doubled = [*choices[:2], choice({"a": 1.0}, {}, right=1, weight=2.0), choice({"a": 1.0}, right=None)]
    assert fit(doubled, penalty=lambda _: 1e-9) == {"a": pytest.approx(0.0, abs=1e-3)}
    assert fit(choices, penalty=lambda _: 1.0, least_seen=5) == {}
    # Three candidates: the chance of the right one is its share.
    three = [choice({"a": 1.0}, {}, {}, right=n) for n in (0, 0, 1, 2)]
    assert fit(three, penalty=lambda _: 1e-9) == {"a": pytest.approx(math.log(2), abs=1e-3)}
    # Each fold is decided by the others: here they say the opposite.
    split = [choice({"a": 1.0}, {}, right=n % 2, article=n) for n in range(2)]
    assert cross_validate(split, penalty=lambda _: 1.0, folds=2) == 0.0
    assert cross_validate([*choices[:3]], penalty=lambda _: 1.0, folds=2) == pytest.approx(2 / 3)
