from __future__ import annotations

import datetime as dt
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import Article
from pipeline.errors import InputError, OutputError
from pipeline.record import FILES
from pipeline.schedule.report import Report
from pipeline.store.folder import Store, StoreBusy, reading
from pipeline.store.history import last_runs
from pipeline.store.where import parse_where
from tests.schedule.jobs import Job, Killed, Line

URL = "https://a.example/talks"


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    return Job(tmp_path, monkeypatch)


def article(number: int, **more: object) -> dict[str, object]:
    return {"id": f"a{number}", "text": f"Text number {number}", **more}


def told(report: Report) -> dict[str, int]:
    return {name: number for name, number in report.counts.items() if number}


def test_only_what_is_new_is_read(job: Job) -> None:
    job.file("a.jsonl", article(1), article(2), article(3))
    job.file("b.jsonl", article(4))
    report = job.sync()
    assert report.outcome == "done"
    assert told(report) == {"files": 2, "articles": 4, "documents": 4, "events": 4}
    assert told(job.sync()) == {}
    job.file("a.jsonl", article(1), article(2), article(3), article(5))
    job.file("c.jsonl", article(4))
    assert told(job.sync()) == {"files": 2, "articles": 5, "known": 4, "documents": 1, "events": 1}
    assert job.line.read == ["a1", "a2", "a3", "a4", "a5"]
    assert job.documents() == job.line.read
    assert [event["source"]["doc_id"] for event in job.records("events")] == job.line.read


def test_parts_are_valid_records_in_folders_of_days(job: Job) -> None:
    job.settings["parts"] = {"articles": 2, "by": "published"}
    job.file("a.jsonl", article(1, published="2025-05-02"), article(2), article(3, published="2025-05-02"))
    job.sync()
    paths = sorted(p.relative_to(job.path / "store").as_posix() for p in (job.path / "store").rglob("part-*"))
    assert paths == [
        "documents/2025/05/02/part-00000001.jsonl",
        "documents/2025/05/02/part-00000002.jsonl",
        "documents/2030/05/02/part-00000001.jsonl",
        "events/2025/05/02/part-00000001.jsonl",
        "events/2025/05/02/part-00000002.jsonl",
        "events/2030/05/02/part-00000001.jsonl",
    ]
    for kind in ("events", "documents"):
        for record in job.records(kind):
            FILES[f"{kind}.jsonl"].model_validate(record)


def test_repeats_are_marked_also_across_passes(job: Job) -> None:
    job.file("a.jsonl", article(1))
    job.sync()
    job.file("b.jsonl", article(2, text="Text number 1", outlet="Elsewhere"))
    assert told(job.sync()) == {"files": 1, "articles": 1, "documents": 1, "duplicates": 1}
    assert [(r["doc_id"], r["duplicate_of"], r["outlet"]) for r in job.records("documents")[1:]] == [
        ("a2", "a1", "Elsewhere")
    ]


def test_a_newer_version_withdraws_the_records_of_the_older_one(job: Job) -> None:
    job.file("a.jsonl", article(1, url=URL))
    job.sync()
    job.file("b.jsonl", article(2, url=URL), article(3))
    assert told(job.sync())["superseded"] == 1
    old, new, _ = job.records("events")
    [tombstone] = job.records("tombstones")
    FILES["tombstones.jsonl"].model_validate(tombstone)
    assert tombstone["events"] == [old["id"]]
    assert (tombstone["doc_id"], tombstone["sha256"]) == ("a1", old["source"]["sha256"])
    assert (tombstone["replaced_by_doc_id"], tombstone["replaced_by"]) == ("a2", new["source"]["sha256"])
    job.file("a.jsonl", article(1, url=URL), article(4))  # the older version is still there
    assert told(job.sync()) == {"files": 1, "articles": 2, "known": 1, "documents": 1, "events": 1}


def test_an_article_is_not_new_again_in_the_same_pass(job: Job) -> None:
    job.file("a.jsonl", article(1), article(1))
    job.file("b.jsonl", article(1), article(2))
    report = job.sync()
    assert job.documents() == ["a1", "a2"]
    assert told(report) == {"files": 2, "articles": 4, "known": 2, "documents": 2, "events": 2}


def test_what_has_no_id_is_told_by_its_address(job: Job) -> None:
    reprint = {"text": "Text in many papers", "url": f"{URL}/1"}
    job.file("a.jsonl", {"text": "Text in many papers", "url": URL}, reprint, reprint)
    assert told(job.sync()) == {"files": 1, "articles": 3, "known": 1, "documents": 2, "duplicates": 1, "events": 1}
    original, repeat = job.records("documents")
    assert (repeat["url"], repeat["duplicate_of"]) == (f"{URL}/1", original["doc_id"])
    job.file("b.jsonl", reprint)
    assert told(job.sync()) == {"files": 1, "articles": 1, "known": 1}


