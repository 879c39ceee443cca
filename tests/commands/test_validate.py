"""Output files against the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.commands.validate import damaged, output_files, problems
from pipeline.errors import InputError
from pipeline.link.identify import text_digest
from tests.records import TEXT, document_record, entity, event_values
from tests.schedule.jobs import Job


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


def kept(doc_id: str, text: str, **changes: object) -> str:
    values = document_record(doc_id, entity(1, "person", "Ann Lee", "Ann")).model_dump(mode="json")
    return json.dumps({**values, "sha256": text_digest(text), "text": text, **changes})


def event(doc_id: str, text: str) -> str:
    values = event_values()
    return json.dumps({**values, "source": {**values["source"], "doc_id": doc_id, "sha256": text_digest(text)}})


def test_texts_that_are_kept_are_what_the_spans_count_in(tmp_path: Path) -> None:
    other = f"😀 {TEXT}"
    documents = [
        kept("a", "Ann Lee met."),
        kept("b", "Anne Lee"),
        kept("c", "Bo Rask"),
        kept("d", "Ann", sha256="0" * 64),
        "{",
        json.dumps(document_record("e").model_dump(mode="json")),
    ]
    (tmp_path / "documents.jsonl").write_text("".join(line + "\n" for line in documents))
    assert [(line, reason) for line, reason in found(tmp_path) if line != 5] == [
        (3, "entities.0.mentions.0: the text has 'Bo ' from 0 to 3"),
        (4, "sha256: is not that of the text"),
    ]
    (tmp_path / "documents.jsonl").write_text("".join(kept(id, t) + "\n" for id, t in (("a", TEXT), ("b", other))))
    events = [event("b", other), event("a", TEXT), event("a", TEXT), event("nowhere", TEXT)]
    (tmp_path / "events.jsonl").write_text("".join(line + "\n" for line in events))
    wrong = [(line, reason.partition(":")[0]) for line, reason in found(tmp_path / "events.jsonl")]
    assert {line for line, _ in wrong} == {1}
    assert {"trigger", "actors.0.mentions.0", "actors.1.mentions.0", "date.mention", "place.mention", "evidence.0"} == {
        key for _, key in wrong
    }


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


def test_a_store_is_checked_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job(tmp_path, monkeypatch)
    job.file("a.jsonl", {"id": "1", "text": "One"}, {"text": 2})
    job.sync()
    store = tmp_path / "store"
    files = output_files([store], None)
    assert sorted(path.relative_to(store).parts[0] for path, _ in files) == ["documents", "events", "rejects"]
    assert [problem for path, model in files for problem in problems(path, model)] == []
    assert list(damaged([store])) == []
    events, documents = sorted(path for path, _ in files if "rejects" not in path.parts)[::-1]
    events.write_bytes(events.read_bytes() + b"{}\n")
    documents.unlink()
    assert [(problem.file, problem.reason.split(":")[0]) for problem in damaged([store])] == [
        (str(documents), "it is gone"),
        (str(events), "it is not as it was written"),
    ]
    assert len(output_files([store], None)) == 2
