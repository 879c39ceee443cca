"""The commands `dragoman gold …` and `dragoman evaluate`, as people call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.gold.write import write_gold
from tests.golds import VISIT_TEXT, visit


def dragoman(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    write_gold([visit()], path, format="gold")
    return path


def test_validate_says_file_line_and_reason_and_exits_with_1(gold: Path) -> None:
    dragoman("gold", "validate", gold)
    line = json.loads(gold.read_text(encoding="utf-8"))
    line["id"] = "other"
    line["events"][0]["actors"] = ["nobody"]
    with gold.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    said = dragoman("gold", "validate", gold, code=1).stdout
    assert f"{gold}:2: other: " in said
    assert "nobody" in said


def test_convert_there_and_back_and_a_wrong_format(gold: Path, tmp_path: Path) -> None:
    assert "1 articles written" in dragoman("gold", "convert", gold, "--to", "doccano", "--out", tmp_path / "d").stdout
    dragoman("gold", "convert", tmp_path / "d", "--to", "gold", "--out", tmp_path / "back.jsonl")
    assert (tmp_path / "back.jsonl").read_bytes() == gold.read_bytes()
    assert "no gold format" in dragoman("gold", "convert", gold, "--to", "xml", "--out", tmp_path / "x", code=2).stderr


def test_what_could_not_be_converted_is_said_and_exits_with_1(gold: Path, tmp_path: Path) -> None:
    with gold.open("a", encoding="utf-8") as file:
        file.write("{\n")
    result = dragoman("gold", "convert", gold, "--to", "marked", "--out", tmp_path / "out", code=1)
    assert f"{gold}:2: " in result.stderr
    assert (tmp_path / "out" / "visit.txt").exists()


def test_drafts_are_converted_checked_and_compared(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "visit.txt").write_text(VISIT_TEXT, encoding="utf-8")
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    result = dragoman("gold", "prelabel", tmp_path / "in", "--out", tmp_path / "tasks.json", code=1)
    assert "empty" in result.stderr
    dragoman("gold", "validate", tmp_path / "tasks.json")
    write_gold([visit()], tmp_path / "mine.jsonl", format="gold")
    said = dragoman("gold", "agree", tmp_path / "tasks.json", tmp_path / "mine.jsonl", "--json", tmp_path / "a.json")
    assert "1 articles that both have" in said.stdout
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["articles"] == ["visit"]


def test_evaluate_reads_a_run_and_compares_with_an_older_report(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "visit.txt").write_text(VISIT_TEXT, encoding="utf-8")
    dragoman("run", tmp_path / "visit.txt", "--out", tmp_path / "out", "--quiet")
    dragoman("evaluate", "--gold", gold, "--pred", tmp_path / "out", "--out", tmp_path / "old")
    (tmp_path / "out" / "events.jsonl").write_bytes(b"")
    dragoman(
        "evaluate", "--gold", gold, "--pred", tmp_path / "out", "--against", tmp_path / "old", "--out", tmp_path / "new"
    )
    report = json.loads((tmp_path / "new" / "report.json").read_text(encoding="utf-8"))
    assert report["against"]["events_lost"]
    assert not report["against"]["events_won"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--run"], "--gold"),
        (["--gold", "GOLD"], "--pred"),
        (["--gold", "GOLD", "--run", "--pred", "."], "--pred"),
        (["--gold", "GOLD", "--run", "--give", "date"], "date"),
        (["--gold", "nowhere.jsonl", "--run"], "nowhere.jsonl"),
        (["--gold", "GOLD", "--pred", "nowhere"], "nowhere"),
        (["--gold", "GOLD", "--run", "--update"], "--floors"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments: list[str], reason: str, gold: Path) -> None:
    words = [str(gold) if word == "GOLD" else word for word in arguments]
    assert reason in dragoman("evaluate", *words, code=2).stderr


@pytest.mark.parametrize(("tool", "sign"), [("label-studio", "<Labels"), ("brat", "[entities]"), ("doccano", "[")])
def test_config_prints_what_to_paste(tool: str, sign: str) -> None:
    assert sign in dragoman("gold", "config", tool).stdout
