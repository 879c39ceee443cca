from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.link.registry import open_registry
from pipeline.match import build_matcher
from pipeline.record import FILES
from pipeline.schedule.collect import collect
from pipeline.store.where import parse_where
from tests.schedule.jobs import Job, Line
from tests.schedule.test_sync import URL, article


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    return Job(tmp_path, monkeypatch)


def collected(job: Job, **options: Any) -> dict[str, list[dict[str, Any]]]:
    out = job.path / "out"
    with open_registry(str(job.path / "store/entities.sqlite"), matcher=build_matcher()) as registry:
        collect(job.path / "store", out, registry=registry, **options)
    lines = {name: (out / name).read_text().splitlines() for name in FILES if name.endswith(".jsonl")}
    found = {name: [json.loads(line) for line in some] for name, some in lines.items()}
    for name, some in found.items():
        for record in some:
            FILES[name].model_validate(record)
    return found


def test_what_holds_is_what_one_run_over_the_last_versions_gives(job: Job) -> None:
    job.file("a.jsonl", article(1, url=URL), article(2), article(3, text="bad"))
    job.sync()
    job.file("b.jsonl", article(4, url=URL), article(5, text="Text number 2"))
    job.sync()
    job.line = Line(model="2")
    job.sync(again=parse_where(["doc_id=a2"]))
    found = collected(job)
    assert [d["doc_id"] for d in found["documents.jsonl"]] == ["a4", "a5", "a2"]
    assert [e["source"]["doc_id"] for e in found["events.jsonl"]] == ["a4", "a2"]
    assert [d["events"] for d in found["documents.jsonl"] if d["events"]] == [[e["id"]] for e in found["events.jsonl"]]
    assert found["tombstones.jsonl"] == []
    assert [r["doc_id"] for r in found["rejects.jsonl"]] == ["a3"]
    assert [(e["name"], e["documents"]) for e in found["entities.jsonl"]] == [("Ann Lee", 2)]
    counts = json.loads((job.path / "out/run.json").read_text())["counts"]
    assert counts == {
        "articles": 4, "documents": 3, "duplicates": 1, "superseded": 0, "events": 2, "entities": 1, "rejects": 1,
    }  # fmt: skip


def test_days_can_be_chosen(job: Job) -> None:
    job.file("a.jsonl", article(1))
    job.sync()
    job.file("b.jsonl", article(2))
    job.sync(hours=24)
    days = [dt.date(2030, 5, 2), dt.date(2030, 5, 3)]
    assert [d["doc_id"] for d in collected(job, until=days[0])["documents.jsonl"]] == ["a1"]
    assert [d["doc_id"] for d in collected(job, since=days[1])["documents.jsonl"]] == ["a2"]
    assert [d["doc_id"] for d in collected(job, since=days[0])["documents.jsonl"]] == ["a1", "a2"]


def test_a_damaged_part_is_told(job: Job) -> None:
    job.file("a.jsonl", article(1))
    job.sync()
    [path] = (job.path / "store/documents").rglob("part-*")
    path.write_text('{"schema_version"')
    with pytest.raises(InputError, match=r"part-00000001\.jsonl:1: no DocumentRecord"):
        collected(job)
    path.unlink()
    with pytest.raises(InputError, match="cannot be read"):
        collected(job)
