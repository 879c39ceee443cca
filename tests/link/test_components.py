"""Components, and decisions that hold nodes together or apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.link.components import Ruling, Union, components, entities

KEYS = {number: f"k{number}" for number in range(1, 9)}
NUMBERS = st.integers(1, 8)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS).filter(lambda p: p[0] < p[1]), max_size=12, unique=True)
LIKELY = st.lists(
    st.tuples(NUMBERS, NUMBERS, st.sampled_from([0.7, 0.8, 0.9])).filter(lambda p: p[0] < p[1]),
    max_size=12,
    unique_by=lambda p: p[:2],
)


@st.composite
def rulings(draw: st.DrawFn) -> list[Ruling]:
    found = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        nodes = draw(st.lists(NUMBERS, min_size=2, max_size=5, unique=True))
        if draw(st.booleans()):
            found.append(Ruling(number, "merge", frozenset(nodes[:1]), frozenset(nodes[1:2])))
        else:
            cut = draw(st.integers(1, len(nodes) - 1))
            found.append(Ruling(number, "split", frozenset(nodes[:cut]), frozenset(nodes[cut:])))
    return found


def split(number: int, left: set[int], right: set[int]) -> Ruling:
    return Ruling(number, "split", frozenset(left), frozenset(right))


def merge(number: int, one: int, other: int) -> Ruling:
    return Ruling(number, "merge", frozenset({one}), frozenset({other}))


def groups(found: dict[int, int]) -> set[frozenset[int]]:
    return {frozenset(n for n in found if found[n] == root) for root in found.values()}


def test_a_set_is_known_by_its_least_number() -> None:
    union = Union()
    assert union.join(5, 9)
    assert union.join(9, 3)
    assert not union.join(3, 5)
    assert [union.find(n) for n in (3, 5, 9, 7)] == [3, 3, 3, 7]
    assert union.joined() == {5: 3, 9: 3}


@given(PAIRS)
def test_components_are_what_paths_connect(pairs: list[tuple[int, int]]) -> None:
    reach = {n: {n} for n in KEYS}
    for _ in KEYS:
        for a, b in pairs:
            reach[a] |= reach[b]
            reach[b] |= reach[a]
    assert components(KEYS, pairs) == {n: min(reach[n]) for n in KEYS}


def test_a_split_parts_what_everything_else_connects() -> None:
    found = entities({1: "a", 2: "b", 3: "c"}, [(1, 2)], [(2, 3, 0.9)], [split(1, {1}, {2})])
    assert groups(found) == {frozenset({1}), frozenset({2, 3})}


def test_a_split_holds_each_side_together() -> None:
    found = entities({1: "a", 2: "b", 3: "c", 4: "d"}, [], [(1, 3, 0.9), (2, 3, 0.9)], [split(1, {1, 2}, {3})])
    assert groups(found) == {frozenset({1, 2}), frozenset({3}), frozenset({4})}


def test_the_likelier_pair_comes_first() -> None:
    keys = {1: "a", 2: "b", 3: "c"}
    for near, far in ((1, 2), (2, 1)):
        likely = [(min(near, 3), 3, 0.9), (min(far, 3), 3, 0.8)]
        assert entities(keys, [], likely, [split(1, {1}, {2})])[3] == near


def test_evidence_comes_before_probability() -> None:
    assert entities({1: "a", 2: "b", 3: "c"}, [(2, 3)], [(1, 3, 1.0)], [split(1, {1}, {2})]) == {1: 1, 2: 2, 3: 2}


def test_equal_pairs_come_in_the_order_of_their_keys_not_of_their_numbers() -> None:
    likely = [(1, 3, 0.9), (2, 3, 0.9)]
    assert entities({1: "a", 2: "b", 3: "c"}, [], likely, [split(1, {1}, {2})])[3] == 1
    assert entities({1: "b", 2: "a", 3: "c"}, [], likely, [split(1, {1}, {2})])[3] == 2


def test_the_later_decision_wins() -> None:
    keys = {1: "a", 2: "b"}
    assert groups(entities(keys, [], [], [merge(1, 1, 2), split(2, {1}, {2})])) == {frozenset({1}), frozenset({2})}
    assert groups(entities(keys, [], [], [split(1, {1}, {2}), merge(2, 1, 2)])) == {frozenset({1, 2})}


def test_a_split_on_two_sides_of_a_later_one_is_held_as_far_as_that_allows() -> None:
    found = entities({1: "a", 2: "b", 3: "c", 4: "d"}, [], [], [split(1, {1, 2, 3}, {4}), split(2, {1}, {2})])
    assert found[1] != found[2]
    assert found[3] in (found[1], found[2])
    assert found[4] not in (found[1], found[2])


@given(PAIRS, LIKELY, rulings(), st.randoms(use_true_random=False), st.permutations(sorted(KEYS)))
def test_entities_depend_on_no_order(
    evidence: list[tuple[int, int]], likely: list[tuple[int, int, float]], decided: list[Ruling], random, renumbered
) -> None:
    before = groups(entities(KEYS, evidence, likely, decided))
    new = dict(zip(sorted(KEYS), renumbered, strict=True))
    shuffled = [
        [(new[a], new[b]) for a, b in evidence],
        [(new[a], new[b], p) for a, b, p in likely],
        [Ruling(r.number, r.action, *(frozenset(new[n] for n in side) for side in (r.left, r.right))) for r in decided],
    ]
    for items in shuffled:
        random.shuffle(items)
    after = groups(entities({new[n]: key for n, key in KEYS.items()}, *shuffled))
    assert after == {frozenset(new[n] for n in group) for group in before}


@given(PAIRS, LIKELY, rulings())
def test_the_last_decision_is_kept(evidence, likely, decided: list[Ruling]) -> None:
    found = entities(KEYS, evidence, likely, decided)
    for last in decided[-1:]:
        left, right = ({found[n] for n in side} for side in (last.left, last.right))
        assert len(left) == len(right) == 1
        assert (left == right) == (last.action == "merge")


@given(PAIRS, LIKELY, rulings())
def test_entities_lie_inside_components(evidence, likely, decided: list[Ruling]) -> None:
    found = entities(KEYS, evidence, likely, decided)
    connected = components(KEYS, [*evidence, *((a, b) for a, b, _ in likely)], decided)
    assert all(connected[n] == connected[founder] for n, founder in found.items())


@given(PAIRS, LIKELY)
def test_without_decisions_entities_are_components(evidence, likely) -> None:
    found = entities(KEYS, evidence, likely, [])
    assert found == components(KEYS, [*evidence, *((a, b) for a, b, _ in likely)])
