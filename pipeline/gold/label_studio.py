"""Label Studio JSON: tasks with pre-annotations out, completed annotations back.

A mention or trigger is a `labels` region; its fields are per-region `choices` and `textarea` results with the
region's id; arguments are `relation` results. The table of people and organisations is a text area of the task, the
head travels in the task's data. Label Studio counts code points, and CR LF as two; exports from before 2022 count
UTF-16 units, which the words they hold give away. The labelling configuration is in `labelling`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.gold.assemble import assemble
from pipeline.gold.drawing import EVENTS, MENTIONS, Arrow, Drawing, Mark, draw
from pipeline.gold.head import TABLE, Head, from_yaml, to_yaml
from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem

CHOICES = frozenset({"mode", "status", "basis", "contexts", "core"})
"""Fields that are chosen from a list; the others are typed."""
VERSION = "gold/1"

Json = dict[str, Any]


class _Malformed(Exception):
    """A task cannot be understood; the message says why."""


def write(articles: Iterable[GoldArticle], out: Path) -> None:
    """Write a JSON list of tasks, each with one pre-annotation. Raises `CannotWrite`."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        start = "[\n"
        for article in articles:
            file.write(start + json.dumps(_task(article), ensure_ascii=False))
            start = ",\n"
        file.write("[]\n" if start == "[\n" else "\n]\n")


def _task(article: GoldArticle) -> Json:
    drawing = draw(article)
    head = drawing.head or Head()
    published = None if article.published is None else article.published.isoformat()
    result = [item for mark in drawing.marks for item in _region(drawing.text, mark)]
    result += [
        {
            "type": "relation",
            "from_id": arrow.source,
            "to_id": arrow.target,
            "direction": "right",
            "labels": [arrow.role],
        }
        for arrow in drawing.arrows
    ]
    if table := to_yaml(head, only=TABLE):
        result.append({**_to_text("table", "table", "textarea"), "value": {"text": [table]}})
    return {
        "data": {
            "id": article.id,
            "heading": " · ".join(filter(None, (article.id, article.outlet, published, article.title))),
            "text": drawing.text,
            "gold": head.model_dump_json(exclude_defaults=True),
        },
        "predictions": [{"model_version": VERSION, "result": result}],
    }


def _region(text: str, mark: Mark) -> Iterator[Json]:
    """The region of a mark, then its fields."""
    place = {"start": mark.start, "end": mark.end}
    name = "event" if mark.label in EVENTS else "mention"
    words = text[mark.start : mark.end]
    yield {**_to_text(mark.id, name, "labels"), "value": {**place, "text": words, "labels": [mark.label]}}
    for field, values in mark.fields.items():
        kind = "choices" if field in CHOICES else "textarea"
        control = {"mode": f"mode_{mark.label}", "event": "event_id"}.get(field, field)
        content = {"choices" if kind == "choices" else "text": list(values)}
        yield {**_to_text(mark.id, control, kind), "value": {**place, **content}}


def _to_text(id: str, control: str, kind: str) -> Json:
    return {"id": id, "from_name": control, "to_name": "text", "type": kind}


def read(path: Path) -> Iterator[GoldArticle | Problem]:
    """The articles of an export in Label Studio's JSON format, or of tasks made for import.

    Of several annotations of a task the latest counts that is not cancelled. A task that was never annotated is a
    Problem; tasks that were not in Label Studio yet are read from their pre-annotation. Raises `InputError` when the
    file cannot be read.
    """
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: no JSON: {error}") from error
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        id = f"task-{number}"
        try:
            id = _id(task, id)
            result, warnings = _result(task)
            drawing = _drawing(task["data"], result, warnings)
        except _Malformed as error:
            yield Problem(str(path), None, id, f"task {number}: {error}")
            continue
        for warning in warnings:
            yield Problem(str(path), None, id, f"task {number}: {warning}", warning=True)
        yield from assemble(drawing, file=str(path), line=None, id=id)


def _id(task: Any, default: str) -> str:
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict):
        if isinstance(task, dict) and isinstance(task.get("text"), str):
            raise _Malformed("no 'data': export from Label Studio as JSON, not JSON-MIN")
        raise _Malformed("no 'data'")
    if not isinstance(data.get("text"), str):
        raise _Malformed("no text in 'data.text'")
    given = data.get("id", task.get("id"))
    return str(given) if isinstance(given, str | int) and str(given) else default


