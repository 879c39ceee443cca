"""All layers of one article."""

from __future__ import annotations

from hypothesis import given

from pipeline.evaluate.article import score_article
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import Prediction
from pipeline.gold.model import GoldArticle
from tests.evaluate.planting import gold_with, trip
from tests.golds import EVERYTHING, articles, visit

OF_EVENTS = {
    "events", "records", "arguments", "status", "date", "country", "city", "contexts", "cited", "dyads", "brier",
}  # fmt: skip


def names(gold: GoldArticle) -> set[str]:
    tally = score_article(gold, prediction_of(gold)).tally
    return {key.rpartition(".")[0] for key in tally if "@" not in key}


def without(*layers: str) -> GoldArticle:
    return gold_with(annotates=[layer for layer in EVERYTHING if layer not in layers])


def test_what_an_article_is() -> None:
    score = score_article(visit(), prediction_of(visit()))
    assert (score.doc_id, score.outlet, score.words) == ("visit", "Caspian Wire", 27)
    assert score.tally["events.right"] == 2
    assert score.confusion.total() == 2
    assert len(score.pairs) == 3
    assert score.differences == ()


def test_only_what_is_annotated_counts() -> None:
    everything = names(without())
    assert everything >= OF_EVENTS | {"people", "positions", "relations", "mentions.strict", "clusters.muc"}
    assert everything - names(without("events")) == OF_EVENTS
    assert everything - names(without("holds_position")) == {"positions", "dyads"}
    assert "people" not in names(without("PER"))
    assert names(gold_with(annotates=[])) == set()


def test_no_pairs_without_events() -> None:
    gold = without("events")
    score = score_article(gold, prediction_of(gold))
    assert (score.pairs, score.confusion.total()) == ((), 0)


def test_differences_of_every_layer() -> None:
    layers = {difference.layer for difference in score_article(trip(), Prediction("visit", None)).differences}
    assert layers >= {"people", "positions", "cited", "relations"}


@given(articles(overlapping=True))
def test_any_article(gold: GoldArticle) -> None:
    for prediction in (prediction_of(gold), Prediction(gold.id, None)):
        tally = score_article(gold, prediction).tally
        for key, value in tally.items():
            name, _, count = key.rpartition(".")
            if count == "right" and not name.startswith("calibration"):
                assert 0 <= value <= tally[f"{name}.predicted"] + 1e-9
                assert tally[f"{name}.found"] <= tally[f"{name}.gold"] + 1e-9
