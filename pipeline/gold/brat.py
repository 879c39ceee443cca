"""brat standoff: a folder with `<name>.txt`, `<name>.ann` and `<name>.yaml` an article.

Mentions are text-bound annotations, events are E annotations with their roles, closed fields are attributes; keys,
dates and places are notes (`#`). The YAML file is the head. Offsets count code points of the text file, in which a
line end is as many signs as it has bytes. A span over a line end is written in fragments, as brat does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import CannotWrite, InputError
from pipeline.gold.assemble import assemble
from pipeline.gold.drawing import EVENTS, NOT_CORE, Arrow, Drawing, Mark, draw, fragments
from pipeline.gold.head import Head, from_yaml, to_yaml
from pipeline.gold.labelling import labelling_config
from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem
from pipeline.gold.yaml_text import load

ATTRIBUTES: Mapping[str, str] = {"Mode": "mode", "Status": "status", "Basis": "basis", "NotCore": "core"}
"""brat's attributes and the fields they are; the other fields are in notes."""

BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What breaks a line for Python and so for brat's server, beside CR and LF."""

ID = re.compile(r"[A-Z*#][^\s]*")


class _Malformed(Exception):
    """A document cannot be understood."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(message)
        self.line = line


def write(articles: Iterable[GoldArticle], out: Path) -> None:
    """Write a folder, with our labelling configuration in it. Raises `CannotWrite`."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "annotation.conf").write_text(labelling_config("brat"), encoding="utf-8")
    (out / "visual.conf").write_text(labelling_config("brat-visual"), encoding="utf-8")
    taken: set[str] = set()
    for article in articles:
        drawing = draw(article)
        name = stem = re.sub(r"[^\w.-]", "_", article.id)
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(name.lower())
        lines = "".join(f"{line}\n" for line in _lines(drawing, article.id))
        for ending, content in ((".txt", drawing.text), (".ann", lines), (".yaml", to_yaml(drawing.head or Head()))):
            (out / f"{name}{ending}").write_bytes(content.encode())


def _lines(drawing: Drawing, article: str) -> Iterator[str]:
    ids: dict[str, str] = {}
    attributes = notes = 0
    for number, mark in enumerate(drawing.marks, 1):
        parts = list(fragments(BREAKS.sub("\n", drawing.text), mark.start, mark.end))
        if not parts or (parts[0][0], parts[-1][1]) != (mark.start, mark.end):
            raise CannotWrite(article, f"brat has no spans that begin or end with a blank: {mark.start}..{mark.end}")
        words = " ".join(drawing.text[start:end] for start, end in parts)
        yield f"T{number}\t{mark.label} {';'.join(f'{start} {end}' for start, end in parts)}\t{words}"
        ids[mark.id] = f"T{number}"
    for number, mark in enumerate((mark for mark in drawing.marks if mark.label in EVENTS), 1):
        trigger, ids[mark.id] = ids[mark.id], f"E{number}"
        arguments = []
        for role in dict.fromkeys(arrow.role for arrow in drawing.arrows if arrow.source == mark.id):
            targets = [a.target for a in drawing.arrows if a.source == mark.id and a.role == role]
            arguments += [f"{role}{nth if nth > 1 else ''}:{ids[target]}" for nth, target in enumerate(targets, 1)]
        yield " ".join((f"E{number}\t{mark.label}:{trigger}", *arguments))
    for mark in drawing.marks:
        fields = dict(mark.fields)
        for name, field in ATTRIBUTES.items():
            for value in fields.pop(field, ()):
                attributes += 1
                yield f"A{attributes}\t{name} {ids[mark.id]}" + ("" if field == "core" else f" {value}")
        if fields:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes {ids[mark.id]}\t{_note(fields, mark.label)}"


def _note(fields: Mapping[str, Sequence[str]], label: str) -> str:
    """The fields as people write them: `a + b` where there is but the usual field with plain words, else JSON."""
    if list(fields) == [_usual(label)]:
        (values,) = fields.values()
        if all(re.fullmatch(r"[\w/:.-]+", value) for value in values):
            return " + ".join(values)
    short = {name: values[0] if len(values) == 1 else list(values) for name, values in fields.items()}
    return BREAKS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(short, ensure_ascii=False))


def _usual(label: str) -> str:
    """The field that a note without a name means."""
    return "event" if label in EVENTS else "value" if label == "DATE" else "entity"


def read(path: Path) -> Iterator[GoldArticle | Problem]:
    """The articles of a folder, or of one `.ann` file beside its text.

    Raises `InputError` when there is none. Notes, attributes and roles of other projects are warnings.
    """
    files = [path] if path.is_file() else sorted(path.glob("*.ann"))
    if not files:
        raise InputError(f"{path}: no .ann file")
    for file in files:
        try:
            warnings: list[Problem] = []
            drawing = _document(file, warnings)
        except _Malformed as error:
            yield Problem(str(file), error.line, file.stem, str(error))
            continue
        yield from warnings
        yield from assemble(drawing, file=str(file), line=None, id=file.stem)


