"""Marked-up text: a file an article, a YAML head between `---` lines and the text with `[[surface|LABEL#ref]]` marks.

The ref is what the mark refers to: an entity's key, the keys of a NOM joined by `+`, an ISO3 code or `KEN:Nairobi`,
the value of a DATE, the event's id for the label EV, `-` for nothing. Marks do not nest. docs/annotation.md has the
head's keys; `url`, `source`, `annotates`, `relations`, and `aliases` or a `country` of people only stand where they
say something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import CannotWrite, InputError
from pipeline.gold.marked_head import Head, head_text, other_relations, positions
from pipeline.gold.model import GoldArticle, GoldEvent, GoldMention
from pipeline.gold.problems import Problem, reasons
from pipeline.gold.yaml_event import gold_event
from pipeline.gold.yaml_text import BadYaml, load

FILE = re.compile(r"---\r?\n(?P<head>.*?)^---\r?\n(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)
MARK = re.compile(r"\[\[([^\[\]|\n]+)\|([A-Z]+)#([^\]\n]+)\]\]")
NOTHING = "-"
TRIGGER = "EV"


class Malformed(Exception):
    """Reasons why a file is no article."""

    def __init__(self, reasons: Iterable[str], line: int | None = None) -> None:
        super().__init__()
        self.reasons = tuple(reasons)
        self.line = line


def read(path: Path) -> Iterator[GoldArticle | Problem]:
    """The articles of a marked-up file or of the `.txt` files of a folder, and what is wrong with the others.

    Raises `InputError` for a folder without such files and for what cannot be read.
    """
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path}: no .txt file in it")
    for file in files:
        try:
            source = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            yield Problem(str(file), None, file.stem, f"is no UTF-8: {error.reason} at byte {error.start}")
            continue
        except OSError as error:
            raise InputError(f"{file}: cannot be read: {error.strerror or error}") from error
        try:
            yield parse(source)
        except Malformed as wrong:
            for reason in wrong.reasons:
                yield Problem(str(file), wrong.line, file.stem, reason)


def parse(source: str) -> GoldArticle:
    """The article that a marked-up text is; raises `Malformed`, which tells every reason that was found."""
    parts = FILE.match(source)
    if parts is None:
        raise Malformed(["has no head between two lines ---"])
    try:
        head = Head.model_validate(load(parts["head"]))
    except BadYaml as error:
        raise Malformed([f"the head {error}"], None if error.line is None else error.line + 1) from error
    except ValidationError as error:
        raise Malformed(_commas(reason) for reason in reasons(error)) from error
    text, marks = _unmarked(parts["body"])
    wrong = _broken(text)
    mentions, triggers = [], dict[str, list[dict[str, Any]]]()
    for start, surface, label, ref in marks:
        span = {"start": start, "end": start + len(surface), "text": surface}
        if label == TRIGGER:
            triggers.setdefault(ref, []).append(span)
            continue
        try:
            mentions.append(GoldMention.model_validate({**span, **_fields(label, ref)}))
        except ValidationError as error:
            wrong += [f"[[{surface}|{label}#{ref}]]: {reason}" for reason in reasons(error)]
    wrong += [
        f"[[{spans[0]['text']}|EV#{key}]]: no such event" for key, spans in triggers.items() if key not in head.events
    ]
    events = []
    for key, fields in head.events.items():
        spans = triggers.get(key, [])
        if not spans:
            wrong.append(f"events.{key}: has no EV mark")
            continue
        try:
            events.append(gold_event(fields, id=key, triggers=spans))
        except ValidationError as error:
            wrong += [_commas(f"events.{key}.{reason}") for reason in reasons(error)]
    if wrong:
        raise Malformed(wrong)
    try:
        return _article(head, text, mentions, events)
    except ValidationError as error:
        raise Malformed(reasons(error)) from error


def _article(head: Head, text: str, mentions: list[GoldMention], events: list[GoldEvent]) -> GoldArticle:
    return GoldArticle(
        id=head.id,
        outlet=head.outlet,
        url=head.url,
        published=head.published,
        title=head.title,
        source=head.source,
        annotates=head.annotates,
        cited=head.cited,
        text=text,
        entities=head.entities(),
        mentions=mentions,
        relations=head.all_relations(),
        events=events,
    )


def _unmarked(body: str) -> tuple[str, list[tuple[int, str, str, str]]]:
    """The text without marks, and the start, surface, label and ref of each."""
    text, marks, length, at = [], [], 0, 0
    for mark in MARK.finditer(body):
        before = body[at : mark.start()]
        text += [before, mark[1]]
        marks.append((length + len(before), mark[1], mark[2], mark[3]))
        length += len(before) + len(mark[1])
        at = mark.end()
    return "".join([*text, body[at:]]), marks


def _broken(text: str) -> list[str]:
    return [
        f"broken mark in line {text.count(chr(10), 0, found.start()) + 1} of the text: {text[found.start() :][:40]!r}"
        for found in re.finditer(r"\[\[|\]\]", text)
    ]


def _commas(reason: str) -> str:
    """Say what most often makes a key that nobody wrote."""
    return f"{reason}; a text with a comma needs quotes" if reason.endswith("no such key") else reason


def _fields(label: str, ref: str) -> dict[str, Any]:
    """What a mark's label and ref say of a mention."""
    if ref == NOTHING:
        return {"label": label}
    if label == "DATE":
        return {"label": label, "value": ref}
    return {"label": label, "entities": ref.split("+") if label == "NOM" else [ref]}


