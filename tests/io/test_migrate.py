from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.io import migrate as module
from pipeline.io.migrate import migrate_folder, needs_migration
from pipeline.io.write import OutputFolder
from pipeline.link.entities import EntityTable
from pipeline.record import EventRecord, RunRecord
from tests.records import document_record, entity, event_values


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Output files as an early release wrote them."""
    table = EntityTable()
    document = document_record("a", entity(1, "person", "Ann Lee", "Ann Lee"))
    table.add(document)
    with OutputFolder(tmp_path) as out:
        out.write("documents.jsonl", document)
        for n in (1, 2):
            out.write("events.jsonl", EventRecord.model_validate(event_values(id=f"evt_{n:016x}")))
        for record in table.records():
            out.write("entities.jsonl", record)
        out.commit(
            RunRecord(dragoman="0", python="3", models={}, settings={}, inputs=[], counts={}, timings={}, finished=True)
        )
    (tmp_path / "tombstones.jsonl").unlink()
    path = tmp_path / "entities.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    for line in lines:
        assert line.pop("aliases") == []
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path


def test_an_early_folder_is_brought_to_the_present_schema(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert migrate_folder(folder) == ["entities.jsonl", "tombstones.jsonl"]
    [line] = (folder / "entities.jsonl").read_text().splitlines()
    assert list(json.loads(line))[:3] == ["schema_version", "id", "aliases"]
    assert (folder / "tombstones.jsonl").read_bytes() == b""
    changed = ("entities.jsonl", "tombstones.jsonl")
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in changed}
    assert after == {name: raw for name, raw in before.items() if name not in changed}
    assert migrate_folder(folder) == []


def test_steps_lead_from_version_to_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate_folder(folder)
    path = folder / "events.jsonl"
    now = path.read_bytes()
    path.write_bytes(now.replace(b'"schema_version":1', b'"schema_version":-1').replace(b'"confidence"', b'"sure"'))
    seen: list[tuple[str, int]] = []

    def step(name: str, line: dict[str, Any]) -> dict[str, Any]:
        seen.append((name, line["schema_version"]))
        return {"confidence" if key == "sure" else key: value for key, value in line.items()}

    monkeypatch.setattr(module, "STEPS", {-1: step, 0: step})
    assert needs_migration(path, "events.jsonl")
    assert migrate_folder(folder) == ["events.jsonl"]
    assert path.read_bytes() == now
    assert set(seen) == {("events.jsonl", -1), ("events.jsonl", 0)}


def test_what_a_later_release_wrote_is_left_alone(folder: Path) -> None:
    path = folder / "events.jsonl"
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + second.replace(b'"schema_version":1', b'"schema_version":7'))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError, match=r"events\.jsonl:2: schema version 7; this release knows 1"):
        migrate_folder(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("line", [b'{"schema_version":1}', b"[]", b"{", b'{"schema_version":"1"}'])
def test_what_is_no_record_is_told(folder: Path, line: bytes) -> None:
    (folder / "events.jsonl").write_bytes(line + b"\n")
    with pytest.raises(InputError, match=r"events\.jsonl:1: "):
        migrate_folder(folder)


def test_a_folder_without_output_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither a store"):
        migrate_folder(tmp_path)
