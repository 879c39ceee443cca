"""The command that scores predictions against gold."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.commands.evaluate import PAGE, REPORT, evaluate, load_gold, predict, read_report
from pipeline.commands.exits import Exit
from pipeline.config import Settings
from pipeline.errors import InputError, OutputError
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import Prediction
from pipeline.evaluate.report import Report
from pipeline.gold.json_lines import write
from pipeline.gold.model import GoldArticle
from pipeline.record import RejectRecord
from tests.golds import visit
from tests.models import extractor

VISIT = visit()
SECOND = VISIT.model_copy(update={"id": "second"})


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    write([VISIT, SECOND], path)
    return path


def predictions(folder: Path, found: Iterable[Prediction], *rejects: RejectRecord) -> Path:
    """An output folder with the predictions."""
    folder.mkdir()
    found = list(found)
    lines = {
        "events.jsonl": [event for prediction in found for event in prediction.events],
        "documents.jsonl": [prediction.document for prediction in found if prediction.document],
        "rejects.jsonl": rejects,
    }
    for name, records in lines.items():
        (folder / name).write_text("".join(f"{record.model_dump_json()}\n" for record in records))
    return folder


def value(report: Report, name: str) -> float | None:
    return next(figure.value for figure in report.figures if (figure.name, figure.part) == (name, None))


def test_predictions_of_a_folder(tmp_path: Path, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pred = predictions(tmp_path / "pred", map(prediction_of, (VISIT, SECOND)))
    out = tmp_path / "a" / "report"
    assert evaluate([gold], predictions=pred, out=out) == Exit.DONE
    report = read_report(out)
    assert report == read_report(out / REPORT)
    assert (value(report, "events"), value(report, "records"), report.predictions) == (1.0, 1.0, str(pred))
    assert [(file.path, file.articles) for file in report.gold] == [(str(gold), 2)]
    assert "<html" in (out / PAGE).read_text(encoding="utf-8")
    assert sorted(path.name for path in out.iterdir()) == [PAGE, REPORT]
    said = capsys.readouterr().out
    assert "2 articles of" in said
    assert "Events" in said
    assert "without" not in said.split("\n", 1)[1].split("┃")[0]


def test_what_is_missing_rejected_or_unknown_is_said(
    tmp_path: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reject = RejectRecord(doc_id=VISIT.id, input="x", line=None, stage="clean", error="language", message="no English")
    other = VISIT.model_copy(update={"id": "elsewhere"})
    pred = predictions(tmp_path / "pred", [prediction_of(other)], reject)
    assert evaluate([gold], predictions=pred, out=tmp_path / "out") == Exit.DONE
    said = capsys.readouterr().out
    assert f"1 rejected, and so without predictions: {VISIT.id}" in said
    assert "1 gold articles without predictions: second" in said
    assert "1 predicted articles without gold, left out: elsewhere" in said
    assert value(read_report(tmp_path / "out"), "events") == 0.0


def test_against_an_older_report(tmp_path: Path, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = prediction_of(VISIT)
    less = replace(whole, events=(whole.events[0], whole.events[2]))
    old = predictions(tmp_path / "old", [less, prediction_of(SECOND)])
    new = predictions(tmp_path / "new", [prediction_of(VISIT), prediction_of(SECOND)])
    evaluate([gold], predictions=old, out=tmp_path / "before")
    capsys.readouterr()
    assert evaluate([gold], predictions=new, out=tmp_path / "now", against=tmp_path / "before") == Exit.DONE
    said = capsys.readouterr().out
    assert "1 events won" in said
    assert "CONSULT/meeting 2025-06-02 Musalia Mudavadi (KEN), Yalchin Rafiyev (AZE) “met”  (missed → right)" in said
    found = read_report(tmp_path / "now").against
    assert found is not None
    assert [change.gold.id for change in found.records_won] == ["e2"]
    assert read_report(tmp_path / "before").against is None


def test_the_line_is_run_and_told_what_is_given(tmp_path: Path, gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.load", lambda settings: extractor())
    write([VISIT.model_copy(update={"published": dt.date(2025, 6, 4)})], gold)
    assert evaluate([gold], run=True, give=["published"], out=tmp_path / "out") == Exit.DONE
    report = read_report(tmp_path / "out")
    assert value(report, "people") == 1.0
    assert report.predictions is None
    assert report.extractor["given"] == ["text", "published"]
    assert report.extractor["models"] == extractor().models


def test_an_article_that_the_line_rejects_predicts_nothing() -> None:
    empty = GoldArticle.model_validate(
        VISIT.model_dump() | {"text": "…", "mentions": [], "events": [], "entities": [], "relations": []}
    )
    found = predict(extractor(), [empty, SECOND], give=[])
    assert found[VISIT.id].document is None
    assert found[VISIT.id].rejected
    assert found["second"].document is not None


def test_the_line_knows_of_an_article_what_it_is_given() -> None:
    dated = VISIT.model_copy(update={"published": dt.date(2025, 6, 4), "outlet": "Caspian Wire"})
    told = [predict(extractor(), [dated], give=give)[VISIT.id].document for give in ((), ("published", "outlet"))]
    assert [(d.published, d.outlet) for d in told if d] == [(None, None), (dated.published, "Caspian Wire")]


def test_gold_with_problems_is_not_evaluated(tmp_path: Path, gold: Path) -> None:
    lines = gold.read_text().splitlines()
    gold.write_text(f"{lines[0]}\n{lines[1].replace('CONSULT', 'CONSULTED')}\n")
    with pytest.raises(InputError, match=r"gold\.jsonl:2: second: events\.0\.type"):
        evaluate([gold], predictions=tmp_path)


def test_gold_with_an_id_twice_or_nothing_in_it(tmp_path: Path, gold: Path) -> None:
    with pytest.raises(InputError, match=f"the id {VISIT.id}, second"):
        load_gold([gold, gold])
    write([], gold)
    with pytest.raises(InputError, match=r"gold"):
        load_gold([gold])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "give one of them"),
        ({"predictions": Path("x"), "run": True}, "give one of them"),
        ({"predictions": Path("x"), "give": ["published"]}, "--give"),
        ({"run": True, "update": True}, "need --floors"),
        ({"floors": Path("x")}, "gold of its own"),
    ],
)
def test_options_that_do_not_go_together(gold: Path, options: dict, said: str) -> None:
    with pytest.raises(InputError, match=said):
        evaluate([gold], **options)


def test_no_gold_at_all() -> None:
    with pytest.raises(InputError, match="no gold"):
        evaluate([], run=True)


def test_what_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_report(tmp_path)
    (tmp_path / REPORT).write_text('{"format": "report/1"}')
    with pytest.raises(InputError, match="no report of dragoman evaluate: dragoman"):
        read_report(tmp_path)


def test_a_folder_that_cannot_be_written(tmp_path: Path, gold: Path) -> None:
    pred = predictions(tmp_path / "pred", [prediction_of(VISIT)])
    with pytest.raises(OutputError, match="cannot be written"):
        evaluate([gold], predictions=pred, out=gold)


@pytest.fixture
def floors(tmp_path: Path, gold: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("pipeline.load", lambda settings: extractor())
    path = tmp_path / "floors.toml"
    files = load_gold([gold]).files
    path.write_text(f'[pair]\ngold = "gold.jsonl"\nsha256 = "{files[0].sha256}"\n[pair.figures]\npeople = 0.5\n')
    return path


def test_floors_that_hold_and_are_raised(floors: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate([], floors=floors, out=tmp_path / "out") == Exit.DONE
    assert "every floor holds" in capsys.readouterr().out
    assert read_report(tmp_path / "out" / "pair").articles
    assert evaluate([], floors=floors, update=True) == Exit.DONE
    assert "people = 1.000" in floors.read_text()


def test_a_set_of_floors_names_its_model(floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    monkeypatch.setattr("pipeline.load", lambda settings: loaded.append(settings.model.name) or extractor())
    text = floors.read_text()
    floors.write_text(text + text.replace("[pair", "[rules").replace("sha256", 'model = "baseline"\nsha256'))
    assert evaluate([], floors=floors) == Exit.DONE
    assert loaded == [Settings().model.name, "baseline"]


def test_floors_that_do_not_hold(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = floors.read_text().replace("people = 0.5", "cited = 0.5")
    floors.write_text(text)
    for update in (False, True):
        assert evaluate([], floors=floors, update=update) == Exit.PROBLEMS
        assert "pair: cited has nothing to count; the floor is 0.5" in capsys.readouterr().out
        assert floors.read_text() == text


def test_nothing_in_an_article_steers_the_terminal(
    tmp_path: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = json.loads(VISIT.model_dump_json())
    values["id"] = "a\x1b[31m"
    write([GoldArticle.model_validate(values)], gold)
    evaluate([gold], predictions=predictions(tmp_path / "pred", []))
    assert "\x1b" not in capsys.readouterr().out
