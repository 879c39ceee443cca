"""doccano JSONL: spans and relations, with all else in an extra column.

Written as doccano imports "JSONL(Relation)": `entities` with ids and code point offsets, `relations` between them.
The column `gold` holds the head and the fields of every span as a JSON string, which doccano keeps but does not show
for editing; a span finds its fields again by its place and label. Read as well: `label` or `labels` with
`[start, end, label]`, which doccano uses for projects without relations.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.gold.assemble import assemble
from pipeline.gold.drawing import Arrow, Drawing, Mark, draw
from pipeline.gold.head import Head
from pipeline.gold.model import Gold, GoldArticle
from pipeline.gold.problems import Problem, reasons

Json = dict[str, Any]


class _Span(Gold):
    """The fields of one span."""

    start: int
    end: int
    label: str
    fields: dict[str, list[str]]


class _Column(Gold):
    """What the extra column holds."""

    head: Head
    spans: list[_Span]


class _Malformed(Exception):
    """A line cannot be understood; the message says why."""


def write(articles: Iterable[GoldArticle], out: Path) -> None:
    """Write a line an article. Raises `CannotWrite`."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for number, article in enumerate(articles, 1):
            file.write(json.dumps(_line(number, article), ensure_ascii=False) + "\n")


def _line(number: int, article: GoldArticle) -> Json:
    drawing = draw(article)
    ids = {mark.id: id for id, mark in enumerate(drawing.marks, 1)}
    column = _Column(
        head=drawing.head or Head(),
        spans=[
            _Span(start=m.start, end=m.end, label=m.label, fields={name: list(v) for name, v in m.fields.items()})
            for m in drawing.marks
            if m.fields
        ],
    )
    return {
        "id": number,
        "text": drawing.text,
        "entities": [
            {"id": ids[mark.id], "start_offset": mark.start, "end_offset": mark.end, "label": mark.label}
            for mark in drawing.marks
        ],
        "relations": [
            {"id": id, "from_id": ids[arrow.source], "to_id": ids[arrow.target], "type": arrow.role}
            for id, arrow in enumerate(drawing.arrows, 1)
        ],
        "gold": column.model_dump_json(exclude_defaults=True),
    }


def read(path: Path) -> Iterator[GoldArticle | Problem]:
    """The articles of a file that doccano exported or would import. Raises `InputError` when it cannot be read."""
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                if raw.strip():
                    yield from _of_line(raw, path, number)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _of_line(raw: bytes, path: Path, number: int) -> Iterator[GoldArticle | Problem]:
    id = f"{path.stem}-{number}"
    try:
        values = json.loads(raw.decode("utf-8-sig"))
        if not isinstance(values, dict):
            raise _Malformed("no JSON object")
        drawing = _drawing(values)
    except (ValueError, RecursionError, _Malformed) as error:
        yield Problem(str(path), number, None, str(error) if isinstance(error, _Malformed) else f"no JSON: {error}")
        return
    yield from assemble(drawing, file=str(path), line=number, id=id)


def _drawing(values: Json) -> Drawing:
    text = values.get("text", values.get("data"))
    if not isinstance(text, str):
        raise _Malformed("no text")
    column = _column(values)
    fields: dict[tuple[int, int, str], list[Mapping[str, Sequence[str]]]] = {}
    for span in column.spans if column else ():
        fields.setdefault((span.start, span.end, span.label), []).append(span.fields)
    marks = []
    for id, start, end, label in _spans(values):
        told = fields.get((start, end, label))
        marks.append(Mark(id, start, end, label, told.pop(0) if told else {}))
    arrows = []
    for relation in _list(values, "relations"):
        try:
            arrows.append(Arrow(str(relation["type"]), str(relation["from_id"]), str(relation["to_id"])))
        except (KeyError, TypeError) as error:
            raise _Malformed(f"a relation needs type, from_id and to_id: {relation!r}") from error
    return Drawing(text, tuple(marks), tuple(arrows), column.head if column else None)


def _column(values: Json) -> _Column | None:
    """The extra column, which doccano puts among the others or under `meta`."""
    meta = values.get("meta")
    given = values.get("gold", meta.get("gold") if isinstance(meta, dict) else None)
    if given is None:
        return None
    try:
        return _Column.model_validate_json(given if isinstance(given, str) else json.dumps(given))
    except ValidationError as error:
        raise _Malformed(f"the column 'gold' is not ours: {'; '.join(reasons(error))}") from error


def _spans(values: Json) -> Iterator[tuple[str, int, int, str]]:
    """Id, start, end and label of each span."""
    name = next((name for name in ("entities", "label", "labels") if name in values), None)
    if name is None:
        raise _Malformed("neither 'entities' nor 'label'")
    for number, span in enumerate(_list(values, name), 1):
        match span:
            case {"start_offset": int(start), "end_offset": int(end), "label": str(label)}:
                yield str(span.get("id", f"s{number}")), start, end, label
            case [int(start), int(end), str(label)]:
                yield f"s{number}", start, end, label
            case _:
                raise _Malformed(f"a span needs start, end and label: {span!r}")


def _list(values: Json, name: str) -> list[Any]:
    found = values.get(name) or []
    if not isinstance(found, list):
        raise _Malformed(f"{name!r} is no list")
    return found
