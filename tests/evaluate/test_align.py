"""Which predicted event is which gold event."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.align import Alignment, best_first
from tests.evaluate.planting import Lines, at, gold_with, nobody, trip, without
from tests.evaluate.sorting import aligned, both_sides
from tests.golds import visit


def outcome(alignment: Alignment) -> list[tuple[int, int]]:
    return [(pair.gold.index, pair.predicted.index) for pair in alignment.pairs]


def test_perfect() -> None:
    alignment = aligned(trip())
    assert sorted(outcome(alignment)) == [(0, 0), (1, 1), (2, 2)]
    assert alignment.found == alignment.pairs
    assert all(pair.exact for pair in alignment.pairs)
    assert (alignment.ignored, alignment.missed, alignment.extra) == ((), (), ())


def test_what_is_aligned_to_optional_gold_is_ignored() -> None:
    alignment = aligned(visit())
    assert [(pair.gold.index, pair.predicted.index) for pair in alignment.ignored] == [(2, 2)]
    assert sorted(outcome(alignment)) == [(0, 0), (1, 1)]
    assert aligned(visit(), without(2)).missed == ()


def test_types_are_never_mixed() -> None:
    alignment = aligned(trip(), at(2, type="ACCUSE", mode="disapprove"))
    assert [event.index for event in alignment.missed] == [2]
    assert [event.index for event in alignment.extra] == [2]


def test_events_that_share_nobody_are_apart() -> None:
    alignment = aligned(trip(), at(0, actors=[nobody()], recipients=[]))
    assert [event.index for event in alignment.missed] == [0]
    assert [event.index for event in alignment.extra] == [0]


def test_aligned_but_not_found() -> None:
    def crowd(_: object, events: Lines) -> None:
        events[0]["actors"] += [nobody(f"Society {n}") for n in range(5)]

    for mistake in (at(0, mode="phone"), crowd):
        alignment = aligned(trip(), mistake)
        assert (0, 0) in outcome(alignment)
        assert [pair.gold.index for pair in alignment.pairs if not pair.found] == [0]


def test_half_of_the_participants_are_enough() -> None:
    def one_of_two(_: object, events: Lines) -> None:
        events[1]["actors"] = [events[1]["actors"][0], nobody()]

    assert all(pair.found for pair in aligned(trip(), one_of_two).pairs)


def test_the_more_similar_is_taken() -> None:
    def twice(_: object, events: Lines) -> None:
        events.insert(0, {**events[1], "status": "planned", "date": {**events[2]["date"]}})

    alignment = aligned(trip(), twice)
    assert (1, 2) in outcome(alignment)
    assert [event.index for event in alignment.extra] == [0]


def test_the_earlier_of_equals() -> None:
    def twice(_: object, events: Lines) -> None:
        events.append(events[1])

    alignment = aligned(trip(), twice)
    assert (1, 1) in outcome(alignment)
    assert [event.index for event in alignment.extra] == [3]


def test_optional_participants_are_set_aside() -> None:
    def with_state(_: object, events: Lines) -> None:
        events[1]["actors"].append(nobody("Kenya", kind="country", country="KEN"))

    [pair] = [pair for pair in aligned(trip(), with_state).pairs if pair.gold.index == 1]
    assert pair.exact
    assert pair.arguments == pair.gold.arguments


def test_any_number_of_optional_participants_may_be_there() -> None:
    events = visit().model_dump(mode="json")["events"]
    events[1] |= {"actors": ["rafiyev"], "optional": ["AZE", "KEN", "FRA"]}

    def with_states(_: object, events: Lines) -> None:
        events[1]["actors"] += [nobody(code, kind="country", country=code) for code in ("AZE", "KEN", "FRA")]

    assert all(pair.found for pair in aligned(gold_with(events=events), with_states).pairs)


def test_of_equals_the_core_event_is_taken() -> None:
    first, *_ = visit().model_dump(mode="json")["events"]
    alignment = aligned(gold_with(events=[{**first, "core": False}, {**first, "id": "e2"}]), without(0))
    assert outcome(alignment) == [(1, 0)]


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=3, max_size=3), min_size=3, max_size=3))
def test_best_first_is_one_to_one_and_leaves_no_pair_that_could_be(scores: list[list[int | None]]) -> None:
    both = both_sides(trip())
    pairs = list(best_first(both.gold, both.predicted, lambda g, p: scores[g.index][p.index]))
    left, right = [g.index for g, _ in pairs], [p.index for _, p in pairs]
    assert len(set(left)) == len(left)
    assert len(set(right)) == len(right)
    taken = [scores[i][j] for i, j in zip(left, right, strict=True)]
    assert taken == sorted(taken, key=lambda score: -(score or 0))
    free = [(i, j) for i in range(3) for j in range(3) if i not in left and j not in right]
    assert all(scores[i][j] is None for i, j in free)