def _result(task: Json) -> tuple[Sequence[Any], list[str]]:
    """The results that count, and warnings."""
    warnings: list[str] = []
    if "annotations" in task:
        done = [a for a in _objects(task, "annotations") if not a.get("was_cancelled")]
        if not done:
            raise _Malformed("nobody has annotated it")
        chosen = max(done, key=lambda a: str(a.get("updated_at") or a.get("created_at") or ""))
        if len(done) > 1:
            warnings.append(f"{len(done)} annotations: the latest is taken ({chosen.get('id', 'without id')})")
    elif made := _objects(task, "predictions"):
        chosen = made[-1]
    else:
        raise _Malformed("neither 'annotations' nor 'predictions'")
    return _objects(chosen, "result"), warnings


def _objects(values: Json, name: str) -> list[Json]:
    found = values.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise _Malformed(f"{name!r} is no list of objects")
    return found


def _drawing(data: Json, result: Sequence[Json], warnings: list[str]) -> Drawing:
    text: str = data["text"]
    head = _head(data.get("gold"))
    regions: dict[str, Json] = {}
    fields: dict[str, dict[str, list[str]]] = {}
    arrows: list[Arrow] = []
    for item in result:
        kind, control = item.get("type"), str(item.get("from_name"))
        if kind == "relation":
            arrows += _arrows(item, warnings)
        elif kind == "labels":
            regions.setdefault(str(item.get("id")), _value(item))
        elif control == "table":
            head = _table(_strings(item, "text"), head)
        elif kind in ("choices", "textarea"):
            name = control.partition("_")[0]
            values = _strings(item, "choices" if kind == "choices" else "text")
            fields.setdefault(str(item.get("id")), {}).setdefault(name, []).extend(filter(None, values))
    marks = tuple(_mark(text, id, region, fields.get(id, {}), warnings) for id, region in regions.items())
    return Drawing(text, marks, tuple(arrows), head)


def _head(given: Any) -> Head | None:
    if given is None:
        return None
    try:
        return Head.model_validate_json(given if isinstance(given, str) else json.dumps(given))
    except ValueError as error:
        raise _Malformed(f"'data.gold' is no head of ours: {error}") from error


def _table(lines: Sequence[str], head: Head | None) -> Head:
    try:
        return from_yaml("\n".join(lines), head or Head())
    except ValueError as error:
        raise _Malformed(f"the table of people and organisations: {error}") from error


def _value(item: Json) -> Json:
    value = item.get("value")
    if not isinstance(value, dict):
        raise _Malformed(f"result {item.get('id')!r} has no value")
    return value


def _strings(item: Json, name: str) -> list[str]:
    found = _value(item).get(name, [])
    found = [found] if isinstance(found, str) else found
    if not isinstance(found, list) or not all(isinstance(value, str) for value in found):
        raise _Malformed(f"result {item.get('id')!r}: {name!r} is no list of strings")
    return found


def _arrows(item: Json, warnings: list[str]) -> Iterator[Arrow]:
    """The arrows of a relation; which way it points does not matter, as one end is an event and one a mention."""
    source, target = str(item.get("from_id")), str(item.get("to_id"))
    labels = item.get("labels") or []
    if not labels:
        warnings.append("an arrow without a label is left out")
    for label in labels:
        yield Arrow(str(label), source, target)


def _mark(text: str, id: str, region: Json, fields: Mapping[str, Sequence[str]], warnings: list[str]) -> Mark:
    start, end, labels = region.get("start"), region.get("end"), region.get("labels")
    if not isinstance(start, int) or not isinstance(end, int) or not isinstance(labels, list) or not labels:
        raise _Malformed(f"region {id!r} has no start, end and labels")
    words = region.get("text")
    if isinstance(words, str) and not _same(text[start:end], words):
        units = _from_utf16(text, start, end)
        if units is not None and _same(text[slice(*units)], words):
            start, end = units
        else:
            warnings.append(f"{start}..{end} is {text[start:end]!r}, not {words!r}")
    known = [label for label in labels if label in MENTIONS or label in EVENTS]
    if len(known) > 1:
        raise _Malformed(f"{text[start:end]!r} ({start}..{end}) has the labels {' and '.join(known)}")
    return Mark(id, start, end, known[0] if known else str(labels[0]), fields)


def _same(one: str, other: str) -> bool:
    """Label Studio folds blanks in the words it shows."""
    return one.split() == other.replace("\\n", "\n").split()


def _from_utf16(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Code points of a range of UTF-16 units; None when it cuts a character in two."""
    units = text.encode("utf-16-le", "surrogatepass")
    try:
        before, inside = (units[2 * a : 2 * b].decode("utf-16-le") for a, b in ((0, start), (start, end)))
    except UnicodeDecodeError:
        return None
    return len(before), len(before) + len(inside)
