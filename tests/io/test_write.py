"""Writing: a valid set of files stays there through crashes, full disks and other runs."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import jsonlines
import pytest

from pipeline.errors import OutputError
from pipeline.io.write import OutputFolder
from pipeline.record import FILES, RejectRecord, RunRecord

RUN = RunRecord(
    dragoman="1", python="3", models={}, settings={}, inputs=["-"], counts={}, timings={}, finished=True
)  # fmt: skip


def record(message: str = "warum nicht? əğ\u2028\n") -> RejectRecord:
    return RejectRecord(doc_id=None, input="a", line=1, stage="read", error="e", message=message)


def write_records(out: Path, message: str, *, count: int = 1) -> None:
    with OutputFolder(out) as folder:
        for _ in range(count):
            folder.write("rejects.jsonl", record(message))
        folder.commit(RUN)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_files_are_there_after_a_commit(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    with OutputFolder(out) as folder:
        folder.write("rejects.jsonl", record())
        assert not (out / "rejects.jsonl").exists()
        folder.commit(RUN)
    assert set(contents(out)) == set(FILES)
    raw = (out / "rejects.jsonl").read_text(encoding="utf-8")
    assert (
        raw == '{"doc_id":null,"input":"a","line":1,"stage":"read","error":"e","message":"warum nicht? əğ\u2028\\n"}\n'
    )
    with jsonlines.open(out / "rejects.jsonl") as lines:
        assert [RejectRecord.model_validate(line) for line in lines] == [record()]
    assert json.loads((out / "run.json").read_bytes())["finished"] is True
    assert (out / "events.jsonl").read_bytes() == b""


def test_without_a_commit_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "rejects.jsonl").write_text("old")
    with OutputFolder(tmp_path) as folder:
        folder.write("rejects.jsonl", record())
    assert contents(tmp_path) == {"rejects.jsonl": b"old"}


def test_two_runs_cannot_write_to_one_folder(tmp_path: Path) -> None:
    with OutputFolder(tmp_path) as first:
        first.write("rejects.jsonl", record())
        with pytest.raises(OutputError, match="another run"), OutputFolder(tmp_path):
            pass
        first.commit(RUN)
    assert (tmp_path / "rejects.jsonl").stat().st_size
    with OutputFolder(tmp_path) as again:
        again.commit(RUN)
    assert (tmp_path / "rejects.jsonl").stat().st_size == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.io.write import OutputFolder
from pipeline.record import RejectRecord
with OutputFolder(Path(sys.argv[1])) as folder:
    reject = RejectRecord(doc_id=None, input="a", line=1, stage="read", error="e", message="x" * 9999)
    for _ in range(99):
        folder.write("rejects.jsonl", reject)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_leaves_behind_is_cleaned_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "rejects.jsonl").write_text("old")
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, timeout=60)
    assert (tmp_path / "rejects.jsonl").read_text() == "old"
    assert len(contents(tmp_path)) > 1, "the killed run has left temporary files"
    with OutputFolder(tmp_path):
        pass
    assert contents(tmp_path) == {"rejects.jsonl": b"old"}


def test_a_full_disk_while_writing(tmp_path: Path) -> None:
    (tmp_path / "rejects.jsonl").write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
        with pytest.raises(OutputError, match=os.strerror(errno.EFBIG)):
            write_records(tmp_path, "x" * 1000, count=100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert contents(tmp_path) == {"rejects.jsonl": b"old"}


def test_a_full_disk_at_the_very_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "run.json").write_text("old")
    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OutputError, match="No space left"):
        write_records(tmp_path, "x")
    assert contents(tmp_path) == {"run.json": b"old"}


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="out: cannot be written"), OutputFolder(tmp_path / "out"):
        pass
    assert contents(tmp_path) == {"out": b"mine"}


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "documents.jsonl" / "x").mkdir(parents=True)
    with pytest.raises(OutputError, match="cannot be written"):
        write_records(tmp_path, "x")
    assert not list(tmp_path.glob(".*"))
