"""Kept texts: those of a documents.jsonl that was written with them, and the spans that count in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import from_json

from pipeline.link.identify import text_digest
from pipeline.record import DocumentRecord, EventRecord, Record, SpanRecord


def kept_texts(path: Path) -> Iterator[tuple[int, str, str]]:
    """Where in the file each line with a text begins, its `doc_id` and the text.

    Lines that are no JSON are passed over. Raises `OSError`.
    """
    start = 0
    with path.open("rb") as file:
        for line in file:
            try:
                values = from_json(line)
            except ValueError:
                values = None
            if isinstance(values, dict) and isinstance(values.get("text"), str):
                yield start, str(values.get("doc_id")), values["text"]
            start += len(line)


class Texts:
    """The texts that records of an output file count in, as far as they are kept."""

    def __init__(self, path: Path, model: type[Record]) -> None:
        """Those of the records of `path`; events have theirs in the documents.jsonl beside it. Raises `OSError`."""
        self._documents = path.with_name("documents.jsonl")
        known = model is EventRecord and self._documents.exists()
        self._starts = {id: start for start, id, _ in kept_texts(self._documents)} if known else {}
        self._last: tuple[int | None, str | None] = (None, None)

    def text_of(self, record: Record) -> str | None:
        """The text that the spans of the record count in."""
        if isinstance(record, DocumentRecord):
            return record.text
        return self._read(self._starts.get(record.source.doc_id)) if isinstance(record, EventRecord) else None

    def _read(self, start: int | None) -> str | None:
        if start is not None and start != self._last[0]:
            with self._documents.open("rb") as file:
                file.seek(start)
                self._last = start, from_json(file.readline())["text"]
        return None if start is None else self._last[1]


def misplaced(record: Record, text: str) -> Iterator[str]:
    """What in the record does not fit its text: the digest, and spans that say something else than the text."""
    source = record.source if isinstance(record, EventRecord) else record
    if getattr(source, "sha256", None) != text_digest(text):
        yield "sha256: is not that of the text"
    for place, span in _spans(record, ""):
        if text[span.start : span.end] != span.text:
            yield f"{place}: the text has {text[span.start : span.end]!r} from {span.start} to {span.end}"


def _spans(value: object, place: str) -> Iterator[tuple[str, SpanRecord]]:
    if isinstance(value, SpanRecord):
        yield place, value
    elif isinstance(value, BaseModel):
        for key, inner in value:
            yield from _spans(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _spans(inner, f"{place}.{number}")
