"""The commands `dragoman health` and `dragoman runs`, as people and monitors call them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from tests.schedule.stores import minutes, past, troubled

NOW = dt.datetime.now(dt.UTC)


def dragoman(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "schedule.toml"
    path.write_text('[health]\nmax_parked = 1\n[[inbox]]\npath = "in"\n', encoding="utf-8")
    past(tmp_path / "store", "done", began=NOW - minutes(3), counts={"files": 2, "events": 1234})
    return path


def test_healthy(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dragoman("health", "--config", config).stdout == "healthy\n"
    monkeypatch.chdir(config.parent)
    found = json.loads(dragoman("health", "--json").stdout)
    assert found["healthy"] is True
    assert found["last"]["counts"]["events"] == 1234
    assert dt.datetime.fromisoformat(found["last_success"]) == NOW - minutes(2)


def test_not_healthy_is_1_with_a_line_for_each_reason(config: Path) -> None:
    store = config.parent / "store"
    past(store, "failed", began=NOW - minutes(1), message="disk full")
    troubled(store, parked=2)
    lines = dragoman("health", "--config", config, code=1).stdout.splitlines()
    assert lines == ["pass 2 failed: disk full", "2 files and articles are parked, more than 1"]
    found = json.loads(dragoman("health", "--config", config, "--json", code=1).stdout)
    assert (found["healthy"], found["reasons"], found["parked"]) == (False, lines, 2)


@pytest.mark.parametrize("command", ["health", "runs", "daemon"])
def test_a_wrong_call_is_2(command: str, tmp_path: Path) -> None:
    assert "no.toml" in dragoman(command, "--config", tmp_path / "no.toml", code=2).stderr


def test_runs(config: Path) -> None:
    store = config.parent / "store"
    past(store, "failed", began=NOW, message="disk full\x1b[2J")
    past(store, "running", began=NOW)
    table = dragoman("runs", "--config", config).stdout
    rows = [[cell.strip() for cell in line.split("│")] for line in table.splitlines()]
    rows = [row[1:-1] for row in rows if row[1:2] and row[1].isdigit()]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("3", "", "running"),
        ("2", "60 s", "failed"),
        ("1", "60 s", "done"),
    ]
    assert "1,234" in rows[2]
    assert "disk full␛[2J" in rows[1]
    told = [json.loads(line) for line in dragoman("runs", "--config", config, "--json", "-n", 2).stdout.splitlines()]
    assert [(run["number"], run["outcome"]) for run in told] == [(3, "running"), (2, "failed")]


def test_parked(config: Path) -> None:
    troubled(config.parent / "store", failing=1, parked=1)
    table = dragoman("runs", "--parked", "--config", config).stdout
    assert "f0.zip" in table
    assert "damaged" in table
    (line,) = [line for line in table.splitlines() if "a0" in line]
    assert [cell.strip() for cell in line.split("│")][1:-1] == [
        "article", "a0", "b.jsonl", "1", "parked", "killed the process",
    ]  # fmt: skip
    told = [json.loads(line) for line in dragoman("runs", "--parked", "--json", "-c", config).stdout.splitlines()]
    assert [(one["name"], one["next_try"] is None) for one in told] == [("f0.zip", False), ("a0", True)]


def test_no_store(tmp_path: Path) -> None:
    path = tmp_path / "schedule.toml"
    path.write_text('[[inbox]]\npath = "in"\n', encoding="utf-8")
    assert "no store" in dragoman("runs", "--config", path, code=2).stderr
    assert "no store yet" in dragoman("health", "--config", path, code=1).stdout
