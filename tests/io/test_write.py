"""Writing: a valid set of files stays there through crashes, full disks and other runs."""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
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


def kept(out: Path, message: str, *, key: str = "a") -> None:
    """A run that writes a line, keeps it, writes another and dies."""
    with OutputFolder(out, key=key) as folder:
        folder.write("rejects.jsonl", record(message))
        folder.checkpoint({"lines": 1})
        folder.write("rejects.jsonl", record("lost"))


def messages(out: Path) -> list[str]:
    with jsonlines.open(out / "rejects.jsonl") as lines:
        return [line["message"] for line in lines]


def test_a_run_goes_on_from_the_checkpoint_of_the_one_before(tmp_path: Path) -> None:
    kept(tmp_path, "first")
    assert not (tmp_path / "rejects.jsonl").exists()
    with OutputFolder(tmp_path, key="a") as folder:
        assert folder.left == {"lines": 1}
        assert [json.loads(line)["message"] for line in folder.written("rejects.jsonl")] == ["first"]
        folder.write("rejects.jsonl", record("second"))
        folder.commit(RUN)
    assert messages(tmp_path) == ["first", "second"]
    assert set(contents(tmp_path)) == set(FILES)


@pytest.mark.parametrize("options", [{"key": "b"}, {"key": "a", "anew": True}, {}], ids=["other", "anew", "keyless"])
def test_another_run_drops_what_was_kept(tmp_path: Path, options: dict[str, object]) -> None:
    kept(tmp_path, "first")
    with OutputFolder(tmp_path, **options) as folder:  # type: ignore[arg-type]
        assert folder.left is None
        assert folder.dropped
        folder.commit(RUN)
    assert messages(tmp_path) == []
    assert set(contents(tmp_path)) == set(FILES)


def test_a_state_that_is_damaged_is_dropped(tmp_path: Path) -> None:
    kept(tmp_path, "first")
    (tmp_path / ".dragoman.state").write_text("{")
    with OutputFolder(tmp_path, key="a") as folder:
        assert folder.left is None
        assert folder.dropped


def test_what_is_shorter_than_its_checkpoint_is_dropped(tmp_path: Path) -> None:
    kept(tmp_path, "first")
    os.truncate(tmp_path / ".rejects.jsonl.tmp", 3)
    with OutputFolder(tmp_path, key="a") as folder:
        assert folder.left is None


def test_an_unfinished_run_shows_its_files_and_can_go_on(tmp_path: Path) -> None:
    with OutputFolder(tmp_path, key="a") as folder:
        folder.write("rejects.jsonl", record("first"))
        folder.checkpoint({})
        folder.write("rejects.jsonl", record("in hand"))
        folder.commit(RUN.model_copy(update={"finished": False}))
    assert messages(tmp_path) == ["first", "in hand"]
    with OutputFolder(tmp_path, key="a") as folder:
        assert folder.left == {}
        folder.write("rejects.jsonl", record("again"))
        folder.commit(RUN)
    assert messages(tmp_path) == ["first", "again"]
    assert set(contents(tmp_path)) == set(FILES)


def test_a_checkpoint_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with OutputFolder(tmp_path, key="a") as folder:
        folder.write("rejects.jsonl", record("first"))
        folder.checkpoint({"number": 1})
        folder.write("rejects.jsonl", record("second"))
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            with pytest.raises(OutputError, match="No space left"):
                folder.checkpoint({"number": 2})
    with OutputFolder(tmp_path, key="a") as folder:
        assert folder.left == {"number": 1}


def test_nothing_is_kept_without_a_key(tmp_path: Path) -> None:
    with OutputFolder(tmp_path) as folder, pytest.raises(ValueError, match="without a key"):
        folder.checkpoint({})


@pytest.mark.parametrize("finished", [True, False])
def test_a_commit_that_fails_anywhere_changes_all_files_or_none(
    tmp_path: Path, finished: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = os.fsync
    before = dict.fromkeys(FILES, b"old")
    for good in itertools.count():
        out = tmp_path / str(good)
        out.mkdir()
        for name, content in before.items():
            (out / name).write_bytes(content)
        calls = itertools.count()

        def fsync(file: int, good: int = good, calls: Iterator[int] = calls) -> None:
            if next(calls) == good:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            original(file)

        with OutputFolder(out, key="a") as folder:
            for name in FILES.keys() - {"run.json"}:
                folder.write(name, record(name))
            folder.checkpoint({})
            monkeypatch.setattr(os, "fsync", fsync)
            with contextlib.suppress(OutputError):
                folder.commit(RUN.model_copy(update={"finished": finished}))
            monkeypatch.undo()
        changed = {name for name in FILES if (out / name).read_bytes() != before[name]}
        assert changed in (set(), set(FILES))
        if next(calls) <= good:
            assert good > len(FILES)
            return
