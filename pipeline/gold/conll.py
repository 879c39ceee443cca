"""CoNLL-2003 column text: mentions as BIO tags, and the text they stand in.

One token a line, `TOKEN TAG`, a blank line after each sentence, `-DOCSTART-` before each article. A comment before it
(`# article: …`, JSON) holds the metadata and the text exactly as it was, so that reading ours gives the text and
the offsets back. Keys, values, relations and events are not held.

Files of others are read too: any number of columns, the token first and the tag last, IOB1 or BIO; their text is
the tokens joined by blanks, a sentence a line. Their LOC is PLACE here, as it means countries and cities too; MISC
and other labels that are none of ours are left out, with one warning an article.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from pipeline.errors import CannotWrite, InputError
from pipeline.gold.model import Gold, GoldArticle, Key, MentionLabel
from pipeline.gold.problems import Problem, reasons

START = "-DOCSTART-"
COMMENT = "# article: "
TOKEN = re.compile(r"\w+|[^\w\s]")
SENTENCE_END = frozenset(".!?")
LABELS: tuple[str, ...] = get_args(MentionLabel)
FOREIGN = {"LOC": "PLACE", "PERSON": "PER"}
"""Labels of files of others, where they are not the same as ours."""

Span = tuple[int, int, str]


class _Comment(Gold):
    """What the comment before an article of ours holds."""

    id: Key
    outlet: str | None = None
    url: str | None = None
    published: dt.date | None = None
    title: str | None = None
    source: str | None = None
    text: str
    labels: list[MentionLabel]


def write(articles: Iterable[GoldArticle], out: Path) -> None:
    """Write the articles. Raises `CannotWrite` when mentions overlap or are but blanks."""
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            for line in _lines(article):
                file.write(line + "\n")


def _lines(article: GoldArticle) -> Iterator[str]:
    spans = sorted((m.start, m.end, m.label) for m in article.mentions)
    for (_, end, _), (start, _, _) in pairwise(spans):
        if start < end:
            raise CannotWrite(article.id, f"CoNLL has no overlapping mentions: {article.text[start:end]!r} ({start})")
    values = article.model_dump(include=set(_Comment.model_fields))
    values["labels"] = [layer for layer in article.annotates if layer in LABELS]
    comment = _Comment.model_validate(values).model_dump(mode="json", exclude_none=True)
    yield COMMENT + json.dumps(comment)
    yield f"{START} O"
    yield ""
    last = ""
    end = 0
    for start, stop, tag in _tokens(article, spans):
        gap = article.text[end:start]
        if gap and not tag.startswith("I-") and ("\n\n" in gap or last in SENTENCE_END):
            yield ""
        last, end = article.text[start:stop], stop
        yield f"{last} {tag}"
    yield ""


def _tokens(article: GoldArticle, spans: Sequence[Span]) -> Iterator[tuple[int, int, str]]:
    """Start, end and tag of each token: words and single signs, cut where a mention begins or ends."""
    position = 0
    for start, end, label in (*spans, (len(article.text), len(article.text), "")):
        for match in TOKEN.finditer(article.text, position, start):
            yield *match.span(), "O"
        inside = list(TOKEN.finditer(article.text, start, end))
        if label and (not inside or (inside[0].start(), inside[-1].end()) != (start, end)):
            raise CannotWrite(article.id, f"CoNLL has no mentions that begin or end with a blank: {start}..{end}")
        for number, match in enumerate(inside):
            yield *match.span(), f"{'I' if number else 'B'}-{label}"
        position = end


@dataclass(slots=True)
class _Document:
    """The lines of one article; `sentences` are of tokens with their tags."""

    line: int
    comment: _Comment | None = None
    sentences: list[list[tuple[str, str]]] = field(default_factory=lambda: [[]])

    @property
    def empty(self) -> bool:
        return self.comment is None and not any(self.sentences)


def read(path: Path) -> Iterator[GoldArticle | Problem]:
    """The articles of a file, or of all `.conll` and `.bio` files of a folder.

    Without our comment an article is called by its file and number, and counts as labelled with the labels that the
    file has. Raises `InputError` when a file cannot be read.
    """
    files = sorted(f for f in path.iterdir() if f.suffix in (".conll", ".bio")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path}: no .conll or .bio file")
    for file in files:
        try:
            lines = file.read_bytes().decode("utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
        documents: list[_Document | Problem] = [d for d in _documents(lines, str(file)) if _wanted(d)]
        whole = [d for d in documents if isinstance(d, _Document)]
        seen = {tag[2:] for d in whole for sentence in d.sentences for _, tag in sentence if tag != "O"}
        layers = sorted({label for tag in seen if (label := FOREIGN.get(tag, tag)) in LABELS})
        for number, document in enumerate(documents, 1):
            if isinstance(document, Problem):
                yield document
            else:
                yield from _article(document, str(file), f"{file.stem}-{number}", layers)


def _wanted(document: _Document | Problem) -> bool:
    return isinstance(document, Problem) or not document.empty


def _documents(lines: Sequence[str], file: str) -> Iterator[_Document | Problem]:
    """The articles of a file, a Problem instead of each that is malformed."""
    document = _Document(1)
    fault: Problem | None = None
    fresh = False
    for number, line in enumerate(lines, 1):
        line = line.removesuffix("\r")
        begins = line.startswith(COMMENT) or (line.startswith(START) and not fresh)
        if begins:
            yield fault or document
            document, fault = _Document(number), None
        fresh = line.startswith(COMMENT) or (fresh and not line.strip())
        if line.startswith(COMMENT):
            try:
                document.comment = _Comment.model_validate_json(line.removeprefix(COMMENT))
            except ValidationError as error:
                fault = Problem(file, number, None, f"the comment: {'; '.join(reasons(error))}")
        elif not line.strip():
            document.sentences.append([])
        elif not line.startswith(START) and not (line.startswith("# ") and len(line.split()) != 2):
            columns = line.split("\t") if "\t" in line else line.split()
            if len(columns) < 2 or not re.fullmatch(r"O|[BI]-\S+", columns[-1]):
                fault = fault or Problem(file, number, None, f"no token with a tag: {line!r}")
            else:
                document.sentences[-1].append((columns[0], columns[-1]))
    yield fault or document


def _article(document: _Document, file: str, id: str, layers: Sequence[str]) -> Iterator[GoldArticle | Problem]:
    ours = document.comment
    if ours is None:
        text, places = _joined(document.sentences)
        values: dict[str, Any] = {"id": id, "annotates": list(layers), "text": text}
    else:
        found = _placed(document.sentences, ours.text)
        if isinstance(found, str):
            yield Problem(file, document.line, ours.id, found)
            return
        places = found
        values = {**ours.model_dump(exclude={"labels"}), "annotates": ours.labels}
    values |= {"cited": [], "entities": [], "relations": [], "events": []}
    spans = list(_spans(document.sentences, places))
    renamed = [(start, end, label if ours else FOREIGN.get(label, label)) for start, end, label in spans]
    unknown = sorted({label for _, _, label in renamed if label not in LABELS})
    values["mentions"] = [
        {"start": start, "end": end, "text": values["text"][start:end], "label": label}
        for start, end, label in renamed
        if label in LABELS
    ]
    try:
        article = GoldArticle.model_validate(values)
    except ValidationError as error:
        yield from (Problem(file, document.line, str(values["id"]), reason) for reason in reasons(error))
        return
    if unknown:
        message = f"no labels of ours: {', '.join(unknown)}; left out"
        yield Problem(file, document.line, article.id, message, warning=True)
    yield article


def _joined(sentences: Sequence[Sequence[tuple[str, str]]]) -> tuple[str, list[tuple[int, int]]]:
    """The tokens joined by blanks, a sentence a line, and the place of each."""
    text, places = "", []
    for sentence in filter(None, sentences):
        text += "\n" if text else ""
        for number, (token, _) in enumerate(sentence):
            text += " " if number else ""
            places.append((len(text), len(text) + len(token)))
            text += token
    return text, places


def _placed(sentences: Sequence[Sequence[tuple[str, str]]], text: str) -> list[tuple[int, int]] | str:
    """The places of the tokens in the text, or what is wrong: only blanks may stand between them."""
    places, position = [], 0
    for token in (token for sentence in sentences for token, _ in sentence):
        start = text.find(token, position)
        if start < 0 or text[position:start].strip():
            return f"the token {token!r} is not where the text has it, after {position} characters"
        places.append((start, start + len(token)))
        position = start + len(token)
    return places


def _spans(sentences: Sequence[Sequence[tuple[str, str]]], places: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The mentions that tags tell, BIO or IOB1: a mention ends before O, B- and another label, in IOB1 also with its
    sentence."""
    open_span: Span | None = None
    number = 0
    for sentence in sentences:
        for nth, (_, tag) in enumerate(sentence):
            (start, end), label = places[number], tag[2:]
            number += 1
            if tag.startswith("I-") and open_span is not None and open_span[2] == label and nth > 0:
                open_span = open_span[0], end, label
                continue
            if open_span is not None:
                yield open_span
            open_span = None if tag == "O" else (start, end, label)
    if open_span is not None:
        yield open_span
