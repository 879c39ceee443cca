"""Assembling: from what was drawn in a tool to a gold article, with everything that is wrong with it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from pipeline.gold.drawing import CITY, EVENTS, MENTIONS, NOBODY, NOT_CORE, ROLES, Drawing, Mark
from pipeline.gold.head import Head
from pipeline.gold.model import GoldArticle
from pipeline.gold.naming import Named, complete
from pipeline.gold.problems import Problem, reasons

SINGLE = ("mode", "status", "basis", "date", "city", "country", "facility", "core")


@dataclass(slots=True)
class _Found:
    """What is wrong, sentence by sentence."""

    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def assemble(drawing: Drawing, *, file: str, line: int | None, id: str) -> Iterator[GoldArticle | Problem]:
    """The article that was drawn, after warnings about it; or instead of it a Problem for everything wrong.

    `id` is the article's where the head tells none. What is drawn counts before what the head says. Mentions of
    people, organisations, countries and cities that have no key get one from their words; people and organisations
    that are not in the table are added. Without a head the article counts as labelled with the labels it has.
    """
    found = _Found()
    head = drawing.head or Head()
    name = head.id or id
    marks = []
    for mark in drawing.marks:
        if mark.label not in MENTIONS and mark.label not in EVENTS:
            found.warnings.append(f"{_place(drawing, mark)}: no label of ours: {mark.label!r}; left out")
        elif not 0 <= mark.start < mark.end <= len(drawing.text):
            found.errors.append(f"{mark.label} {mark.start}..{mark.end} is no span of the text")
        else:
            marks.append(mark)
    mentions = [mark for mark in marks if mark.label in MENTIONS]
    keys = dict(zip((mark.id for mark in mentions), _keys(drawing.text, mentions, head), strict=True))
    events = _events(drawing, marks, keys, head, found)
    values: dict[str, Any] = head.model_dump(include={"outlet", "url", "published", "title", "source", "cited"})
    values["id"] = name
    values["text"] = drawing.text
    values["annotates"] = _layers(marks) if head.annotates is None else head.annotates
    values["entities"] = _entities(drawing.text, mentions, keys, head, found)
    values["mentions"] = [
        {
            **_span(drawing.text, mark),
            "label": mark.label,
            "entities": keys[mark.id],
            "value": _one(mark, "value", found),
        }
        for mark in mentions
    ]
    values["relations"] = [relation.model_dump() for relation in head.all_relations()]
    values["events"] = events
    article = None
    if not found.errors:
        try:
            article = GoldArticle.model_validate(values)
        except ValidationError as error:
            found.errors += reasons(error)
    yield from (Problem(file, line, name, message) for message in found.errors)
    if article is not None:
        yield from (Problem(file, line, name, message, warning=True) for message in found.warnings)
        yield article


def _keys(text: str, mentions: Sequence[Mark], head: Head) -> Iterator[tuple[str, ...]]:
    named = []
    for mark in mentions:
        given = mark.fields.get("entity")
        keys = None if given is None else tuple(key for key in given if key != NOBODY)
        named.append(Named(mark.label, text[mark.start : mark.end], keys))
    return complete(named, head.entities())


def _entities(
    text: str, mentions: Sequence[Mark], keys: dict[str, tuple[str, ...]], head: Head, found: _Found
) -> list[dict[str, Any]]:
    """The table of the head, and the people and organisations that only mentions name."""
    table = {entity.key: entity.model_dump() for entity in head.entities()}
    new: dict[str, dict[str, Any]] = {}
    for mark in mentions:
        if mark.label not in ("PER", "ORG"):
            continue
        kind = "person" if mark.label == "PER" else "organization"
        surface = " ".join(text[mark.start : mark.end].split())
        for key in keys[mark.id]:
            if key not in table:
                entry = new.setdefault(key, {"key": key, "kind": kind, "name": surface})
                entry["name"] = max(entry["name"], surface, key=len)
    if table:
        found.warnings += [
            f"{key!r} is not in the table: added as {entry['kind']} {entry['name']!r}" for key, entry in new.items()
        ]
    return [*table.values(), *new.values()]


def _events(
    drawing: Drawing, marks: Sequence[Mark], keys: dict[str, tuple[str, ...]], head: Head, found: _Found
) -> list[dict[str, Any]]:
    triggers: dict[str, list[Mark]] = {}
    given = {id for mark in marks for id in mark.fields.get("event", ())}
    fresh = (id for number in itertools.count(1) if (id := f"e{number}") not in given)
    for mark in marks:
        if mark.label in EVENTS:
            triggers.setdefault(_one(mark, "event", found) or next(fresh), []).append(mark)
    of_mark = {mark.id: id for id, group in triggers.items() for mark in group}
    participants = _participants(drawing, of_mark, keys, head, found)
    return [_event(drawing.text, id, group, participants[id], found) for id, group in triggers.items()]


def _event(
    text: str, id: str, marks: Sequence[Mark], participants: dict[str, list[str]], found: _Found
) -> dict[str, Any]:
    types = list(dict.fromkeys(mark.label for mark in marks))
    if len(types) > 1:
        found.errors.append(f"event {id} is {' and '.join(types)}")
    values: dict[str, str | None] = {}
    for name in SINGLE:
        told = list(dict.fromkeys(value for mark in marks if (value := _one(mark, name, found)) is not None))
        if len(told) > 1:
            found.errors.append(f"event {id} has two values for {name}: {told[0]!r} and {told[1]!r}")
        values[name] = told[0] if told else None
    words = " ".join(text[marks[0].start : marks[0].end].split())
    if not participants["actors"]:
        found.errors.append(f"event {id} ({words!r}) has no actor")
    if values["status"] is None:
        found.warnings.append(f"event {id} ({words!r}) has no status: taken as occurred")
    if values["basis"] is None and values["date"] is not None:
        found.warnings.append(f"event {id} ({words!r}) has no basis of its date: taken as explicit")
    return {
        "id": id,
        "type": types[0],
        "mode": values["mode"],
        "status": values["status"] or "occurred",
        "date": values["date"],
        "date_basis": values["basis"] or ("none" if values["date"] is None else "explicit"),
        "place": {name: values[name] for name in ("city", "country", "facility")},
        "contexts": [context for mark in marks for context in mark.fields.get("contexts", ())],
        "triggers": [_span(text, mark) for mark in marks],
        "core": values["core"] != NOT_CORE,
        **participants,
    }


def _participants(
    drawing: Drawing, of_mark: dict[str, str], keys: dict[str, tuple[str, ...]], head: Head, found: _Found
) -> dict[str, dict[str, list[str]]]:
    """The keys that arrows and the head give each event, by role."""
    everyone: dict[str, dict[str, list[str]]] = {}
    for id in of_mark.values():
        told = head.participants.get(id)
        everyone[id] = {name: list(getattr(told, name)) if told else [] for name in ROLES.values()}
    for arrow in drawing.arrows:
        source, target = arrow.source, arrow.target
        if source in keys and target in of_mark:
            source, target = target, source
        if source not in of_mark or target not in keys:
            found.warnings.append(f"an arrow {arrow.role!r} joins no event and mention: left out")
        elif arrow.role not in ROLES:
            found.warnings.append(f"event {of_mark[source]}: no role of ours: {arrow.role!r}; left out")
        elif not keys[target]:
            mark = next(mark for mark in drawing.marks if mark.id == target)
            found.errors.append(f"event {of_mark[source]}: its {arrow.role} {_place(drawing, mark)} has no key")
        else:
            codes = (key.partition(":")[0] if CITY.fullmatch(key) else key for key in keys[target])
            everyone[of_mark[source]][ROLES[arrow.role]] += codes
    return everyone


def _layers(marks: Sequence[Mark]) -> list[str]:
    return ["events" if mark.label in EVENTS else mark.label for mark in marks]


def _one(mark: Mark, name: str, found: _Found) -> str | None:
    values = list(dict.fromkeys(mark.fields.get(name, ())))
    if len(values) > 1:
        found.errors.append(f"{mark.label} {mark.start}..{mark.end} has two values for {name}: {', '.join(values)}")
    return values[0] if values else None


def _span(text: str, mark: Mark) -> dict[str, Any]:
    return {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end]}


def _place(drawing: Drawing, mark: Mark) -> str:
    return f"{drawing.text[mark.start : mark.end]!r} ({mark.start}..{mark.end})"
