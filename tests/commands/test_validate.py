"""Output files against the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.commands.validate import output_files, problems
from pipeline.errors import InputError
from tests.records import document_record, event_values


def found(path: Path, kind: str | None = None) -> list[tuple[int | None, str]]:
    return [(p.line, p.reason) for file, model in output_files([path], kind) for p in problems(file, model)]


def test_valid_files_have_no_problems(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text(json.dumps(event_values()) + "\n")
    (tmp_path / "documents.jsonl").write_text(document_record("a").model_dump_json() + "\n")
    (tmp_path / "rejects.jsonl").write_text("")
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (json.dumps(event_values(type="MEET")), "type: Input should be"),
        (json.dumps(event_values(confidence="0.9")), "confidence: Input should be a valid number"),
        (json.dumps({k: v for k, v in event_values().items() if k != "schema_version"}), "schema_version: Field req"),
        (json.dumps(event_values(extra=1)), "extra: Extra inputs"),
        (json.dumps(event_values())[:-1], "line: Invalid JSON"),
        ("", "nothing in it"),
        ("\udcff", "line: Invalid JSON"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "events.jsonl"
    good = json.dumps(event_values())
    path.write_bytes(f"{good}\n{line}\n{good}\n".encode(errors="surrogateescape"))
    [(number, said)] = found(path)
    assert number == 2
    assert said.startswith(reason)


def test_a_cut_off_file(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text(json.dumps(event_values()))
    [(number, said)] = found(tmp_path)
    assert number == 1
    assert "cut off" in said


def test_files_with_other_names(tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    path.write_text(json.dumps(event_values()) + "\n")
    assert found(path, "events.jsonl") == []
    assert found(path, "documents.jsonl")
    with pytest.raises(InputError, match="--as"):
        found(path)
    with pytest.raises(InputError, match="no output file"):
        found(path, "old.jsonl")


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no output file in it"):
        found(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        found(tmp_path / "events.jsonl")
