"""JSON Lines: one article a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence

from pipeline.document import Article
from pipeline.errors import RejectArticle
from pipeline.io.articles import make_article, reject
from pipeline.io.decode import decode
from pipeline.io.streams import bounded_lines
from pipeline.record import RejectRecord

LINE_BYTES = 1 << 24


def read_json_lines(
    stream: io.BufferedReader, *, mapping: Mapping[str, str], limit: int, encodings: Sequence[str], input: str
) -> Iterator[Article | RejectRecord]:
    """The articles of a JSON Lines file, blank lines passed over.

    A line may have `LINE_BYTES`, or what `limit` characters need at most when that is more
    (12 bytes each, as two escapes). Raises `BrokenInput` where the file cannot be read on.
    """
    most = max(LINE_BYTES, 12 * limit)
    for number, line, whole in bounded_lines(stream, most):
        if not line.strip():
            continue
        try:
            if not whole:
                raise RejectArticle("too_long", f"the line has over {most:,} bytes")
            values = _parse(decode(line, encodings))
        except RejectArticle as fault:
            yield reject(input, number, None, fault.code, fault.message)
        else:
            yield make_article(values, mapping=mapping, limit=limit, input=input, line=number)


def _parse(line: str) -> dict[str, object]:
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        raise RejectArticle("broken_json", f"no JSON: {error.msg} at character {error.pos}") from error
    except (ValueError, RecursionError) as error:
        raise RejectArticle("broken_json", f"no JSON that can be read: {error}") from error
    if not isinstance(values, dict):
        raise RejectArticle("not_an_object", f"the line is no JSON object but {type(values).__name__}")
    return values