def write(articles: Iterable[GoldArticle], out: Path) -> None:
    """Write a file `<id>.txt` an article into a folder; raises `CannotWrite` for what `marked_up` cannot write."""
    out.mkdir(parents=True, exist_ok=True)
    for article in articles:
        file = out / f"{article.id}.txt"
        if file.name != f"{article.id}.txt" or file.parent != out:
            raise CannotWrite(article.id, "the id cannot be a file's name")
        file.write_bytes(marked_up(article).encode())


def marked_up(article: GoldArticle) -> str:
    """The article as marked-up text, which `parse` reads back as the very same, its lists in order (`in_order`).

    Raises `CannotWrite` when spans overlap, when a surface or ref has signs that a mark cannot hold, when the text
    has double brackets of its own, and when keys or ids stand twice.
    """
    written = f"---\n{head_text(article)}---\n{_body(article)}"
    try:
        same = parse(written) == in_order(article)
    except Malformed as wrong:
        raise CannotWrite(article.id, "; ".join(wrong.reasons)) from wrong
    if not same:
        raise CannotWrite(article.id, "marked-up text does not hold all of it: a key stands twice or is no key")
    return written


def in_order(article: GoldArticle) -> GoldArticle:
    """The article with its lists in the order in which marked-up text has them."""
    people = [entity for entity in article.entities if entity.kind == "person"]
    return article.model_copy(
        update={
            "entities": people + [entity for entity in article.entities if entity.kind == "organization"],
            "mentions": sorted(article.mentions, key=lambda mention: mention.start),
            "relations": [r for person in people for r in positions(article, person.key)] + other_relations(article),
            "events": [
                event.model_copy(update={"triggers": sorted(event.triggers, key=lambda trigger: trigger.start)})
                for event in article.events
            ],
        }
    )


def _body(article: GoldArticle) -> str:
    marks: list[tuple[int, int, str, str]] = [(m.start, m.end, m.label, _ref(article, m)) for m in article.mentions]
    marks += [(t.start, t.end, TRIGGER, event.id) for event in article.events for t in event.triggers]
    body, at = [], 0
    for start, end, label, ref in sorted(marks):
        surface = article.text[start:end]
        if start < at:
            raise CannotWrite(article.id, f"{surface!r} at {start} overlaps another span, and marks do not")
        mark = f"[[{surface}|{label}#{ref}]]"
        if not MARK.fullmatch(mark):
            raise CannotWrite(article.id, f"{surface!r} at {start} with the ref {ref!r}: no mark can hold their signs")
        body += [article.text[at:start], mark]
        at = end
    return "".join([*body, article.text[at:]])


def _ref(article: GoldArticle, mention: GoldMention) -> str:
    if mention.label == "DATE" and not mention.entities:
        return mention.value or NOTHING
    if mention.label == "NOM" or len(mention.entities) < 2:
        return "+".join(mention.entities) or NOTHING
    raise CannotWrite(article.id, f"{mention.text!r} at {mention.start}: only a NOM names several")
