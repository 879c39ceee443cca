"""The installed command, as people and cron call it."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.record import FILES

ARTICLE = (
    "NAIROBI, May 5, 2025 - Kenya's Foreign Minister Jane Mwangi met with Norway's Foreign Minister Ola Berg in "
    "Nairobi on Monday. The ministers discussed trade and energy, the ministry said in a statement. "
    "Berg will visit Tanzania on May 7.\n"
)
BESIDE = Path(sys.executable).with_name("dragoman")
COMMAND = [str(BESIDE)] if BESIDE.exists() else [sys.executable, "-m", "pipeline"]


def dragoman(*arguments: object, stdin: str = "", check: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], input=stdin, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == check, done.stderr
    return done


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    (folder / "good.txt").write_text(ARTICLE)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x7fELF\0\0\0\0" * 99)
    (folder / "long.txt").write_text("word " * 1_000_000)
    (folder / "french.txt").write_text("Le ministre des affaires étrangères a rencontré son homologue à Paris. " * 9)
    (folder / "dump.jsonl").write_text(
        json.dumps({"id": "dump-1", "text": ARTICLE, "published": "2025-05-05"}) + '\n{"id": "dump-2", "te\n'
    )
    return folder


@pytest.fixture(scope="module")
def out(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "out"
    dragoman("run", inputs, "--out", out)
    return out


def test_good_articles_come_through_beside_bad_input(out: Path, inputs: Path) -> None:
    assert {path.name for path in out.iterdir()} == set(FILES)
    documents = [(line["doc_id"], line["duplicate_of"]) for line in lines(out / "documents.jsonl")]
    assert documents == [("dump-1", None), ("good", "dump-1")]
    assert {(Path(str(r["input"])).name, r["error"]) for r in lines(out / "rejects.jsonl")} == {
        ("binary.txt", "binary"),
        ("dump.jsonl", "broken_json"),
        ("empty.txt", "empty"),
        ("french.txt", "language"),
        ("long.txt", "too_long"),
    }
    events = lines(out / "events.jsonl")
    assert {event["source"]["doc_id"] for event in events} == {"dump-1"}  # type: ignore[index]
    for span in (event["trigger"] for event in events):
        assert ARTICLE[span["start"] : span["end"]] == span["text"]  # type: ignore[index]
    run = json.loads((out / "run.json").read_bytes())
    assert run["finished"] is True
    assert run["counts"]["articles"] == run["counts"]["documents"] + run["counts"]["rejects"] == 7


def test_a_second_run_writes_the_same_bytes(out: Path, inputs: Path, tmp_path: Path) -> None:
    dragoman("run", inputs, "--out", tmp_path, "--strict", "--quiet", check=1)
    for name in FILES.keys() - {"run.json"}:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()


def test_what_it_writes_is_valid(out: Path) -> None:
    assert dragoman("validate", out).stdout == ""


def test_invalid_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("{}\n")
    done = dragoman("validate", path, check=1)
    assert done.stdout.startswith(f"{path}:1: id: Field required\n")


def test_show(out: Path) -> None:
    first = str(lines(out / "events.jsonl")[0]["id"])
    assert first in dragoman("show", out).stdout
    assert "met with" in dragoman("show", out, "--id", first).stdout
    assert first not in dragoman("show", out, "--type", "ASSAULT").stdout
    assert "no event" in dragoman("show", out, "--id", "evt_none", check=2).stderr


def test_explain(inputs: Path, out: Path) -> None:
    text = dragoman("explain", inputs / "good.txt").stdout
    events = [line for line in lines(out / "events.jsonl") if line["source"]["doc_id"] == "good"]  # type: ignore[index]
    assert all(str(event["id"]) in text for event in events)
    assert "is empty" in dragoman("explain", inputs / "empty.txt", check=3).stderr


def test_schema(tmp_path: Path) -> None:
    assert json.loads(dragoman("schema", "events.jsonl").stdout)["title"] == "EventRecord"
    assert set(json.loads(dragoman("schema").stdout)) == {*FILES, "gold.jsonl", "report.json"}
    dragoman("schema", "--write", tmp_path)
    assert (tmp_path / "events.schema.json").read_text() == dragoman("schema", "events.jsonl").stdout
    assert "no file with a schema" in dragoman("schema", "nothing", check=2).stderr


def test_standard_input(tmp_path: Path) -> None:
    dragoman("run", "-", "--map", "text=body,id=nr", "-o", tmp_path, stdin=json.dumps({"nr": 7, "body": ARTICLE}))
    assert [line["doc_id"] for line in lines(tmp_path / "documents.jsonl")] == ["7"]


@pytest.mark.parametrize("kind", ["csv", "text"])
def test_standard_input_is_what_the_user_says(tmp_path: Path, kind: str) -> None:
    dragoman("run", "-", "--format", kind, "-o", tmp_path, stdin=f'id,text\n7,"{ARTICLE}"\n')
    assert ([line["doc_id"] for line in lines(tmp_path / "documents.jsonl")] == ["7"]) is (kind == "csv")
    table = dragoman("explain", "-", "--format", kind, stdin=f'id,text\n7,"{ARTICLE}"\n').stdout
    assert "evt_" in table


def test_texts_are_kept_when_asked_for(inputs: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(inputs / "good.txt", tmp_path / "in" / "again.txt")
    shutil.copy(inputs / "good.txt", tmp_path / "in")
    page = (
        f"<html><body><nav>Home</nav><article><p>{ARTICLE}</p><p>Élan &amp; Co. was there.</p></article></body></html>"
    )
    (tmp_path / "in" / "page.html").write_text(page)
    for workers in (1, 2):
        dragoman("run", tmp_path / "in", "--keep-text", "-w", workers, "-o", tmp_path / f"{workers}")
        dragoman("validate", tmp_path / f"{workers}")
    again, good, page_line = lines(tmp_path / "1" / "documents.jsonl")
    assert (again["text"], good["text"], good["duplicate_of"]) == (ARTICLE, ARTICLE, "again")
    assert str(page_line["text"]).endswith("\n\nÉlan & Co. was there.")
    for name in ("documents.jsonl", "events.jsonl"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    assert "text" not in lines(out / "documents.jsonl")[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "nowhere", "--out", "{}"], "nowhere: no such file"),
        (["run", "{}", "--out", "{}"], "nothing to read"),
        (["run", "-", "--out", "{}", "--config", "nowhere.toml"], "nowhere.toml"),
        (["run", "-", "--out", "{}", "--map", "body"], "--map"),
        (["run", "-"], "--out"),
        (["run", "-", "--out", "{}", "--format", "json"], "--format"),
        (["run", "-", "--out", "{}", "--quiet", "--log-json"], "do not go together"),
        (["explode"], "explode"),
    ],
)
def test_wrong_calls_exit_with_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = dragoman(*(argument.format(tmp_path) for argument in arguments), check=2)
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_version_and_help() -> None:
    assert dragoman("--version").stdout.startswith("dragoman ")
    for command in ("run", "show", "explain", "schema", "validate"):
        assert "Examples" in dragoman(command, "--help").stdout
    assert "Exit codes" in dragoman("--help").stdout


def test_quick_commands_do_not_load_spacy() -> None:
    program = (
        "import sys, pipeline.cli, pipeline.commands.validate, pipeline.commands.show; print('spacy' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "False"


def test_who_hands_out_work_to_processes_does_not_load_what_they_need(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kenyan Foreign Minister Ann Otieno visited Chad on Monday.", encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from pipeline.commands.run import run;"
        "done = run(['a.txt'], Path('out'), config=None, mapping=None, workers=2, strict=True, style='quiet');"
        "print(int(done), {'spacy', 'onnxruntime'} & set(sys.modules))"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True, cwd=tmp_path).strip() == "0 set()"
    assert (tmp_path / "out/events.jsonl").read_text(encoding="utf-8").count("\n") == 1


def started(out: Path, *articles: str) -> subprocess.Popen[str]:
    """A run that has loaded its models and waits for more articles on its standard input."""
    process = subprocess.Popen(
        [*COMMAND, "run", "-", "--out", str(out), "--log-json"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stderr is not None
    for number, text in enumerate(articles):
        process.stdin.write(json.dumps({"id": number, "text": text}) + "\n")
    process.stdin.flush()
    assert json.loads(process.stderr.readline())["event"] == "loaded"
    return process


def test_ctrl_c_keeps_what_was_done(tmp_path: Path) -> None:
    process = started(tmp_path, ARTICLE, "")
    with process:
        assert json.loads(process.stderr.readline())["event"] == "rejected"  # type: ignore[union-attr]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 3
    assert json.loads((tmp_path / "run.json").read_bytes())["finished"] is False
    assert [line["doc_id"] for line in lines(tmp_path / "documents.jsonl")] == ["0"]
    assert {path.name for path in tmp_path.iterdir()} == set(FILES)


def test_kill_9_leaves_the_earlier_files(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path, dirs_exist_ok=True)
    with started(tmp_path, ARTICLE) as process:
        process.kill()
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on file sizes")
def test_a_full_disk_leaves_the_earlier_files(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path, dirs_exist_ok=True)
    dump = "".join(json.dumps({"id": number, "text": ARTICLE}) + "\n" for number in range(20))
    done = subprocess.run(
        [*COMMAND, "run", "-", "--out", str(tmp_path)],
        input=dump,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
    )
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == set(FILES)
