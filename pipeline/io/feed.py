"""RSS and Atom: one article an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.document import Article
from pipeline.errors import RejectArticle
from pipeline.io.articles import OWN_KEYS, make_article, one_line, reject
from pipeline.io.charset import decode_declared
from pipeline.io.html_text import html_text
from pipeline.io.streams import reading
from pipeline.record import RejectRecord

FEED_BYTES = 1 << 24
"""What one feed may have."""

PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*>", re.DOTALL | re.IGNORECASE)
ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf)(?=[\s/>])", re.IGNORECASE)
DECLARATIONS = re.compile(r"<!DOCTYPE[^>]*\[", re.IGNORECASE)


def read_feed(
    stream: io.BufferedReader, *, limit: int, encodings: Sequence[str], input: str
) -> Iterator[Article | RejectRecord]:
    """The articles of a feed: the text of an entry is its content, else its summary, as plain text.

    Offsets of records count in that plain text. The id is the entry's guid or id, else its link;
    the outlet is the title of the feed, or of the feed that the entry came from. Nothing that the
    feed names is fetched, and one that declares entities is refused. Where a feed is not
    well-formed, its entries are read as far as they can be told, and a reject says so.
    """
    with reading():
        raw = stream.read(FEED_BYTES + 1)
    try:
        if not raw.strip():
            raise RejectArticle("empty", "the file is empty")
        if len(raw) > FEED_BYTES:
            raise RejectArticle("too_long", f"the feed has over {FEED_BYTES:,} bytes")
        xml = from_root(decode_declared(raw, encodings))
    except RejectArticle as fault:
        yield reject(input, None, None, fault.code, fault.message)
        return
    import feedparser

    # Bytes in a stream: feedparser would fetch a string that looks like an address.
    found = feedparser.parse(io.BytesIO(xml.encode()), sanitize_html=False, resolve_relative_uris=False)
    for entry in found.entries:
        values = _values(entry, found.feed)
        yield make_article(values, mapping=OWN_KEYS, limit=limit, input=input)
    if found.bozo:
        message = f"the feed is not well-formed, so entries may be cut or missing: {found.bozo_exception}"
        yield reject(input, None, None, "broken_feed", one_line(message, most=500))


def from_root(xml: str) -> str:
    """A feed from its root element on, without what stands before it.

    Raises `RejectArticle`: `unsafe_xml` when a document type of its own comes first, whose entities
    could grow without bounds or name files; `no_feed` when the root is none of a feed.
    """
    at = 0
    while found := PROLOG.match(xml, at):
        at = found.end()
    if DECLARATIONS.match(xml, at):
        raise RejectArticle("unsafe_xml", "declares a document type of its own, which no feed needs")
    if not ROOT.match(xml, at):
        raise RejectArticle("no_feed", "is no feed: its root is none of rss, feed, RDF")
    return xml[at:]


def _values(entry: Mapping[str, object], feed: Mapping[str, object]) -> dict[str, object]:
    source = entry.get("source")
    outlet = source.get("title") if isinstance(source, Mapping) else None
    # feedparser warns where `updated` is missing and `published` is there.
    published = entry.get("published") or (entry.get("updated") if "updated" in entry else None)
    return {
        "id": entry.get("id") or entry.get("link"),
        "text": _text(entry),
        "title": _plain(entry.get("title_detail")),
        "published": published,
        "url": entry.get("link"),
        "outlet": outlet or _plain(feed.get("title_detail")),
        "language": next(
            (told for detail in _details(entry) if (told := detail.get("language"))), feed.get("language")
        ),
    }


def _text(entry: Mapping[str, object]) -> str:
    return next((text for detail in _details(entry) if (text := _plain(detail))), "")


def _details(entry: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The contents and the summary of an entry, as feedparser describes them."""
    contents = entry.get("content")
    found = [*(contents if isinstance(contents, list) else []), entry.get("summary_detail")]
    return [detail for detail in found if isinstance(detail, Mapping)]


def _plain(detail: object) -> str:
    """The text of a content, title or summary, as feedparser describes one; "" for none."""
    if not isinstance(detail, Mapping):
        return ""
    value = str(detail.get("value") or "")
    return value.strip() if detail.get("type") == "text/plain" else html_text(value)
