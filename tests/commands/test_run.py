"""The run around the line, with a line that does what the test wants."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from pipeline.commands import run as module
from pipeline.commands.exits import Exit
from pipeline.config import Settings
from pipeline.errors import ModelError
from pipeline.record import FILES, RunRecord
from tests.line import Line
from tests.records import ident


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": i, "text": "bad" if i == 3 else f"text {i}"}) + "\n" for i in range(9)))
    with path.open("a") as file:
        file.write("{\n")
    return path


def run(monkeypatch: pytest.MonkeyPatch, articles: Path, line: Line, **options: object) -> tuple[Exit, Path]:
    monkeypatch.setattr(module, "load", line)
    out = articles.parent / "out"
    config = articles.parent / "twos.toml"
    config.write_text("[segment]\nbatch_size = 2\n")
    given = {"config": config, "mapping": None, "registry": None, "strict": False, "style": "plain", **options}
    return module.run([str(articles)], out, **given), out  # type: ignore[arg-type]


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_everything_read_is_in_one_of_the_files(
    monkeypatch: pytest.MonkeyPatch, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = run(monkeypatch, articles, Line())
    assert code == Exit.DONE
    assert {path.name for path in out.iterdir()} == set(FILES)
    assert [line["doc_id"] for line in lines(out / "documents.jsonl")] == list("01245678")
    assert [line["id"] for line in lines(out / "events.jsonl")] == [ident(i, "evt") for i in range(9) if i != 3]
    rejected = [(r["doc_id"], r["line"], r["stage"], r["error"]) for r in lines(out / "rejects.jsonl")]
    assert len(rejected) == 2
    assert set(rejected) == {("3", 4, "clean", "language"), (None, 10, "read", "broken_json")}
    [entity] = lines(out / "entities.jsonl")
    assert entity["documents"] == 8
    record = RunRecord.model_validate_json((out / "run.json").read_bytes())
    assert record.finished
    assert record.counts == {
        "articles": 10, "documents": 8, "duplicates": 0, "superseded": 0, "events": 8, "entities": 1, "rejects": 2,
    }  # fmt: skip
    assert record.inputs == [str(articles)]
    said = capsys.readouterr()
    assert "documents 8" in said.out.splitlines()
    assert f"rejected {articles}:4: no English" in said.err.splitlines()


def test_the_run_says_which_registry_it_used(monkeypatch: pytest.MonkeyPatch, articles: Path, tmp_path: Path) -> None:
    _, out = run(monkeypatch, articles, Line(), registry=str(tmp_path / "people.sqlite"))
    assert (tmp_path / "people.sqlite").exists()
    record = RunRecord.model_validate_json((out / "run.json").read_bytes())
    assert record.settings["link"]["registry"] == str(tmp_path / "people.sqlite")


def test_strict_tells_of_rejects(monkeypatch: pytest.MonkeyPatch, articles: Path) -> None:
    assert run(monkeypatch, articles, Line(), strict=True)[0] == Exit.PROBLEMS
    articles.write_text('{"id": 1, "text": "good"}')
    assert run(monkeypatch, articles, Line(), strict=True)[0] == Exit.DONE


def test_two_runs_write_the_same_bytes(monkeypatch: pytest.MonkeyPatch, articles: Path) -> None:
    _, out = run(monkeypatch, articles, Line())
    first = {path.name: path.read_bytes() for path in out.glob("*.jsonl")}
    run(monkeypatch, articles, Line())
    assert first == {path.name: path.read_bytes() for path in out.glob("*.jsonl")}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_after_the_articles_in_hand(
    monkeypatch: pytest.MonkeyPatch, articles: Path, number: signal.Signals
) -> None:
    handlers = [signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)]
    line = Line(lambda batch: os.kill(os.getpid(), number) if batch == 2 else None)
    code, out = run(monkeypatch, articles, line)
    assert code == Exit.STOPPED
    assert [line["doc_id"] for line in lines(out / "documents.jsonl")] == list("01245")
    assert RunRecord.model_validate_json((out / "run.json").read_bytes()).finished is False
    assert handlers == [signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)]


def test_a_second_signal_stops_at_once(monkeypatch: pytest.MonkeyPatch, articles: Path) -> None:
    _, out = run(monkeypatch, articles, Line())
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def twice(batch: int) -> None:
        if batch == 1:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)

    code, _ = run(monkeypatch, articles, Line(twice))
    assert code == Exit.STOPPED
    assert before == {path.name: path.read_bytes() for path in out.iterdir()}


def test_a_missing_model_stops_the_run(
    monkeypatch: pytest.MonkeyPatch, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class NoModel(Line):
        def __call__(self, settings: Settings) -> Line:
            raise ModelError("no model xx_small: pip install it")

    code, out = run(monkeypatch, articles, NoModel(), style="json")
    assert code == Exit.STOPPED
    assert list(out.iterdir()) == []
    assert json.loads(capsys.readouterr().err)["message"] == "no model xx_small: pip install it"


def test_json_logs_are_json(
    monkeypatch: pytest.MonkeyPatch, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, articles, Line(), style="json")
    said = capsys.readouterr()
    logged = [json.loads(line) for line in said.err.splitlines()]
    assert said.out == ""
    assert [line["event"] for line in logged] == ["loaded", "rejected", "rejected", "finished"]
    assert [line["level"] for line in logged] == ["info", "warning", "warning", "info"]
    assert {line["doc_id"] for line in logged[1:3]} == {"3", None}
    assert logged[-1]["documents"] == 8


def test_quiet_says_nothing(
    monkeypatch: pytest.MonkeyPatch, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, articles, Line(), style="quiet")
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_a_bar_and_a_table(
    monkeypatch: pytest.MonkeyPatch, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, _ = run(monkeypatch, articles, Line())
    said = capsys.readouterr()
    assert code == Exit.DONE
    assert "articles" in said.err
    assert "documents" in said.out
    assert "no English" in said.err


def test_languages_of_repeats_are_codes(monkeypatch: pytest.MonkeyPatch, articles: Path) -> None:
    said = [{"id": i, "text": "The same words.", "language": name} for i, name in ((1, "en"), (2, "en-GB"), (4, "?"))]
    articles.write_text("".join(json.dumps(one) + "\n" for one in said))
    _, out = run(monkeypatch, articles, Line())
    assert [line["language"] for line in lines(out / "documents.jsonl")] == ["en", "en", None]


def test_repeats_are_marked_or_read(monkeypatch: pytest.MonkeyPatch, articles: Path) -> None:
    articles.write_text("".join(json.dumps({"id": i, "text": "The same words."}) + "\n" for i in (1, 2, 4)))
    _, out = run(monkeypatch, articles, Line())
    assert [line["duplicate_of"] for line in lines(out / "documents.jsonl")] == [None, "1", "1"]
    assert len(lines(out / "events.jsonl")) == 1
    run(monkeypatch, articles, Line(), duplicates="read")
    assert [line["duplicate_of"] for line in lines(out / "documents.jsonl")] == [None] * 3
    assert len(lines(out / "events.jsonl")) == 3
