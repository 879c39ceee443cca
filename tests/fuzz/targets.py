"""What is fuzzed: any bytes through each reader, any text through the cleaner.

A target takes bytes and gives nothing; what it raises is a fault.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pipeline.config import CleanSettings, ReadSettings
from pipeline.document import Article, Document
from pipeline.errors import RejectArticle
from pipeline.io.read import Reader
from pipeline.record import RejectRecord
from pipeline.text.clean import Clean
from pipeline.text.language import detect_language
from pipeline.text.normalise import normalise
from pipeline.text.page import read_page

LIMIT = 10_000
"""Characters that an article may have; fewer than by default, so that the fuzzer gets there."""

ENDINGS = (
    ".txt .jsonl .csv .html .xml .eml .mbox .parquet .warc .wacz .zip .tar .jsonl.gz .jsonl.bz2 .jsonl.xz .jsonl.zst "
    ".tar.gz .tar.zst .warc.gz"
).split()


def read_any(ending: str, raw: bytes) -> None:
    """Read bytes as a file whose name has the ending: articles and rejects have to come out, at least one of either."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{ending}")
        path.write_bytes(raw)
        reader = Reader([str(path)], ReadSettings(max_characters=LIMIT))
        items = list(reader)
        assert reader.bytes_done == len(raw)
    assert items
    for item in items:
        if isinstance(item, RejectRecord):
            assert item.error
            assert item.message
            item.model_dump_json()
            continue
        assert isinstance(item, Article)
        assert item.doc_id
        assert item.text.strip()
        assert len(item.text) <= LIMIT
        for value in (item.doc_id, item.text, item.title, item.url, item.outlet, item.language, item.input):
            (value or "").encode()


def clean_any(raw: bytes) -> None:
    """Clean a text: every character of the view has to point into the raw text, in order.

    The bytes are UTF-8; what is none is replaced. After `#` the first line is given as the article's title.
    """
    text = raw.decode("utf-8", "replace")
    title = text[1:].partition("\n")[0] if text.startswith("#") else None
    try:
        done = normalise(text)
    except RejectArticle as fault:
        if fault.code != "unsettled":
            raise
        return
    check_map(done.text, done.starts, done.ends, len(text), [range(len(done.text))])
    assert normalise(done.text).text == done.text
    page = read_page(done.text, title)
    assert len(page.text) == len(done.text)
    check_parts([(part.start, part.end) for part in page.parts], len(page.text))
    try:
        [document] = Clean(CleanSettings())([Document(Article("x", text, title=title, language="en"))])
    except RejectArticle as fault:
        if fault.code != "empty":
            raise
        return
    view = document.view
    assert view is not None
    check_map(view.text, view.starts, view.ends, len(text), [range(p.start, p.end) for p in view.paragraphs])
    assert view.text == "\n\n".join(view.text[p.start : p.end] for p in view.paragraphs)
    for span in [*(f.span for f in document.furniture), *(s.span for s in document.stamps)]:
        assert 0 <= span.start < span.end <= len(text)
    detect_language(view.text)


def check_map(text: str, starts: Sequence[int], ends: Sequence[int], size: int, solid: Sequence[range]) -> None:
    """The places of the characters of a text in a raw one of that size; those of `solid` are not empty."""
    assert len(text) == len(starts) == len(ends)
    assert all(0 <= start <= end <= size for start, end in zip(starts, ends, strict=True))
    assert all(starts[at] < ends[at] for places in solid for at in places)
    assert list(starts) == sorted(starts)
    assert list(ends) == sorted(ends)


def check_parts(parts: list[tuple[int, int]], size: int) -> None:
    """Ranges of a text: none empty, in order and apart."""
    at = 0
    for start, end in parts:
        assert at <= start < end <= size
        at = end


TARGETS: dict[str, Callable[[bytes], None]] = {
    "clean": clean_any,
    **{ending.lstrip("."): partial(read_any, ending) for ending in ENDINGS},
}


def run(target: str, raw: bytes) -> None:
    """Give bytes to a target, with warnings as faults. Raises whatever is wrong."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        TARGETS[target](raw)
