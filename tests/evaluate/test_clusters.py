"""Cluster measures against the worked examples of the CoNLL reference scorer, of their papers, and by definition."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate import clusters
from pipeline.evaluate.clusters import MEASURES, Cluster, b_cubed, ceaf_e, lea, muc
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import Prediction
from pipeline.gold.model import GoldArticle
from pipeline.record import DocumentRecord
from tests.golds import articles, visit


def read(text: str) -> list[Cluster]:
    """Clusters of one-letter mentions: `a bc def`."""
    return [frozenset((ord(letter), ord(letter) + 1) for letter in word) for word in text.split()]


KEY = "a bc def"
CASES: dict[str, tuple[str, str, dict[str, tuple[Any, Any]]]] = {
    "A-1": (KEY, KEY, {"muc": (1, 1), "b_cubed": (1, 1), "ceaf_e": (1, 1), "lea": (1, 1)}),
    "A-2": (KEY, "a de", {"muc": (F(1, 3), 1), "b_cubed": (F(7, 18), 1), "ceaf_e": (F(18, 30), F(18, 20)),
                          "lea": (F(2, 6), 1)}),
    "A-3": (KEY, "a bcx defy z", {"muc": (1, F(3, 5)), "b_cubed": (1, F(55, 108)), "lea": (1, F(4, 9)),
                                  "ceaf_e": (F(93, 105), F(93, 140))}),
    "A-4": (KEY, "a bcx dy z", {"muc": (F(1, 3), F(1, 3)), "b_cubed": (F(5, 9), F(17, 42)),
                                "ceaf_e": (F(22, 30), F(22, 40)), "lea": (F(3, 6), F(2, 7))}),
    "A-5": (KEY, "a bcxB dy z", {"muc": (F(1, 3), F(1, 4)), "b_cubed": (F(5, 9), F(5, 16)),
                                 "ceaf_e": (F(31, 45), F(31, 60)), "lea": (F(3, 6), F(5, 24))}),
    "A-6": (KEY, "a bcx dy Bz", {"muc": (F(1, 3), F(1, 4)), "b_cubed": (F(5, 9), F(17, 48)),
                                 "ceaf_e": (F(22, 30), F(22, 40)), "lea": (F(3, 6), F(2, 8))}),
    "A-10": (KEY, "a b c d e f", {"muc": (0, None), "b_cubed": (F(3, 6), 1), "lea": (F(1, 6), F(1, 6))}),
    "A-11": (KEY, "abcdef", {"muc": (1, F(3, 5)), "b_cubed": (1, F(7, 18)), "lea": (F(5, 6), F(4, 15))}),
    "A-12": (KEY, "a x y c d e z", {"muc": (0, None), "b_cubed": (F(13, 36), F(4, 7)), "lea": (F(1, 6), F(1, 7))}),
    "A-13": (KEY, "axycdez", {"muc": (F(1, 3), F(1, 6)), "b_cubed": (F(17, 36), F(6, 49)),
                              "lea": (F(1, 6), F(1, 21))}),
    "B-1": ("ab cde", "bcx de", {"lea": (F(1, 5), F(2, 5))}),
    "C-1": ("ab cde fg", "bcx de fg", {"lea": (F(3, 7), F(4, 7))}),
    "D-1": ("12345 67 89ABC", "12345 6789ABC", {"muc": (1, F(9, 10)), "b_cubed": (1, F(16, 21)),
                                                "lea": (1, F(26, 36))}),
    "E-1": ("12345 67 89ABC", "1234589ABC 67", {"muc": (1, F(9, 10)), "b_cubed": (1, F(7, 12)),
                                                "lea": (1, F(58, 108))}),
    "F-1": ("ABCD", "AB CD", {"muc": (F(2, 3), 1), "lea": (F(1, 3), 1)}),
    "G-1": ("AB CD", "ABCD", {"muc": (1, F(2, 3)), "lea": (1, F(1, 3))}),
    "J-1": ("ABC", "AC", {"muc": (F(1, 2), 1), "lea": (F(1, 3), 1)}),
    "K-1": ("BCDEGHJ", "ABC DEF GHI", {"muc": (F(1, 2), F(1, 2)), "lea": (F(1, 7), F(1, 3))}),
    "L-1": ("ABC DEFG", "AB CD FGH", {"muc": (F(2, 5), F(2, 4)), "lea": (F(10, 42), F(3, 7))}),
    "M-2": ("abcdef", "a b c d e f", {"muc": (0, None), "lea": (0, 0)}),
    "M-4": ("abcdef", "abcxyz", {"lea": (F(1, 5), F(1, 5))}),
    "M-6": ("abcdef", "ab cxy z", {"lea": (F(1, 15), F(2, 6))}),
    "N-1": ("a b c d e f", "a b c d e f", {"muc": (None, None), "b_cubed": (1, 1), "ceaf_e": (1, 1), "lea": (1, 1)}),
    "N-2": ("a b c d e f", "abcdef", {"lea": (0, 0)}),
    "N-3": ("a b c d e f", "ab cde f", {"lea": (F(1, 6), F(1, 6))}),
    "N-4": ("a b c d e f", "a b c x y z", {"lea": (F(3, 6), F(3, 6))}),
}  # fmt: skip
"""Key, response and (recall, precision) of the test cases TC-A to TC-N of the reference scorer."""


@pytest.mark.parametrize("case", CASES)
def test_measures_agree_with_the_reference_scorer(case: str) -> None:
    key, response, expected = CASES[case]
    for name, (recall, precision) in expected.items():
        sums = MEASURES[name](read(key), read(response))
        assert (sums.found / sums.gold if sums.gold else None) == (recall and pytest.approx(float(recall))), name
        assert (sums.right / sums.predicted if sums.predicted else None) == (
            precision and pytest.approx(float(precision))
        ), name


PARTITIONS = st.lists(st.integers(0, 4), max_size=8).map(
    lambda homes: [frozenset((i, i + 1) for i, h in enumerate(homes) if h == home) for home in sorted(set(homes))]
)


@given(PARTITIONS, PARTITIONS)
def test_sides_mirror_each_other(key: list[Cluster], response: list[Cluster]) -> None:
    for measure in (b_cubed, ceaf_e, muc, lea):
        there, back = measure(key, response), measure(response, key)
        assert (there.right, there.predicted) == pytest.approx((back.found, back.gold))
        assert 0 <= there.right <= there.predicted + 1e-9


@given(PARTITIONS, PARTITIONS)
def test_measures_agree_with_their_definition_by_mentions_and_links(
    key: list[Cluster], response: list[Cluster]
) -> None:
    def of(mention: Any, side: list[Cluster]) -> Cluster:
        return next((cluster for cluster in side if mention in cluster), frozenset())

    mentions = [mention for cluster in key for mention in cluster]
    shares = [len(of(m, key) & of(m, response)) / len(of(m, key)) for m in mentions]
    assert b_cubed(key, response).found == pytest.approx(sum(shares))
    apart = [
        len({min(of(m, response), default=m) for m in cluster if of(m, response)})
        + sum(not of(m, response) for m in cluster)
        for cluster in key
    ]
    assert muc(key, response).found == sum(len(cluster) - n for cluster, n in zip(key, apart, strict=True))


def split(document: dict[str, Any]) -> None:
    whole = next(e for e in document["entities"] if e["name"] == "Yalchin Rafiyev")
    document["entities"].append(whole | {"entity": "ent_ffffffffffffffff", "mentions": [whole["mentions"].pop()]})


def score_changed(gold: GoldArticle, change: Any) -> clusters.LayerScore:
    found = prediction_of(visit()).document
    assert found is not None
    values = found.model_dump(mode="json")
    change(values)
    return clusters.score(gold, Prediction("visit", DocumentRecord.model_validate(values)))


def test_a_split_entity_lowers_recall() -> None:
    score = score_changed(visit(), split)
    assert score.tally["clusters.b_cubed.right"] == score.tally["clusters.b_cubed.predicted"] == 8
    assert score.tally["clusters.b_cubed.found"] == 7
    assert score.tally["clusters.muc.found"] == 1
    assert score.tally["clusters.muc.gold"] == 2
    [difference] = score.differences
    assert difference.gold == "rafiyev: Yalchin Rafiyev, Rafiyev"
    assert difference.predicted == "Yalchin Rafiyev | Rafiyev"


def test_merged_entities_lower_precision() -> None:
    def merge(document: dict[str, Any]) -> None:
        one, other = (next(e for e in document["entities"] if e["name"] == name)
                      for name in ("Yalchin Rafiyev", "Musalia Mudavadi"))  # fmt: skip
        one["mentions"] += other["mentions"]
        other["mentions"] = []

    score = score_changed(visit(), merge)
    assert score.tally["clusters.b_cubed.right"] == pytest.approx(5 + 5 / 3)
    assert score.tally["clusters.b_cubed.found"] == 8
    assert [difference.gold for difference in score.differences] == ["rafiyev | mudavadi"]


def test_only_labelled_kinds_count_and_nobody_asked_for_is_left_out() -> None:
    people = GoldArticle.model_validate(visit().model_dump(mode="json") | {"annotates": ["PER"]})
    assert clusters.score(people, prediction_of(visit())).tally["clusters.b_cubed.predicted"] == 3
    bystanders = GoldArticle.model_validate(visit().model_dump(mode="json") | {"relations": [], "events": []})
    assert clusters.score(bystanders, prediction_of(visit())).tally["clusters.b_cubed.predicted"] == 5
    dates = GoldArticle.model_validate(visit().model_dump(mode="json") | {"annotates": ["DATE"]})
    assert clusters.score(dates, prediction_of(visit())).tally == {}


def test_a_span_of_two_entities_is_in_one_cluster() -> None:
    def twice(document: dict[str, Any]) -> None:
        whole = next(e for e in document["entities"] if e["name"] == "United Nations")
        document["entities"].append(whole | {"entity": "ent_ffffffffffffffff"})

    assert score_changed(visit(), twice) == score_changed(visit(), lambda _: None)


def test_no_predictions_find_nothing() -> None:
    tally = clusters.score(visit(), Prediction("visit", None)).tally
    for name in MEASURES:
        assert tally[f"clusters.{name}.found"] == tally[f"clusters.{name}.predicted"] == 0
        assert tally[f"clusters.{name}.gold"] > 0


@given(articles())
def test_perfect_predictions_of_anything_are_right(gold: GoldArticle) -> None:
    tally = clusters.score(gold, prediction_of(gold)).tally
    for name in MEASURES if tally else ():
        sums = [tally[f"clusters.{name}.{key}"] for key in ("right", "predicted", "found", "gold")]
        assert sums == pytest.approx([sums[3]] * 4)