def test_rejects_are_written_once(job: Job) -> None:
    job.file("a.jsonl", article(1, text="bad"), {"id": "x"}, article(2, url=URL))
    (job.path / "inbox/b.txt").write_text("One")
    (job.path / "inbox/c").mkdir()
    (job.path / "inbox/c/b.txt").write_text("Another of this name")
    assert told(job.sync())["rejects"] == 3
    job.file("a.jsonl", article(1, text="bad"), {"id": "x"}, article(2, url=URL), article(3, text="bad, too"))
    assert told(job.sync()) == {"files": 1, "articles": 3, "known": 2, "rejects": 1}
    assert [(r["doc_id"], r["error"]) for r in job.records("rejects")] == [
        ("a1", "language"),
        ("x", "missing_text"),
        ("b", "duplicate_id"),
        ("a3", "language"),
    ]


@pytest.mark.parametrize("dies", range(1, 12))
def test_after_a_kill_none_is_lost_and_none_is_doubled(job: Job, dies: int) -> None:
    job.settings["parts"] = {"articles": 3}
    for n in range(4):
        job.file(f"{n}.jsonl", *(article(i, url=f"{URL}/{i % 7}") for i in range(3 * n, 3 * n + 3)))
    job.line = Line(dies=f"a{dies}")
    with pytest.raises(Killed):
        job.sync()
    job.line = Line()
    job.sync()
    assert job.documents() == [f"a{n}" for n in range(12)]
    assert [event["source"]["doc_id"] for event in job.records("events")] == job.documents()
    assert [t["doc_id"] for t in job.records("tombstones")] == [f"a{n}" for n in range(5)]
    assert told(job.sync()) == {}
    with reading(job.path / "store") as database:
        assert [run.outcome for run in last_runs(database, 9)] == ["done", "done", "died"]


@pytest.mark.parametrize("asked", range(1, 13))
def test_a_stopped_pass_is_taken_up_by_the_next(job: Job, asked: int) -> None:
    for n in range(3):
        job.file(f"{n}.jsonl", *(article(i) for i in range(3 * n, 3 * n + 3)))
    report = job.sync(stops_after=asked)
    assert report.outcome == "stopped"
    assert job.documents() == [f"a{n}" for n in range(report.counts["documents"])]
    assert job.sync().outcome == "done"
    assert job.documents() == [f"a{n}" for n in range(9)]


def test_only_one_pass_at_a_time(job: Job) -> None:
    job.file("a.jsonl", article(1))
    with Store(job.path / "store"), pytest.raises(StoreBusy, match="another run is writing here"):
        job.sync()
    assert told(job.sync())["documents"] == 1


def test_an_article_that_kills_its_process_is_tried_three_times_and_parked(job: Job) -> None:
    job.line = Line(crash={"a2"})
    job.file("a.jsonl", article(1), article(2), article(3))
    report = job.sync()
    assert told(report) == {"files": 1, "articles": 3, "documents": 2, "events": 2, "failing": 1}
    assert told(job.sync(hours=0.05)) == {}  # too early
    assert told(job.sync()) == {"files": 1, "articles": 3, "known": 2, "failing": 1}
    report = job.sync()
    assert told(report) == {"files": 1, "articles": 3, "known": 2, "rejects": 1, "parked": 1}
    assert [trouble.name for trouble in report.troubles] == ["a2"]
    assert told(job.sync(hours=100)) == {}
    assert job.line.read == ["a1", "a2", "a3", "a2", "a2"]
    assert [(r["doc_id"], r["error"]) for r in job.records("rejects")] == [("a2", "crashed")]
    job.line = Line()
    assert told(job.sync(retry_parked=True)) == {"files": 1, "articles": 3, "known": 2, "documents": 1, "events": 1}
    assert job.line.read == ["a2"]


def test_waiting_is_longer_after_every_try(job: Job) -> None:
    job.settings["retry"] = {"tries": 4, "wait": "1h"}
    job.line = Line(crash={"a1"})
    job.file("a.jsonl", article(1))
    job.sync()
    for hours in (0.9, 0.2, 1.9, 0.2, 3.9, 0.2):
        job.sync(hours=hours)
    assert job.line.read == ["a1"] * 4


def test_a_file_that_cannot_be_read_is_tried_again(job: Job) -> None:
    path = job.file("a.jsonl", article(1))
    (job.path / "inbox/b.jsonl.gz").write_bytes(b"no gzip")
    assert told(job.sync()) == {"files": 2, "articles": 1, "documents": 1, "events": 1, "failing": 1}
    assert told(job.sync(hours=0.01)) == {}
    assert told(job.sync()) == {"files": 1, "failing": 1}
    assert told(job.sync()) == {"files": 1, "rejects": 1, "parked": 1}
    assert told(job.sync(hours=100)) == {}
    shutil.copy(path, job.path / "inbox/b.jsonl")
    (job.path / "inbox/b.jsonl.gz").unlink()
    assert told(job.sync()) == {"files": 1, "articles": 1, "known": 1}


def test_files_that_are_being_written_are_left(job: Job) -> None:
    job.settings["inbox"] = [{"path": "inbox", "settle": "10s"}]
    path = job.file("a.jsonl", article(1))
    now = (job.now + dt.timedelta(hours=1)).timestamp()
    os.utime(path, (now, now - 9))
    assert told(job.sync()) == {}
    assert told(job.sync())["documents"] == 1


