"""Sources with spans: gum (nested mentions of tokens) and re3d (offsets in texts)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import InputError
from pipeline.train.sources_text import Labelled, Sentence, aligned
from pipeline.train.sources_tokens import blocks, read_lines

Paragraphs = list[list[Sentence]]

BRACKET = re.compile(r"\((?P<opened>[^()]+)(?P<at_once>\))?|(?P<closed>[^()]+)\)")
WORD = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[.&-]\w+)*|['’]\w*|[^\w\s]")


def gum_documents(path: Path) -> Iterator[tuple[str, Paragraphs]]:
    """The documents of a file of GUM, by paragraphs; what is labelled are the names of persons.

    A name is the run of proper nouns that has the head of the mention; raises `InputError` for another layout.
    """
    name, paragraphs = "", Paragraphs()
    for block in blocks(path):
        comments = dict(line[2:].split(" = ", 1) for line in block if line.startswith("# ") and " = " in line)
        if "newdoc id" in comments:
            if paragraphs:
                yield name, paragraphs
            name, paragraphs = comments["newdoc id"], []
        if "# newpar" in block or not paragraphs:
            paragraphs.append([])
        rows = [line.split("\t") for line in block if line[0].isdigit() and line.split("\t")[0].isdigit()]
        try:
            found = list(_gum_persons(rows))
            paragraphs[-1].append(aligned(comments["text"], [row[1] for row in rows], found))
        except (KeyError, IndexError, ValueError) as error:
            raise InputError(f"{path}: {comments.get('sent_id', 'a sentence')}: {error}") from error
    if paragraphs:
        yield name, paragraphs


def _gum_persons(rows: Sequence[Sequence[str]]) -> Iterator[Labelled]:
    mentions = list(_gum_mentions(rows))
    for i, j, kind, heads in mentions:
        if kind != "person":
            continue
        inner = [(a, b) for a, b, other, _ in mentions if i <= a and b <= j and b - a < j - i and other != "person"]
        head = i + heads[0] - 1
        if rows[head][4] == "NNP" and not any(a <= head < b for a, b in inner):
            start = end = head
            while start > i and _proper(rows[start - 1]) and not any(a <= start - 1 < b for a, b in inner):
                start -= 1
            while end + 1 < j and _proper(rows[end + 1]) and not any(a <= end + 1 < b for a, b in inner):
                end += 1
            if not (end + 1 == j < len(rows) and rows[j][4] == "NNP"):  # "Nobel Peace Prize" is no Nobel
                yield Labelled(start, end + 1, kind)


def _proper(row: Sequence[str]) -> bool:
    return row[4] in ("NNP", "HYPH") or (row[3] == "PROPN" and row[4] == "NNPS")


def _gum_mentions(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str, list[int]]]:
    """First and last token, type, and the numbers of the head's tokens inside the mention, of each mention."""
    opened: list[tuple[str, int, str, list[int]]] = []
    for number, row in enumerate(rows):
        marks = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for mark in BRACKET.finditer(marks):
            if mark["opened"]:
                key, kind, _, _, _, heads = mark["opened"].split("-")[:6]
                opened.append((key, number, kind, [int(head) for head in heads.split(",")]))
            key = mark["closed"] or (mark["opened"].split("-")[0] if mark["at_once"] else "")
            for entry in reversed(opened if key else []):
                if entry[0] == key:
                    opened.remove(entry)
                    yield entry[1], number + 1, entry[2], entry[3]
                    break


def re3d_documents(path: Path) -> Iterator[tuple[str, Sentence]]:
    """The documents of a publisher of re3d, each text as one long sentence; what is labelled is cut into words."""
    entities = path.with_name(path.name.replace(".documents.", ".entities."))
    labels: dict[str, list[tuple[int, int, str, str]]] = {}
    for entity in map(json.loads, read_lines(entities)):
        span = (entity["begin"], entity["end"], entity["type"], entity["value"])
        labels.setdefault(entity["documentId"], []).append(span)
    for document in map(json.loads, read_lines(path)):
        text = document["text"]
        words = [match.span() for match in WORD.finditer(text)]
        found = []
        for begin, end, kind, value in sorted(labels.get(document["_id"], ())):
            if len(text[begin:end]) != len(value):  # their quotes and line breaks are not always those of the text
                raise InputError(f"{entities}: {document['_id']}: {value!r} is not at {begin}")
            inside = [n for n, (a, b) in enumerate(words) if begin <= a and b <= end]
            if inside and "\n" not in text[begin:end]:
                found.append(Labelled(inside[0], inside[-1] + 1, kind))
        yield document["_id"], Sentence(text, tuple(words), tuple(found))
