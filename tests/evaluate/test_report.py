"""From gold and predictions to a report."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.build_report import digest
from pipeline.evaluate.figures import COUNTS, FIGURES, counts_of, figure_values
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import Prediction
from pipeline.evaluate.report import EventSketch, FigureValue, Report
from pipeline.gold.json_lines import write
from tests.evaluate.reports import reported
from tests.golds import articles, visit


def whole(report: Report) -> dict[str, FigureValue]:
    return {figure.name: figure for figure in report.figures if figure.part is None}


def test_what_the_labels_say_is_right_in_every_figure() -> None:
    report = reported([visit()], {visit().id: prediction_of(visit())})
    for name, figure in whole(report).items():
        if name.startswith("calibration"):
            assert figure.value == 0, name
        else:
            assert figure.value in (1.0, None), name
    nothing = {name for name, figure in whole(report).items() if figure.value is None}
    assert nothing == {"cited"}
    assert {(e.verdict, *e.differs) for e in report.articles[0].events} == {("right",), ("ignored",)}
    assert report.articles[0].differences == []


def test_an_article_that_was_never_seen_is_missed_in_every_figure() -> None:
    report = reported([visit()], {})
    for name, figure in whole(report).items():
        assert figure.value in (0.0, None), name
    assert whole(report)["events"].counts == {"right": 0, "predicted": 0, "found": 0, "gold": 2}
    assert report.missing == [visit().id]
    assert [e.verdict for e in report.articles[0].events] == ["missed", "missed", "ignored"]


def test_articles_without_gold_are_named_and_not_counted() -> None:
    other = prediction_of(visit().model_copy(update={"id": "other"}))
    report = reported([visit()], {visit().id: prediction_of(visit()), "other": other})
    assert report.unknown == ["other"]
    assert whole(report)["events"].counts["predicted"] == 2


def test_a_rejected_article_says_why() -> None:
    report = reported([visit()], {visit().id: Prediction(visit().id, None, rejected="clean: no English")})
    assert report.articles[0].rejected == "clean: no English"
    assert report.missing == []
    assert whole(report)["events"].value == 0.0


def test_events_are_sketched_alike_on_both_sides() -> None:
    [_, meeting, thanks] = reported([visit()], {visit().id: prediction_of(visit())}).articles[0].events
    assert meeting.gold == EventSketch(
        id="e2", type="CONSULT", mode="meeting", status="occurred", date="2025-06-02", country="KEN", city="Nairobi",
        actors=["Musalia Mudavadi (KEN)", "Yalchin Rafiyev (AZE)"], recipients=[],
        optional=["Azerbaijan (AZE)", "Kenya (KEN)"],
        contexts=["diplomatic"], trigger=meeting.gold.trigger, core=True,
    )  # fmt: skip
    assert meeting.gold.trigger.text == "met"
    assert meeting.predicted is not None
    same = {"id", "optional", "confidence"}
    assert meeting.predicted.model_dump(exclude=same) == meeting.gold.model_dump(exclude=same)
    assert meeting.predicted.confidence == 1.0
    assert thanks.gold is not None
    assert not thanks.gold.core


def test_the_figures_can_be_added_up_again_from_the_tallies_of_the_articles() -> None:
    gold = [visit(), visit().model_copy(update={"id": "second"})]
    report = reported(gold, {gold[0].id: prediction_of(gold[0])})
    again = list(figure_values(counts_of([article.tally for article in report.articles])))
    assert [(f.name, f.part, f.value, f.counts) for f in again] == [
        (f.name, f.part, f.value, f.counts) for f in report.figures
    ]
    assert whole(report)["events.per_article"].value == 0.5


def test_everything_that_was_counted_belongs_to_a_figure() -> None:
    report = reported([visit()], {visit().id: prediction_of(visit())})
    kinds = {figure.name: figure.kind for figure in FIGURES}
    for key in report.articles[0].tally:
        stem, _, count = key.rpartition(".")
        name = stem.partition("@")[0]
        if name not in ("brier", "calibration"):
            assert count in COUNTS[kinds[name]], key


@given(st.lists(articles(), max_size=3, unique_by=lambda article: article.id), st.booleans())
def test_any_gold_makes_a_report_that_is_read_back_the_same(gold: list, told: bool) -> None:
    report = reported(gold, {a.id: prediction_of(a) for a in gold} if told else {}, rounds=5)
    assert Report.model_validate_json(report.model_dump_json()) == report
    for figure in report.figures:
        assert figure.value is None or -1e-9 <= figure.value <= 1 + 1e-9


def test_confusion_and_calibration_are_of_all_articles() -> None:
    gold = [visit(), visit().model_copy(update={"id": "second"})]
    report = reported(gold, {gold[0].id: prediction_of(gold[0])})
    cells = {(c.gold, c.predicted): c.count for c in report.confusion}
    assert cells["CONSULT/visit", "CONSULT/visit"] == 1
    assert cells["CONSULT/visit", ""] == 1
    assert [(b.low, b.n, b.confidence, b.right) for b in report.calibration if b.n] == [(0.9, 2, 1.0, 1.0)]
    assert len(report.calibration) == 10


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    gold = [visit(), visit().model_copy(update={"id": "second"})]
    write(gold, path)
    assert digest(gold) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest(gold[:1]) != digest(gold)
