"""Two reports on the same gold."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.compare import compare
from pipeline.evaluate.figures import counts_of, figure_values
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import Prediction, total
from pipeline.evaluate.report import ArticleReport, ComparedFigure, Comparison, Report
from pipeline.gold.model import GoldArticle
from tests.evaluate.reports import article, reported
from tests.golds import visit

GOLD = visit()
PERFECT = prediction_of(GOLD)
ALARM = PERFECT.events[1].model_copy(update={"type": "AID", "mode": None})


def of(articles: Sequence[ArticleReport]) -> Report:
    return reported([], {}).model_copy(update={"articles": list(articles)})


def events(comparison: Comparison) -> ComparedFigure:
    return next(figure for figure in comparison.figures if figure.name == "events")


def predicting(prediction: Prediction) -> Report:
    return reported([GOLD], {GOLD.id: prediction})


def test_a_report_is_no_better_than_itself() -> None:
    same = of([article("a", 1), article("b", 3), article("c", 4)])
    found = compare(same, same, rounds=500)
    for figure in found.figures:
        assert (figure.difference, figure.p) in ((0.0, 1.0), (None, None)), figure
    assert (events(found).difference, events(found).low, events(found).high) == (0.0, 0.0, 0.0)
    assert not found.left_out
    assert not found.events_won + found.events_lost + found.records_won + found.records_lost
    assert found.new_false_alarms == found.gone_false_alarms == 0


def test_p_is_that_of_all_swaps() -> None:
    """Against every one of the 2^5 ways to swap articles."""
    old = [article(name, right) for name, right in zip("abcde", (1, 2, 0, 3, 1), strict=True)]
    new = [article(name, right) for name, right in zip("abcde", (3, 2, 2, 2, 3), strict=True)]

    def gap(swaps: Sequence[bool]) -> float:
        sides = [
            total((b if swap != side else a).tally for swap, a, b in zip(swaps, old, new, strict=True))
            for side in (False, True)
        ]
        first, second = (next(f.value for f in figure_values(counts_of([t])) if f.name == "events") for t in sides)
        assert first is not None
        assert second is not None
        return abs(second - first)

    observed = gap([False] * 5)
    exact = sum(gap(swaps) >= observed - 1e-9 for swaps in itertools.product((False, True), repeat=5)) / 2**5
    assert 0 < exact < 1
    found = events(compare(of(old), of(new), rounds=20_000, seed=1))
    assert found.difference == pytest.approx(observed)
    assert found.p == pytest.approx(exact, abs=0.015)


def test_a_clear_difference_is_told_from_chance() -> None:
    old = of([article(str(n), n % 3) for n in range(40)])
    new = of([article(str(n), n % 3 + 1) for n in range(40)])
    found = events(compare(old, new, rounds=999))
    assert found.p == pytest.approx(1 / 1000)
    assert found.difference == pytest.approx(0.25)
    assert (found.low, found.high) == (pytest.approx(0.25), pytest.approx(0.25))
    back = events(compare(new, old, rounds=999))
    assert (back.difference, back.p) == (pytest.approx(-0.25), found.p)


def test_a_figure_that_one_report_has_nothing_to_count_for_has_no_difference() -> None:
    found = compare(of([article("a", 1)]), of([article("a", 1)]), rounds=10)
    records = next(figure for figure in found.figures if figure.name == "records")
    assert (records.old, records.new, records.difference, records.p) == (None, None, None, None)
    assert events(found).low is None, "one article has no interval"


def test_only_articles_with_the_same_gold_are_compared() -> None:
    old = of([article("a", 1), article("b", 2), article("c", 3)])
    new = of([article("a", 3), article("b", 4).model_copy(update={"gold_sha256": "1" * 64}), article("d", 0)])
    found = compare(old, new, rounds=10)
    assert found.articles == 1
    assert [(left.article, left.reason) for left in found.left_out] == [
        ("b", "its gold is another"),
        ("c", "only in the older report"),
        ("d", "not in the older report"),
    ]
    assert (events(found).old, events(found).new) == (0.25, 0.75)


def test_reports_on_different_gold_cannot_be_compared() -> None:
    with pytest.raises(InputError, match="same gold"):
        compare(of([article("a", 1)]), of([article("b", 1)]), rounds=10)


def test_events_and_records_won_and_lost() -> None:
    visited, met, thanked = PERFECT.events
    wrong_place = met.model_copy(update={"place": met.place.model_copy(update={"country": "AZE"})})
    old = predicting(replace(PERFECT, events=(visited, thanked)))
    new = predicting(replace(PERFECT, events=(visited, wrong_place, thanked)))
    found = compare(old, new, rounds=10)
    [won] = found.events_won
    assert (won.article, won.gold.id, won.before, won.now) == (GOLD.id, "e2", "missed", "partly")
    assert not found.events_lost + found.records_won + found.records_lost
    found = compare(new, predicting(PERFECT), rounds=10)
    assert [(change.gold.id, change.before) for change in found.records_won] == [("e2", "partly")]
    assert not found.events_won + found.events_lost + found.records_lost
    found = compare(predicting(PERFECT), old, rounds=10)
    assert [change.gold.id for change in found.events_lost] == ["e2"]
    assert [change.gold.id for change in found.records_lost] == ["e2"]


def test_false_alarms_are_new_gone_or_the_same() -> None:
    moved = ALARM.model_copy(update={"trigger": PERFECT.events[0].trigger})
    old = predicting(replace(PERFECT, events=(*PERFECT.events, ALARM)))
    new = predicting(replace(PERFECT, events=(*PERFECT.events, ALARM, moved)))
    elsewhere = predicting(replace(PERFECT, events=(*PERFECT.events, moved)))
    counted = [
        (found.new_false_alarms, found.gone_false_alarms)
        for found in (compare(a, b, rounds=10) for a, b in ((old, new), (new, old), (old, old), (old, elsewhere)))
    ]
    assert counted == [(1, 0), (0, 1), (0, 0), (1, 1)]


def test_the_same_seed_gives_the_same_comparison() -> None:
    old, new = of([article(str(n), n % 3) for n in range(9)]), of([article(str(n), (n + 1) % 4) for n in range(9)])
    first, again = (compare(old, new, rounds=1500, seed=4) for _ in range(2))
    assert first == again
    assert events(first) != events(compare(old, new, rounds=1500, seed=5))


def test_gold_that_changed_has_another_digest() -> None:
    changed = GoldArticle.model_validate(GOLD.model_dump() | {"outlet": "Another"})
    ids = [reported([gold], {}).articles[0].gold_sha256 for gold in (GOLD, changed)]
    assert len(set(ids)) == 2
