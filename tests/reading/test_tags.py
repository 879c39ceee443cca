"""Spans of the best tag sequence."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.tags import spans_of

SEEDS = st.integers(0, 99999)


def scores(seed: int, words: int, labels: int, scale: float = 2.0) -> np.ndarray:
    return (np.random.default_rng(seed).normal(size=(words, 1 + 2 * labels)) * scale).astype(np.float32)


def allowed(path: tuple[int, ...]) -> bool:
    """Whether no inside stands without its beginning."""
    return all(tag == 0 or tag % 2 or before in (tag, tag - 1) for before, tag in zip((0, *path), path, strict=False))


def spans(path: tuple[int, ...]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for n, tag in enumerate(path):
        if tag % 2:
            found.append((n, n + 1, tag // 2))
        elif tag:
            start, _, label = found.pop()
            found.append((start, n + 1, label))
    return found


@given(SEEDS, st.integers(1, 4), st.integers(1, 2))
def test_the_best_of_all_sequences(seed: int, words: int, labels: int) -> None:
    given = scores(seed, words, labels)
    log = given - np.log(np.exp(given).sum(1, keepdims=True))
    paths = [path for path in product(range(1 + 2 * labels), repeat=words) if allowed(path)]
    best = max(paths, key=lambda path: sum(log[n, tag] for n, tag in enumerate(path)))
    found = spans_of(given)
    assert [span[:3] for span in found] == spans(best)
    for start, end, _, probability in found:
        assert probability == pytest.approx(np.mean([np.exp(log[n, best[n]]) for n in range(start, end)]), abs=1e-5)


@given(SEEDS, st.integers(1, 4), st.integers(1, 2))
def test_the_best_of_all_sequences_with_what_a_tag_is_worth_behind_another(seed: int, words: int, labels: int) -> None:
    given = scores(seed, words, labels)
    steps = scores(seed + 1, 1 + 2 * labels, labels)
    log = given - np.log(np.exp(given).sum(1, keepdims=True))

    def worth(path: tuple[int, ...]) -> float:
        return sum(log[n, tag] for n, tag in enumerate(path)) + sum(steps[a, b] for a, b in pairwise(path))

    paths = [path for path in product(range(1 + 2 * labels), repeat=words) if allowed(path)]
    assert [span[:3] for span in spans_of(given, steps)] == spans(max(paths, key=worth))


@given(SEEDS, st.integers(0, 40), st.integers(1, 5), st.sampled_from([0.0, 0.1, 3.0, 1e4]))
def test_spans_are_in_order_and_never_overlap(seed: int, words: int, labels: int, scale: float) -> None:
    found = spans_of(scores(seed, words, labels, scale))
    at = 0
    for start, end, label, probability in found:
        assert at <= start < end <= words
        assert 0 <= label < labels
        assert 0 <= probability <= 1.00001
        at = end


def test_an_inside_alone_is_read_as_the_likelier_of_what_can_be() -> None:
    inside = np.array([[0, -9, 5], [0, -9, 5]], dtype=np.float32)
    assert spans_of(inside) == []
    assert [span[:3] for span in spans_of(inside + np.array([[0, 7, 0], [0, 0, 0]], dtype=np.float32))] == [(0, 2, 0)]


def test_two_beginnings_are_two_spans() -> None:
    begins = np.array([[0, 5, 0], [0, 5, 0]], dtype=np.float32)
    assert [span[:3] for span in spans_of(begins)] == [(0, 1, 0), (1, 2, 0)]


def test_words_that_are_none_by_far_part_what_is_repaired() -> None:
    none, broken = [20.0, 0, 0, 0, 0], [0.0, 1, 2, 0, 0]  # an inside at first, which only its beginning can stand for
    found = spans_of(np.array([none, broken, none, broken, broken, none], dtype=np.float32))
    assert [span[:3] for span in found] == [(1, 2, 0), (3, 5, 0)]