def _document(file: Path, warnings: list[Problem]) -> Drawing:
    text = _text_of(file.with_suffix(".txt"))
    head = None
    beside = file.with_suffix(".yaml")
    if beside.exists():
        try:
            head = from_yaml(_text_of(beside))
        except ValueError as error:
            raise _Malformed(None, f"{beside.name}: {error}") from error
    parsed = _Lines(text)
    for number, line in enumerate(_text_of(file).split("\n"), 1):
        line = line.removesuffix("\r")
        if line.strip():
            try:
                refused = parsed.add(line)
            except ValueError as error:
                raise _Malformed(number, str(error)) from error
            if refused is not None:
                warnings.append(Problem(str(file), number, file.stem, refused, warning=True))
    return Drawing(text, tuple(parsed.marks()), tuple(parsed.arrows), head)


def _text_of(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise _Malformed(None, f"{file.name}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise _Malformed(None, f"{file.name}: no UTF-8") from error


class _Lines:
    """The annotations of one file as they are read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[str, tuple[str, int, int]] = {}
        self.events: dict[str, tuple[str, str]] = {}
        self.fields: dict[str, dict[str, list[str]]] = {}
        self.arrows: list[Arrow] = []
        self._notes: list[tuple[str, str]] = []

    def add(self, line: str) -> str | None:
        """Take a line in; a sentence when it is left out. Raises `ValueError` when it is malformed."""
        id, _, rest = line.partition("\t")
        body, _, tail = rest.partition("\t")
        words = body.split()
        if not ID.fullmatch(id) or not words:
            raise ValueError(f"no annotation of brat: {line!r}")
        if id in self.spans or id in self.events:
            raise ValueError(f"{id} stands twice")
        match id[0]:
            case "T":
                self.spans[id] = self._span(words, tail)
            case "E":
                self._event(id, words)
            case "A" | "M":
                return self._attribute(words)
            case "#" if len(words) > 1 and words[0] == "AnnotatorNotes":
                self._notes.append((words[1], tail.strip()))
            case "R" if (arguments := [word.partition(":")[2] for word in words[1:]]) and len(arguments) == 2:
                self.arrows.append(Arrow(words[0], *arguments))
            case _:
                return f"{id} {words[0]}: nothing that gold holds; left out"
        return None

    def _span(self, words: Sequence[str], shown: str) -> tuple[str, int, int]:
        parts = [part.split() for part in " ".join(words[1:]).split(";")]
        if not all(len(part) == 2 and part[0].isdecimal() and part[1].isdecimal() for part in parts):
            raise ValueError(f"no offsets: {' '.join(words[1:])!r}")
        spans = sorted((int(start), int(end)) for start, end in parts)
        found = " ".join(self.text[start:end] for start, end in spans)
        if found.split() != shown.split():
            raise ValueError(f"{shown!r} is {found!r} in the text")
        return words[0], spans[0][0], spans[-1][1]

    def _event(self, id: str, words: Sequence[str]) -> None:
        type, _, trigger = words[0].partition(":")
        self.events[id] = type, trigger
        for word in words[1:]:
            role, _, target = word.partition(":")
            self.arrows.append(Arrow(role.rstrip("0123456789"), id, target))

    def _attribute(self, words: Sequence[str]) -> str | None:
        field = ATTRIBUTES.get(words[0])
        if field is None or len(words) < (2 if field == "core" else 3):
            return f"attribute {' '.join(words)}: none of ours; left out"
        value = NOT_CORE if field == "core" else words[2]
        self.fields.setdefault(words[1], {}).setdefault(field, []).append(value)
        return None

    def marks(self) -> Iterator[Mark]:
        """Mentions and triggers, in the order of their spans."""
        for id, note in self._notes:
            label = self.events[id][0] if id in self.events else self.spans.get(id, ("",))[0]
            for name, values in _of_note(note, label).items():
                self.fields.setdefault(id, {}).setdefault(name, []).extend(values)
        of_trigger: dict[str, list[str]] = {}
        for id, (_, trigger) in self.events.items():
            of_trigger.setdefault(trigger, []).append(id)
        for id, (label, start, end) in self.spans.items():
            for owner in of_trigger.get(id, [id]):
                yield Mark(owner, start, end, label, self.fields.get(owner, {}))


def _of_note(note: str, label: str) -> dict[str, list[str]]:
    """The fields of a note: a YAML or JSON mapping, else the usual field of the label, several parted by ` + `."""
    values: Any = None
    if note.startswith("{"):
        try:
            values = json.loads(note)
        except ValueError:
            values = load(note)
    if not isinstance(values, dict):
        return {_usual(label): [part.strip() for part in note.split(" + ")]}
    return {str(k): [str(x) for x in v] if isinstance(v, list) else [str(v)] for k, v in values.items()}
