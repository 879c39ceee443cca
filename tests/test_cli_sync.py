"""The scheduled job as users call it: in a folder of its own, with the real line."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))


@pytest.fixture
def job(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    for seed in SEEDS:
        shutil.copy(seed, tmp_path / "inbox")
    (tmp_path / "schedule.toml").write_text('[[inbox]]\npath = "inbox"\nsettle = "0s"\n')
    return tmp_path


def call(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "pipeline", *map(str, arguments)]


def dragoman(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(call(*arguments), check=False, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done


def waiting_for(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} does not come")


def test_two_passes_at_once_and_what_they_give(job: Path) -> None:
    settings = job / "schedule.toml"
    with subprocess.Popen(call("sync", "--config", settings), stderr=subprocess.PIPE, text=True) as first:
        waiting_for(job / "store/.holder.json")
        second = dragoman("sync", "--config", settings, "--log-json")
        said = json.loads(second.stderr.splitlines()[-1])
        assert said["event"] == "busy"
        assert f"another run is writing here (process {first.pid}, since 20" in said["message"]
        assert first.stderr is not None
        assert "done: files 5, articles 5, documents 5" in first.stderr.read()
    assert first.returncode == 0
    assert "nothing new" in dragoman("sync", "--config", settings).stderr
    dragoman("collect", job / "store", "--out", job / "collected")
    dragoman("run", job / "inbox", "--out", job / "out", "--quiet")
    for name in ("events.jsonl", "documents.jsonl", "entities.jsonl", "tombstones.jsonl", "rejects.jsonl"):
        assert (job / "collected" / name).read_bytes() == (job / "out" / name).read_bytes()
    assert dragoman("validate", job / "store", job / "collected").stdout == ""
    assert dragoman("migrate", job / "store").stdout == "nothing to do\n"
    assert dragoman("migrate", job / "collected").stdout == "nothing to do\n"


def test_a_pass_that_is_stopped_is_taken_up(job: Path) -> None:
    settings = job / "schedule.toml"
    with subprocess.Popen(call("sync", "--config", settings), stderr=subprocess.DEVNULL) as first:
        waiting_for(job / "store/.holder.json")
        first.send_signal(signal.SIGTERM)
    assert first.returncode == 3
    dragoman("sync", "--config", settings)
    runs = [json.loads(line) for line in dragoman("runs", "--config", settings, "--json").stdout.splitlines()]
    assert [run["outcome"] for run in runs] == ["done", "stopped"]
    assert sum(run["counts"]["documents"] for run in runs) == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sync", "--config", "nowhere.toml"], "nowhere.toml"),
        (["sync", "--where", "outlet=x"], "goes with"),
        (["collect", "nowhere", "--out", "out"], "no store"),
        (["migrate", "."], "neither a store"),
    ],
)
def test_wrong_calls(arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_conditions_that_are_none_are_a_wrong_call(job: Path) -> None:
    found = dragoman("sync", "--config", job / "schedule.toml", "--reprocess", "--where", "colour=red", code=2)
    assert "write FIELD=VALUE" in found.stderr
