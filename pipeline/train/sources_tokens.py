"""Sources with a tag a token: sentences, in documents where the source has them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.train.sources_text import Sentence, aligned, detokenised, spans_of

Lines = list[str]
Document = tuple[str, list[Sentence]]
"""A document's name and its sentences."""

DOCUMENT = "-DOCSTART-"


def gz_files(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder that match; raises `InputError` when there is none."""
    files = sorted(folder.glob(pattern))
    if not files:
        raise InputError(f"{folder}: no {pattern} in it")
    return files


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a gzipped text file without their ends; raises `InputError` when it cannot be read."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield line.rstrip("\n")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def blocks(path: Path) -> Iterator[Lines]:
    """The lines between blank lines."""
    block: Lines = []
    for line in read_lines(path):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def tagged_sentences(path: Path, *, separator: str) -> Iterator[Sentence]:
    """The sentences of a file with a token a line, the token in the first column and its BIO or IO tag in the last."""
    for block in blocks(path):
        rows = [line.split(separator) for line in block]
        if any(len(row) < 2 or not row[0] for row in rows):
            raise InputError(f"{path}: a line has no token and tag: {block[0]!r} …")
        yield detokenised([row[0] for row in rows], list(spans_of([row[-1] for row in rows])))


def grouped(name: str, sentences: Iterator[Sentence], size: int) -> Iterator[Document]:
    """Documents of `size` sentences; a sentence that stood before is left out."""
    seen: set[str] = set()
    group: list[Sentence] = []
    number = 0
    for sentence in sentences:
        if sentence.text in seen:
            continue
        seen.add(sentence.text)
        group.append(sentence)
        if len(group) == size:
            number += 1
            yield f"{name}-{number}", group
            group = []
    if group:
        yield f"{name}-{number + 1}", group


def marked_documents(name: str, path: Path) -> Iterator[Document]:
    """The documents of a file in which a line -DOCSTART- stands before each."""
    number, group = 1, list[Sentence]()
    for sentence in tagged_sentences(path, separator=" "):
        if sentence.text == DOCUMENT:
            if group:
                yield f"{name}-{number}", group
                number, group = number + 1, []
        else:
            group.append(sentence)
    if group:
        yield f"{name}-{number}", group


def commented_documents(path: Path) -> Iterator[Document]:
    """The documents of a file with comments `# newdoc id = …` and `# text = …` and columns of number, token and tag."""
    name, group = "", list[Sentence]()
    for block in blocks(path):
        comments = dict(line[2:].split(" = ", 1) for line in block if line.startswith("# ") and " = " in line)
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        rows = [row for row in rows if row[0].isdigit()]
        if "newdoc id" in comments:
            if group:
                yield name, group
            name, group = comments["newdoc id"], []
        try:
            text, tokens, tags = comments["text"], [row[1] for row in rows], [row[2] for row in rows]
            group.append(aligned(text, tokens, list(spans_of(tags))))
        except (KeyError, IndexError, ValueError) as error:
            raise InputError(f"{path}: {comments.get('sent_id', 'a sentence')}: {error}") from error
    if group:
        yield name, group
