"""Text files: one article a file, with metadata in a head of its own or in a JSON file beside it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import IO

from pipeline.document import Article
from pipeline.errors import RejectArticle
from pipeline.io.articles import make_article, one_line, reject
from pipeline.io.decode import decode
from pipeline.io.streams import BrokenInput, reading
from pipeline.record import RejectRecord

HEAD = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
HEAD_BYTES = 1 << 16
"""What the metadata of one article may take."""

HEAD_DEPTH = 20
"""How deep lists and mappings may stand in each other in a head: PyYAML goes down them until the process dies."""

FAULTS = (ValueError, RecursionError, AttributeError, LookupError)
"""What PyYAML raises, beside its own errors, over values that are not what their tags say."""

Sidecar = Callable[[], IO[bytes]]
"""Opens the JSON file beside a text file; raises what `reading` turns into `BrokenInput`."""


def read_text(
    stream: io.BufferedReader,
    *,
    mapping: Mapping[str, str],
    limit: int,
    encodings: Sequence[str],
    input: str,
    name: str | None,
    sidecar: Sidecar | None,
) -> Iterator[Article | RejectRecord]:
    """The article of a text file.

    Metadata come from what `sidecar` opens, None where there is no such file, and from a YAML head between two lines
    `---` at the very beginning, which wins. The head is no part of the article's text.
    """
    most = 4 * limit + HEAD_BYTES
    with reading():
        raw = stream.read(most + 1)
    try:
        if len(raw) > most:
            raise RejectArticle("too_long", f"over {limit:,} characters; read.max_characters is {limit:,}")
        if not raw:
            raise RejectArticle("empty", "the file is empty")
        head, text = split_head(decode(raw, encodings), mapping.values())
        values = {**(_beside(sidecar, f"{name}.json") if sidecar else {}), **head, mapping["text"]: text}
    except RejectArticle as fault:
        yield reject(input, None, name, fault.code, fault.message)
    else:
        yield make_article(values, mapping=mapping, limit=limit, input=input, name=name)


def split_head(text: str, keys: Collection[str]) -> tuple[dict[str, object], str]:
    """Metadata and text of a file: what stands between two lines `---` is a head if it has one of the keys.

    Raises `RejectArticle` (`bad_head`) when the head is no YAML mapping.
    """
    found = HEAD.match(text)
    if not found or not any(line.partition(":")[0].strip() in keys for line in found[1].splitlines() if ":" in line):
        return {}, text
    import yaml

    try:
        depth = 0
        for event in yaml.parse(found[1], Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > HEAD_DEPTH:
                raise RejectArticle("bad_head", f"the head between the lines '---' is over {HEAD_DEPTH} deep")
        head = yaml.load(found[1], Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, *FAULTS) as error:
        raise RejectArticle("bad_head", f"the head between the lines '---' is no YAML: {one_line(error)}") from error
    if not isinstance(head, dict):
        raise RejectArticle("bad_head", "the head between the lines '---' has no 'key: value' lines")
    return head, text[found.end() :]


def _beside(sidecar: Sidecar, name: str) -> dict[str, object]:
    try:
        with reading(), sidecar() as file:
            raw = file.read(HEAD_BYTES)
        values = json.loads(raw)
    except BrokenInput as fault:
        raise RejectArticle("bad_sidecar", f"{name} beside it: {fault.message}") from fault
    except (ValueError, RecursionError) as error:
        raise RejectArticle("bad_sidecar", f"{name} beside it is no JSON: {one_line(error)}") from error
    if not isinstance(values, dict):
        raise RejectArticle("bad_sidecar", f"{name} beside it is no JSON object")
    return values
