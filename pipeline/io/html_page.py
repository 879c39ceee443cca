"""Web pages: the article of one, without what stands around it."""

from __future__ import annotations

import functools
import io
import logging
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.document import Article
from pipeline.errors import RejectArticle
from pipeline.io.articles import OWN_KEYS, make_article, reject
from pipeline.io.charset import decode_declared
from pipeline.io.page_day import page_day
from pipeline.io.streams import reading
from pipeline.record import RejectRecord

if TYPE_CHECKING:
    from trafilatura.settings import Document

PAGE_BYTES = 1 << 23
"""What one page may have."""

PAGE_TAGS = 100_000
"""Tags that one page may have: a book has fewer, and the search for the main text takes its time over each."""

LEAST_WORDS = 5
"""A page of fewer words has a menu or a notice, no article."""

TABLE = re.compile(r"<(/?)(?:table|tbody|thead|tfoot|tr|td|th)\b", re.IGNORECASE)
"""Tags of tables. Where a page has no text outside them, its text is laid out in one."""

TALKATIVE = ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer")


def read_html(
    stream: io.BufferedReader, *, limit: int, encodings: Sequence[str], input: str, name: str | None
) -> Iterator[Article | RejectRecord]:
    """The article of a file with one web page.

    The article's text is the main text of the page, one empty line between paragraphs, without
    comments and boilerplate. All offsets of its records count in that text. The file's name is the article's id.
    """
    with reading():
        raw = stream.read(PAGE_BYTES + 1)
    try:
        if not raw:
            raise RejectArticle("empty", "the file is empty")
        values = page_values(raw, encodings)
    except RejectArticle as fault:
        yield reject(input, None, name, fault.code, fault.message)
    else:
        yield make_article(values, mapping=OWN_KEYS, limit=limit, input=input, name=name)


def page_values(
    raw: bytes, encodings: Sequence[str], *, url: str | None = None, charset: str | None = None
) -> dict[str, object]:
    """Text and metadata of a page: `text`, `title`, `url`, `outlet`, `published`; None where it has none.

    `url` is where the page was fetched, which wins over what it says of itself, `charset` the
    character set of the HTTP header. Raises `RejectArticle`: `no_main_text`, `too_long` for more than
    `PAGE_BYTES` or `PAGE_TAGS`, and what `decode` raises.
    """
    if len(raw) > PAGE_BYTES:
        raise RejectArticle("too_long", f"the page has over {PAGE_BYTES:,} bytes")
    html = decode_declared(raw, encodings, charset=charset)
    if html.count("<") > PAGE_TAGS:
        raise RejectArticle("too_long", f"the page has over {PAGE_TAGS:,} tags")
    page = _extracted(html, url) or _extracted(TABLE.sub(r"<\1div", html), url)
    if page is None:
        raise RejectArticle("no_main_text", "the page has no main text, or is no page")
    return {
        "text": re.sub(r"\n+", "\n\n", (page.text or "").strip()),
        "title": page.title,
        "url": url or page.url,
        "outlet": page.sitename,
        "published": page_day(html, url or page.url),
    }


def _extracted(html: str, url: str | None) -> Document | None:
    _silence()
    from trafilatura import bare_extraction

    page = bare_extraction(
        html,
        url=url,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        include_formatting=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False},  # its day is not used: `page_day`
    )
    if page is None or isinstance(page, dict) or len((page.text or "").split()) < LEAST_WORDS:
        return None
    return page


@functools.cache
def _silence() -> None:
    """Keep what the extraction logs about odd pages out of the logs: a page that yields nothing is a reject."""
    for name in TALKATIVE:
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