def test_files_that_are_done_can_be_deleted(job: Job) -> None:
    job.settings["inbox"] = [{"path": "inbox", "done": "delete"}]
    job.line = Line(crash={"a2"})
    first, second = job.file("a.jsonl", article(1)), job.file("b.jsonl", article(2))
    job.sync()
    assert (first.exists(), second.exists()) == (False, True)
    job.line = Line()
    job.sync()
    assert not second.exists()
    assert job.documents() == ["a1", "a2"]


def test_a_file_that_grew_while_it_was_read_is_not_deleted(job: Job) -> None:
    job.settings["inbox"] = [{"path": "inbox", "done": "delete"}]
    path = job.file("a.jsonl", article(1))

    class Growing(Line):
        def _one(self, given: Article) -> Any:
            job.file("a.jsonl", article(1), article(2))
            return Line._one(self, given)

    job.line = Growing()
    job.sync()
    assert path.exists()
    job.line = Line()
    job.sync()
    assert not path.exists()
    assert job.documents() == ["a1", "a2"]


def test_an_inbox_that_is_not_there_fails_the_pass_after_the_others_were_read(job: Job) -> None:
    job.settings["inbox"] = [{"path": "nowhere"}, {"path": "inbox"}, {"path": "inbox/x.pdf"}]
    job.file("a.jsonl", article(1))
    report = job.sync()
    assert report.outcome == "failed"
    assert "nowhere: no such file or folder" in str(report.message)
    assert told(report) == {"files": 1, "articles": 1, "documents": 1, "events": 1, "unreachable": 2}


def test_the_store_is_no_input(job: Job) -> None:
    job.settings["inbox"] = [{"path": "."}]
    job.file("a.jsonl", article(1))
    job.sync()
    assert told(job.sync()) == {}


def test_known_articles_are_read_again_where_it_is_asked_for(job: Job) -> None:
    job.file("a.jsonl", article(1), article(2, outlet="Wire"), article(3, text="bad"), article(4, text="Text number 1"))
    job.sync()
    job.line = Line(model="2")
    assert told(job.sync(again=parse_where(["outlet=Wire"]))) == {
        "files": 1, "articles": 4, "known": 3, "documents": 1, "events": 1, "superseded": 1,
    }  # fmt: skip
    [tombstone] = job.records("tombstones")
    assert tombstone["reason"] == "reprocessed"
    assert tombstone["events"] == [job.records("events")[1]["id"]]
    assert tombstone["before_part"] == 2
    report = job.sync(again=parse_where([]))
    assert job.line.read == ["a2", "a1", "a2", "a3"]
    assert told(report) == {"files": 1, "articles": 4, "documents": 3, "duplicates": 1, "events": 2, "superseded": 3}
    assert told(job.sync()) == {}
    job.file("b.jsonl", article(5, text="Text number 1"))
    assert told(job.sync())["duplicates"] == 1


def test_reading_again_leaves_versions_that_are_superseded(job: Job) -> None:
    job.file("a.jsonl", article(1, url=URL), article(2, url=URL))
    job.sync()
    job.line = Line()
    job.sync(again=parse_where(["doc_id~a*"]))
    assert job.line.read == ["a2"]


def test_everything_is_kept_as_long_as_the_settings_say(job: Job) -> None:
    job.settings["retention"] = {"records": "3d", "repeats": "10d", "runs": "30d"}
    job.file("a.jsonl", article(1))
    job.sync()
    job.file("b.jsonl", article(2), article(3, text="Text number 1"))
    assert told(job.sync(hours=48))["duplicates"] == 1
    assert job.documents() == ["a1", "a2", "a3"]
    job.sync(hours=48)
    assert job.documents() == ["a2", "a3"]
    job.file("c.jsonl", article(4, text="Text number 1"), article(1))
    assert told(job.sync(hours=24 * 20)) == {"files": 1, "articles": 2, "known": 1, "documents": 1, "duplicates": 1}
    job.file("d.jsonl", article(5, text="Text number 1"))
    assert told(job.sync()) == {"files": 1, "articles": 1, "documents": 1, "events": 1}  # forgotten in the pass before
    job.sync(hours=24 * 40)
    with reading(job.path / "store") as database:
        assert [run.number for run in last_runs(database, 99)] == [6, 5]  # this one, and the last before it


def test_a_full_disk_fails_the_pass_and_loses_nothing(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    job.file("a.jsonl", article(1), article(2))

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="No space left"):
            job.sync()
    assert Counter(told(job.sync())) == {"files": 1, "articles": 2, "documents": 2, "events": 2}
    with reading(job.path / "store") as database:
        assert [(run.outcome, run.message) for run in last_runs(database, 9)][1][0] == "failed"


def test_conditions_that_cannot_be_read() -> None:
    for condition in ("outlet", "colour=red", "=x", ""):
        with pytest.raises(InputError, match="FIELD=VALUE"):
            parse_where([condition])
