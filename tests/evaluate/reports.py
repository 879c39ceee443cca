"""Reports for tests: made of small tallies, or of gold and what was predicted for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.evaluate.article import score_article
from pipeline.evaluate.build_report import digest, report_of
from pipeline.evaluate.model import Prediction, Tally, count
from pipeline.evaluate.report import ArticleReport, GoldFile, Report
from pipeline.gold.model import GoldArticle

ROUNDS = 50


def article(
    name: str, right: int, *, predicted: int = 4, gold: int = 4, outlet: str = "A", words: int = 10
) -> ArticleReport:
    """An article in which only events were counted."""
    tally: Tally = {}
    count(tally, "events", right=right, predicted=predicted, gold=gold)
    count(tally, "events@CONSULT", right=right, predicted=predicted, gold=gold)
    return ArticleReport(
        id=name,
        outlet=outlet,
        words=words,
        rejected=None,
        tally=tally,
        events=[],
        differences=[],
        gold_sha256="0" * 64,
    )


def reported(
    gold: Sequence[GoldArticle], predictions: Mapping[str, Prediction], *, rounds: int = ROUNDS, seed: int = 0
) -> Report:
    """The report on predictions for gold articles."""
    scores = [score_article(a, predictions.get(a.id) or Prediction(a.id, None)) for a in gold]
    return report_of(
        scores,
        gold,
        predictions,
        files=[GoldFile(path="gold.jsonl", sha256=digest(gold), articles=len(gold))],
        folder=None,
        extractor={"version": "0"},
        rounds=rounds,
        seed=seed,
    )
