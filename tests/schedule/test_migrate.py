from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.io import migrate as steps
from pipeline.schedule.migrate import migrate_store
from tests.schedule.jobs import Job, Killed
from tests.schedule.test_sync import article


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A store with a part of an earlier schema."""
    job = Job(tmp_path, monkeypatch)
    job.file("a.jsonl", article(1), article(2))
    job.sync()
    [path] = (job.path / "store/events").rglob("part-*")
    path.write_bytes(path.read_bytes().replace(b'"schema_version":1', b'"schema_version":0'))

    def step(name: str, line: dict[str, Any]) -> dict[str, Any]:
        return line

    monkeypatch.setattr(steps, "STEPS", {0: step})
    return job


def test_the_parts_of_an_earlier_schema_are_replaced(old: Job) -> None:
    assert migrate_store(old.path / "store") == ["events/2030/05/02/part-00000001.jsonl"]
    assert [event["schema_version"] for event in old.records("events")] == [1, 1]  # and the manifest is right
    assert migrate_store(old.path / "store") == []


@pytest.mark.parametrize("renames", range(2))
def test_after_a_kill(old: Job, monkeypatch: pytest.MonkeyPatch, renames: int) -> None:
    real, left = os.replace, renames

    def dying(*paths: Path) -> None:
        nonlocal left
        if not left:
            raise Killed
        left -= 1
        real(*paths)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", dying)
        with pytest.raises(Killed):
            migrate_store(old.path / "store")
    migrate_store(old.path / "store")
    assert [event["schema_version"] for event in old.records("events")] == [1, 1]
