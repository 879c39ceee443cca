"""What is wrong with gold: how it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

WORDS = {"extra_forbidden": "no such key", "missing": "is missing", "too_short": "is empty"}
"""Plainer words for some of pydantic's errors, by their type."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a gold file or one article of it.

    `line` is the 1-based line of the file where one tells, `article` the article's id, or its file's name while the
    id cannot be read.
    A warning says what is probably a mistake; the article can be used as it is.
    """

    file: str
    line: int | None
    article: str | None
    message: str
    warning: bool = False

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        message = f"warning: {self.message}" if self.warning else self.message
        return ": ".join(filter(None, (place, self.article, message)))


def reasons(error: ValidationError) -> Iterator[str]:
    """What pydantic objects to, one sentence each: `events.2.mode: …`."""
    for fault in error.errors(include_url=False):
        where = ".".join(map(str, fault["loc"]))
        message = WORDS.get(fault["type"]) or fault["msg"].removeprefix("Value error, ")
        yield f"{where}: {message}" if where else message
