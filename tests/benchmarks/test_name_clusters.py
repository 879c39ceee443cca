from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.name_clusters import apart, b_cubed, best_cut, blocking, candidates, components, cut

PEOPLE = ["a", "a", "a", "b", "b"]


def test_b_cubed_of_the_textbook_example() -> None:
    assert b_cubed(PEOPLE, [1, 1, 2, 2, 2]) == pytest.approx(((2 + 1 / 3 + 4 / 3) / 5, (4 / 3 + 1 / 3 + 2) / 5))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_b_cubed_is_the_mean_share_over_names(rows: list[tuple[int, int]]) -> None:
    people, clusters = zip(*rows, strict=True)
    precision, recall = b_cubed(people, clusters)
    both = [[one for one in rows if one == row] for row in rows]
    with_cluster = [[one for one in rows if one[1] == row[1]] for row in rows]
    with_person = [[one for one in rows if one[0] == row[0]] for row in rows]
    assert precision == pytest.approx(np.mean([len(x) / len(y) for x, y in zip(both, with_cluster, strict=True)]))
    assert recall == pytest.approx(np.mean([len(x) / len(y) for x, y in zip(both, with_person, strict=True)]))


def test_candidates_share_a_key_and_stand_once() -> None:
    keys = [{"x", "y"}, {"x", "y"}, {"z"}, {"y"}]
    pairs = candidates(keys, keys)
    assert pairs.tolist() == [[0, 1], [0, 3], [1, 3]]
    assert blocking(["p", "p", "q", "q"], pairs) == {
        "blocking recall": 0.5,
        "candidates, share of all pairs": 0.5,
    }


def test_without_a_shared_key_there_are_no_candidates() -> None:
    assert candidates([{"x"}, set()], [{"x"}, {"y"}]).shape == (0, 2)


def test_a_key_that_names_have_but_do_not_ask_for_makes_no_candidates() -> None:
    assert candidates([{"x"}, {"x"}, {"y"}], [{"y"}, {"y"}, {"x"}]).tolist() == [[0, 2], [1, 2]]


def test_components_are_chains_of_pairs() -> None:
    assert components(6, [(4, 5), (0, 2), (2, 4)]) == [0, 1, 0, 3, 0, 0]


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=7), st.data())
def test_no_cut_is_better_than_the_best(people: list[str], data: st.DataObject) -> None:
    pairs = np.array(list(combinations(range(len(people)), 2)))
    scores = np.array(data.draw(st.lists(st.integers(0, 4), min_size=len(pairs), max_size=len(pairs))), dtype=float)
    best = best_cut(people, pairs, scores)
    cuts = [cut(people, pairs, scores, threshold) for threshold in {float("inf"), *scores.tolist()}]
    assert best.f1 == pytest.approx(max(one.f1 for one in cuts))
    again = cut(people, pairs, scores, best.threshold)
    assert (best.precision, best.recall) == pytest.approx((again.precision, again.recall))


def test_countries_are_apart_only_where_both_are_known() -> None:
    pairs = np.array([[0, 1], [0, 2], [1, 2], [0, 3]])
    assert apart(["AZ", "KZ", "", "AZ"], pairs).tolist() == [True, False, False, False]
