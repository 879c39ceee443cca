"""The output files of a run, read back: what the system said of each article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.evaluate.model import Prediction
from pipeline.record import DocumentRecord, EventRecord, Record, RejectRecord

R = TypeVar("R", bound=Record)


def read_predictions(folder: Path) -> dict[str, Prediction]:
    """What events.jsonl, documents.jsonl and rejects.jsonl of an output folder say, by article id.

    Only events.jsonl must be there. An article that was read twice has its first document and all its events;
    one that was rejected has the reason. Raises `InputError`, naming file and line, for a line that breaks the
    output contract, and when events.jsonl is missing.
    """
    if not (folder / "events.jsonl").is_file():
        raise InputError(f"{folder}: no events.jsonl in it")
    documents: dict[str, DocumentRecord] = {}
    events: dict[str, list[EventRecord]] = {}
    rejected: dict[str, str] = {}
    for event in _lines(folder / "events.jsonl", EventRecord):
        events.setdefault(event.source.doc_id, []).append(event)
    for document in _lines(folder / "documents.jsonl", DocumentRecord):
        documents.setdefault(document.doc_id, document)
    for reject in _lines(folder / "rejects.jsonl", RejectRecord):
        if reject.doc_id is not None:
            rejected.setdefault(reject.doc_id, reject.message)
    return {
        doc_id: Prediction(
            doc_id=doc_id,
            document=documents.get(doc_id),
            events=tuple(events.get(doc_id, ())),
            rejected=rejected.get(doc_id),
        )
        for doc_id in sorted({*documents, *events, *rejected})
    }


def _lines(path: Path, model: type[R]) -> Iterator[R]:
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _record(path, number, line, model)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _record(path: Path, number: int, line: bytes, model: type[R]) -> R:
    try:
        return model.model_validate_json(line, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}:{number}: {where + ': ' if where else ''}{first['msg']}") from error
