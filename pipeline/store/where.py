"""Where: which known articles are to be read again, as conditions on what the store knows of them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.store.ledger import text_key

FIELDS = {
    "doc_id": "article.doc_id",
    "url": "article.url",
    "outlet": "article.outlet",
    "published": "article.published",
    "input": "article.input",
    "state": "article.state",
    "run": "article.run",
    "made_with": "run.made_with",
}
"""What can be asked of, and where it stands."""
_CONDITION = re.compile(r"\s*(\w+)\s*(!=|<=|>=|=|<|>|~)\s*(.*?)\s*")
_OPERATORS = {"!=": "IS NOT", "=": "IS", "~": "GLOB"}


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions that all have to hold; none at all hold for every article."""

    sql: str
    values: tuple[str | int, ...]


def parse_where(conditions: Sequence[str]) -> Where:
    """Conditions such as `outlet=Reuters`, `published>=2025-01-01`, `made_with!=dragoman 0.2.0, dragoman-sm` or
    `input~*/2025/*` (a glob). Raises `InputError` for another form and an unknown field."""
    parts: list[str] = []
    values: list[str | int] = []
    for condition in conditions:
        found = _CONDITION.fullmatch(condition)
        if found is None or found[1] not in FIELDS:
            raise InputError(
                f"--where {condition!r}: write FIELD=VALUE (or != < <= > >= ~), FIELD: {', '.join(FIELDS)}"
            )
        field, operator, value = found.groups()
        parts.append(f"{FIELDS[field]} {_OPERATORS.get(operator, operator)} ?")
        values.append(int(value) if field == "run" and value.isdecimal() else value)
    return Where(" AND ".join(parts) or "1", tuple(values))


def matches(connection: sqlite3.Connection, where: Where, article: Article) -> bool:
    """Whether an article is known, in the version that holds now, and the conditions hold for it."""
    row = connection.execute(
        "SELECT 1 FROM article LEFT JOIN run ON run.number = article.run "
        f"WHERE article.doc_id = ? AND article.sha256 = ? AND NOT withdrawn AND {where.sql}",
        (article.doc_id, text_key(article.text), *where.values),
    ).fetchone()
    return row is not None
