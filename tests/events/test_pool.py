"""What triggers that an encoder read say together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Article, CalendarDate, Document, EventMention
from pipeline.events.merge import Draft
from pipeline.events.pool import pooled_drafts
from pipeline.reading.decisions import Decisions
from tests.events.guesses import read

ANN = {"ann": (0.9, 0.05, 0.0)}


def pooled(*mentions: EventMention, **decisions: float) -> list[Draft]:
    """Drafts of triggers; those with the same parties stay apart unless `alike` is given."""
    made = Decisions(**{"alike": 2.0, **decisions})  # type: ignore[arg-type]
    return pooled_drafts(Document(Article("a", "text"), event_mentions=mentions), made)


def test_triggers_of_one_event_make_one_draft_with_the_parties_of_both() -> None:
    first = read(1, roles=ANN, same={1: 0.8})
    second = read(5, roles={"bo": (0.7, 0.1, 0.1), "cy": (0.2, 0.1, 0.6)}, same={0: 0.8})
    [draft] = pooled(first, second)
    assert draft.mentions == [0, 1]
    assert draft.actors == ["ann", "bo"]
    assert draft.recipients == []


def test_two_events_stay_two() -> None:
    drafts = pooled(read(1, roles=ANN, same={1: 0.4}), read(5, roles=ANN, same={0: 0.4}))
    assert [draft.mentions for draft in drafts] == [[0], [1]]
    assert len(pooled(read(1, roles=ANN, same={1: 0.4}), read(5, roles=ANN, same={0: 0.4}), joined=0.3)) == 1


@pytest.mark.parametrize(
    ("other", "alike", "count"),
    [
        ({}, 0.1, 1),
        ({}, 0.3, 2),
        ({"statuses": {"planned": 0.9}}, 0.1, 2),
        ({"kinds": {"CONSULT/visit": 0.9}}, 0.1, 2),
        ({"roles": {**ANN, "UGA": (0.1, 0.8, 0.0)}}, 0.1, 2),
        ({"roles": {"KEN": (0.1, 0.8, 0.0), "ann": (0.6, 0.0, 0.0)}}, 0.1, 1),
    ],
)
def test_what_is_told_again_of_the_same_parties_is_one_event(
    other: dict[str, object], alike: float, count: int
) -> None:
    both = {**ANN, "KEN": (0.1, 0.8, 0.0)}
    second = read(5, **{"roles": both, "same": {0: 0.2}, **other})
    if "statuses" in other:
        second = replace(second, status="planned")
    drafts = pooled(read(1, roles=both, same={1: 0.2}), second, alike=alike)
    assert len(drafts) == count
    assert sorted(n for draft in drafts for n in draft.mentions) == [0, 1]


def test_the_same_parties_on_two_days_have_two_events() -> None:
    days = (dt.date(2025, 5, 1), dt.date(2025, 5, 2))
    mentions = tuple(read(n, roles=ANN, same={1 - n: 0.2}, dates={n: 0.9}) for n in range(2))
    dates = tuple(CalendarDate(n, day, day, "day", False) for n, day in enumerate(days))
    made = Document(Article("a", "text"), event_mentions=mentions, dates=dates)
    assert len(pooled_drafts(made, Decisions())) == 2
    assert len(pooled_drafts(replace(made, dates=dates[:1]), Decisions())) == 1


def test_a_group_joins_by_its_mean_not_by_its_best_pair() -> None:
    same = {(0, 1): 0.9, (1, 2): 0.7, (0, 2): 0.1}
    mentions = [read(n, roles=ANN, same={m: same[min(n, m), max(n, m)] for m in range(3) if m != n}) for n in range(3)]
    assert [draft.mentions for draft in pooled(*mentions)] == [[0, 1], [2]]


def test_the_kind_is_what_all_triggers_say_together() -> None:
    sure = read(1, roles=ANN, kinds={"CONSULT/phone": 0.9, "CONSULT/meeting": 0.1}, same={0: 0.9})
    open_ = read(5, roles=ANN, kinds={"CONSULT/phone": 0.4, "CONSULT/meeting": 0.6}, same={1: 0.9})
    [draft] = pooled(open_, sure)
    assert (draft.type, draft.mode) == ("CONSULT", "phone")


def test_a_headline_says_nothing_of_the_status_when_the_body_does() -> None:
    headline = read(1, roles=ANN, statuses={"planned": 0.9}, same={1: 0.9}, cues=frozenset({"headline"}))
    body = read(9, roles=ANN, statuses={"occurred": 0.6}, same={0: 0.9})
    [draft] = pooled(headline, body)
    assert draft.status == "occurred"
    [alone] = pooled(headline)
    assert alone.status == "planned"


def test_who_is_the_likeliest_actor_stands_in_where_none_is_likely() -> None:
    [draft] = pooled(read(1, roles={"ann": (0.3, 0.1, 0.1), "bo": (0.2, 0.1, 0.1)}))
    assert draft.actors == ["ann"]
    assert pooled(read(1, roles={"ann": (0.1, 0.0, 0.0)})) == []


def test_a_visit_to_nowhere_is_none() -> None:
    visit = {"CONSULT/visit": 0.9}
    assert pooled(read(1, kinds=visit, roles=ANN)) == []
    [draft] = pooled(read(1, kinds=visit, roles={**ANN, "KEN": (0.1, 0.8, 0.0)}))
    assert draft.recipients == ["KEN"]


@given(st.integers(2, 6), st.randoms(use_true_random=False))
def test_the_groups_are_those_of_average_linkage(count: int, rng: object) -> None:
    """Joined groups have a mean above the threshold at the join; of what is left no two have."""
    likely = np.zeros((count, count))
    for a, b in combinations(range(count), 2):
        likely[a, b] = likely[b, a] = rng.random()  # type: ignore[attr-defined]
    mentions = [read(n, roles=ANN, same={m: likely[n, m] for m in range(count) if m != n}) for n in range(count)]
    groups = [draft.mentions for draft in pooled(*mentions)]
    assert sorted(n for group in groups for n in group) == list(range(count))
    for left, right in combinations(groups, 2):
        assert likely[np.ix_(left, right)].mean() <= 0.5 + 1e-9
    for group in groups:
        if len(group) == 2:
            assert likely[group[0], group[1]] > 0.5
