"""`dragoman gold validate`: is gold as the annotation guide wants it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.gold import json_lines
from pipeline.gold.checks import problems
from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem
from pipeline.gold.read import detect, read_gold


def validate(
    paths: Sequence[Path], *, format: str | None = None, texts: Path | None = None, warnings: bool = True
) -> Iterator[Problem]:
    """Everything wrong with gold files or folders, in their order; `format` and `texts` as in `read_gold`.

    With `warnings` also what is probably a mistake. Raises `InputError` when a path cannot be read at all.
    """
    for path in paths:
        seen: dict[str, int | None] = {}
        for line, item in _numbered(path, format, texts):
            if isinstance(item, Problem):
                yield item
                continue
            yield from (found for found in problems(item, file=str(path), line=line) if warnings or not found.warning)
            if item.id in seen:
                where = "" if line is None else f" in line {seen[item.id]}"
                yield Problem(str(path), line, item.id, f"the id stands twice, first{where}")
            seen.setdefault(item.id, line)


def _numbered(path: Path, format: str | None, texts: Path | None) -> Iterator[tuple[int | None, GoldArticle | Problem]]:
    """Articles and problems, with the line in formats that have one article a line."""
    name = format or detect(path)
    if name == "gold" and texts is None:
        yield from json_lines.numbered(path)
    else:
        yield from ((None, item) for item in read_gold(path, format=name, texts=texts))
