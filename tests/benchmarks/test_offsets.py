from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.offsets import broken, spans, unaccounted

TEXT = "Ministers met in Oslo."


def write(folder: Path, files: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    for name in ("events.jsonl", "documents.jsonl", "rejects.jsonl"):
        lines = (json.dumps(record) + "\n" for record in files.get(name, ()))
        (folder / name).write_text("".join(lines), encoding="utf-8")
    return folder


def span(text: str, start: int) -> dict[str, Any]:
    return {"text": text, "start": start, "end": start + len(text)}


def test_spans_are_found_at_any_depth() -> None:
    met, oslo = span("met", 10), span("Oslo", 17)
    record = {"trigger": met, "place": {"mention": oslo, "city": "Oslo"}, "actors": [{"mentions": [met]}], "date": None}
    assert list(spans(record)) == [met, oslo, met]


@pytest.mark.parametrize(("start", "faults"), [(10, 0), (11, 1)])
def test_a_span_that_does_not_slice_the_text_is_a_fault(tmp_path: Path, start: int, faults: int) -> None:
    event = {"source": {"doc_id": "a"}, "trigger": span("met", start)}
    document = {"doc_id": "a", "entities": [{"mentions": [span("met", start)]}]}
    out = write(tmp_path, {"events.jsonl": [event], "documents.jsonl": [document]})
    assert len(broken(out, {"a": TEXT})) == 2 * faults


@pytest.mark.parametrize(
    ("documents", "rejects", "fault"),
    [
        (["a", "b"], [3], ""),
        (["a"], [3], "3 inputs, 1 documents and 1 rejects"),
        (["a", "a"], [3], "a: 2 lines in documents.jsonl"),
        (["a"], [3, 3], "line 3: 2 lines in rejects.jsonl"),
    ],
)
def test_every_input_stands_in_one_file_once(
    tmp_path: Path, documents: list[str], rejects: list[int], fault: str
) -> None:
    files = {
        "documents.jsonl": [{"doc_id": doc_id} for doc_id in documents],
        "rejects.jsonl": [{"line": line} for line in rejects],
    }
    assert unaccounted(write(tmp_path, files), 3) == ([fault] if fault else [])
