"""From the scores of articles to a report."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.evaluate.breakdown import groups, measured
from pipeline.evaluate.calibration import BINS
from pipeline.evaluate.figures import per_article
from pipeline.evaluate.intervals import ROUNDS
from pipeline.evaluate.model import ArticleScore, Prediction, Tally, total
from pipeline.evaluate.report import (
    ArticleReport,
    CalibrationBin,
    Confused,
    DifferenceLine,
    EventOutcome,
    GoldFile,
    Report,
)
from pipeline.evaluate.sketch import gold_sketch, predicted_sketch
from pipeline.gold.model import GoldArticle


def report_of(
    scores: Sequence[ArticleScore],
    gold: Sequence[GoldArticle],
    predictions: Mapping[str, Prediction],
    *,
    files: Sequence[GoldFile],
    folder: Path | None,
    extractor: Mapping[str, Any],
    rounds: int = ROUNDS,
    seed: int = 0,
) -> Report:
    """The report on gold articles, in their order, and the score of each.

    `predictions` are by article id; an article without one was scored as predicting nothing. `folder` is where they
    were read from, None when the line was run; `extractor` tells what made them.
    """
    articles = [
        _article(score, article, predictions.get(article.id)) for score, article in zip(scores, gold, strict=True)
    ]
    ids = {article.id for article in gold}
    return Report(
        dragoman=version("dragoman"),
        made=dt.datetime.now(dt.UTC).replace(microsecond=0),
        gold=list(files),
        predictions=None if folder is None else str(folder),
        extractor=dict(extractor),
        rounds=rounds,
        seed=seed,
        figures=measured(articles, rounds=rounds, seed=seed),
        groups=groups(articles, rounds=rounds, seed=seed),
        confusion=list(_confusion(scores)),
        calibration=list(_calibration(total(score.tally for score in scores))),
        articles=articles,
        missing=[article.id for article in gold if article.id not in predictions],
        unknown=sorted(predictions.keys() - ids),
    )


def gold_line(article: GoldArticle) -> bytes:
    """The article as a line of a gold/1 file."""
    return article.model_dump_json().encode() + b"\n"


def digest(articles: Iterable[GoldArticle]) -> str:
    """SHA-256 of the articles as gold/1 lines: of a file that dragoman wrote, the digest of the file."""
    sha = hashlib.sha256()
    for article in articles:
        sha.update(gold_line(article))
    return sha.hexdigest()


def _article(score: ArticleScore, gold: GoldArticle, prediction: Prediction | None) -> ArticleReport:
    events = prediction.events if prediction else ()
    return ArticleReport(
        id=gold.id,
        outlet=gold.outlet,
        words=score.words,
        rejected=prediction.rejected if prediction else None,
        tally={**score.tally, **per_article(score.tally)},
        events=[
            EventOutcome(
                gold=None if pair.gold is None else gold_sketch(gold.events[pair.gold], gold),
                predicted=None if pair.predicted is None else predicted_sketch(events[pair.predicted]),
                verdict=pair.verdict,
                differs=list(pair.differs),
            )
            for pair in score.pairs
        ],
        differences=[
            DifferenceLine(
                layer=found.layer,
                kind=found.kind,
                gold=found.gold,
                predicted=found.predicted,
                start=found.start,
                end=found.end,
            )
            for found in score.differences
        ],
        gold_sha256=digest([gold]),
        confusion=list(_confusion([score])),
    )


def _confusion(scores: Iterable[ArticleScore]) -> Iterator[Confused]:
    whole: Counter[tuple[str, str]] = Counter()
    for score in scores:
        whole.update(score.confusion)
    for (gold, predicted), count in sorted(whole.items(), key=lambda item: (-item[1], item[0])):
        yield Confused(gold=gold, predicted=predicted, count=count)


def _calibration(whole: Tally) -> Iterator[CalibrationBin]:
    for place in range(BINS):
        n = whole.get(f"calibration@{place}.n", 0)
        yield CalibrationBin(
            low=place / BINS,
            high=(place + 1) / BINS,
            n=round(n),
            confidence=whole.get(f"calibration@{place}.confidence", 0) / n if n else None,
            right=whole.get(f"calibration@{place}.right", 0) / n if n else None,
        )
