"""The store: commits, crashes between their steps, and who may write."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import InputError, OutputError
from pipeline.record import RejectRecord
from pipeline.store.folder import DATABASE, MANIFEST, WAITING, Store, StoreBusy, read_parts, reading

NOW = dt.datetime(2025, 5, 2, tzinfo=dt.UTC)
DAY = NOW.date()
OTHER = dt.date(2025, 5, 3)


def record(name: str) -> RejectRecord:
    return RejectRecord(doc_id=name, input="x.txt", line=None, stage="read", error="empty", message="nothing")


def files(store: Path) -> dict[str, str]:
    return {p.relative_to(store).as_posix(): p.read_text() for p in sorted(store.rglob("part-*.jsonl"))}


def manifest(store: Path) -> dict[str, str]:
    lines = (store / MANIFEST).read_text().splitlines()
    return {path: digest for digest, path in (line.split("  ") for line in lines)}


def check(store: Path) -> None:
    found = files(store)
    assert {path: hashlib.sha256(text.encode()).hexdigest() for path, text in found.items()} == manifest(store)
    with reading(store) as database:
        assert {part.path: (part.sha256, part.lines, part.bytes) for part in read_parts(database)} == {
            path: (hashlib.sha256(text.encode()).hexdigest(), text.count("\n"), len(text.encode()))
            for path, text in found.items()
        }


def test_the_path_of_a_store_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store(Path("store")) as store:
        store.write("events", DAY, record("a"))
        store.commit(run=1, now=NOW)
    assert list(files(Path("store"))) == ["events/2025/05/02/part-00000001.jsonl"]
    check(Path("store"))


def test_a_commit_gives_a_part_for_each_kind_and_day(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.write("events", DAY, record("a"))
        store.write("events", OTHER, record("b"))
        store.write("events", DAY, record("c"))
        store.write("rejects", DAY, record("d"))
        assert files(tmp_path) == {}
        store.commit(run=1, now=NOW)
        store.write("events", DAY, record("e"))
        store.commit(run=1, now=NOW)
        store.commit(run=1, now=NOW)
    assert list(files(tmp_path)) == [
        "events/2025/05/02/part-00000001.jsonl",
        "events/2025/05/02/part-00000002.jsonl",
        "events/2025/05/03/part-00000001.jsonl",
        "rejects/2025/05/02/part-00000001.jsonl",
    ]
    assert files(tmp_path)["events/2025/05/02/part-00000001.jsonl"].count("\n") == 2
    check(tmp_path)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", MANIFEST], cwd=tmp_path, check=True)


def test_more_days_than_files_that_are_held_open(tmp_path: Path) -> None:
    days = [DAY + dt.timedelta(days=n) for n in range(150)]
    with Store(tmp_path) as store:
        for name in "ab":
            for day in days:
                store.write("events", day, record(name))
        store.commit(run=1, now=NOW)
    assert len(files(tmp_path)) == 150
    assert all(text.count("\n") == 2 for text in files(tmp_path).values())
    check(tmp_path)


def test_what_is_not_committed_is_gone(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.write("events", DAY, record("a"))
        store.commit(run=1, now=NOW)
        store.write("events", DAY, record("b"))
        store.database.execute("INSERT INTO told VALUES (x'00')")
    with Store(tmp_path) as store:
        assert store.database.execute("SELECT count(*) FROM told").fetchone() == (0,)
        store.write("events", DAY, record("c"))
        store.commit(run=2, now=NOW)
    assert "".join(files(tmp_path).values()).count("\n") == 2
    assert not list((tmp_path / WAITING).iterdir())
    check(tmp_path)


@pytest.mark.parametrize("renames", range(4))
def test_a_run_that_dies_while_parts_get_their_names(
    tmp_path: Path, renames: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace
    left = renames

    def dying(old: Path, new: Path) -> None:
        nonlocal left
        if left == 0:
            raise SystemExit("killed")
        left -= 1
        real(old, new)

    with Store(tmp_path) as store:  # noqa: SIM117
        with monkeypatch.context() as patch:
            for day in (DAY, OTHER):
                store.write("events", day, record("a"))
                store.write("documents", day, record("a"))
            patch.setattr(os, "replace", dying)
            with pytest.raises(SystemExit):
                store.commit(run=1, now=NOW)
    assert len(files(tmp_path)) == renames
    with Store(tmp_path):
        pass
    assert len(files(tmp_path)) == 4
    check(tmp_path)


def test_a_manifest_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for name in "ab":
            store.write("events", DAY, record(name))
            store.commit(run=1, now=NOW)
    path = tmp_path / MANIFEST
    path.write_bytes(path.read_bytes()[:-30])
    with Store(tmp_path):
        pass
    check(tmp_path)


def test_removed_parts_leave_no_empty_folders(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.write("events", DAY, record("a"))
        store.write("events", OTHER, record("b"))
        store.commit(run=1, now=NOW)
        store.remove([part for part in store.parts() if part.day == DAY])
    assert list(files(tmp_path)) == ["events/2025/05/03/part-00000001.jsonl"]
    assert not (tmp_path / "events/2025/05/02").exists()
    check(tmp_path)
    with Store(tmp_path) as store:
        store.remove(list(store.parts()))
        store.write("events", DAY, record("c"))
        store.commit(run=2, now=NOW)
    assert list(files(tmp_path)) == ["events/2025/05/02/part-00000002.jsonl"]  # no number comes twice


def test_only_one_writes_and_a_dead_one_is_no_hindrance(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from pipeline.store.folder import Store\n"
    code += "with Store(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"in\n"
        with pytest.raises(StoreBusy, match=f"process {other.pid}, since 20"), Store(tmp_path):
            pass
        other.kill()
    with Store(tmp_path) as store:
        assert store.left is not None
        assert store.left["process"] == other.pid
    with Store(tmp_path) as store:
        assert store.left is None


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_text("no database at all, but a text that is long enough to be looked at" * 20)
    with pytest.raises(InputError, match="not a database"), Store(tmp_path):
        pass
    (tmp_path / DATABASE).unlink()
    with Store(tmp_path) as store:
        store.database.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match="later release"), Store(tmp_path):
        pass
    with pytest.raises(InputError, match="no store"), reading(tmp_path / "nothing"):
        pass


def test_readers_neither_wait_for_a_run_nor_write(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.write("events", DAY, record("a"))
        store.commit(run=1, now=NOW)
        store.database.execute("INSERT INTO told VALUES (x'00')")  # holds the lock of SQLite for writers
        with reading(tmp_path) as database:
            assert len(list(read_parts(database))) == 1
            assert database.execute("SELECT count(*) FROM told").fetchone() == (0,)
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                database.execute("DELETE FROM part")


def test_a_database_that_is_damaged(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for number in range(50):
            store.write("events", DAY + dt.timedelta(days=number), record("a"))
        store.commit(run=1, now=NOW)
    content = bytearray((tmp_path / DATABASE).read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    (tmp_path / DATABASE).write_bytes(content)
    with pytest.raises(InputError, match="malformed"), reading(tmp_path) as database:
        list(read_parts(database))


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError), Store(tmp_path / "file"):
        pass
