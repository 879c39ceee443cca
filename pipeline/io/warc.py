"""Web archives: one article a page, from WARC files and from WACZ, which are zips with such files."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, cast

from pipeline.document import Article
from pipeline.errors import RejectArticle
from pipeline.io.archives import BrokenArchive
from pipeline.io.articles import OWN_KEYS, make_article, reject
from pipeline.io.content_encoding import decoded_body
from pipeline.io.html_page import PAGE_BYTES, page_values
from pipeline.io.seekable import seekable
from pipeline.io.sources import Source
from pipeline.io.streams import BrokenInput, reading
from pipeline.io.zip_archive import zip_members
from pipeline.record import RejectRecord

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

HTML = frozenset(("text/html", "application/xhtml+xml"))
MEMBERS = ("archive/*.warc", "archive/*.warc.gz")


class _Counted:
    """A stream that tells its place, which fastwarc asks for, whether or not one can go back in it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._place = 0

    def read(self, size: int = -1, /) -> bytes:
        piece = self._stream.read1(size)  # what comes before damage is lost to a read that goes on until it has enough
        self._place += len(piece)
        return piece

    def tell(self) -> int:
        return self._place


def read_warc(
    stream: io.BufferedReader, *, limit: int, encodings: Sequence[str], input: str
) -> Iterator[Article | RejectRecord]:
    """The articles of a WARC file: web pages that were answered with status 200; all else is passed over.

    The id is the record's (else its address), the text as `page_values` finds it. When a page was
    fetched is no day of publication and is not used. A page that cannot be decoded is a reject, and
    reading goes on with the next record. Raises `BrokenInput` where the file cannot be read on, or
    (`missing_package`) where fastwarc is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, response
    except ImportError as error:
        message = "web archives are read by fastwarc, which is not installed: pip install 'dragoman[warc]'"
        raise BrokenInput("missing_package", message) from error
    for record in _records(ArchiveIterator(cast(Any, _Counted(stream)), record_types=response, parse_http=False)):
        address = record.headers.get("WARC-Target-URI")
        doc_id = (record.record_id or "").strip("<>") or address
        try:
            values = _page(record, address, encodings)
        except RejectArticle as fault:
            yield reject(input, None, doc_id, fault.code, fault.message)
            continue
        if values is not None:
            yield make_article(values, mapping=OWN_KEYS, limit=limit, input=input, name=doc_id)


def read_wacz(
    stream: io.BufferedReader, *, limit: int, encodings: Sequence[str], input: str
) -> Iterator[Article | RejectRecord]:
    """The articles of the WARC files in a WACZ file, each as `read_warc` reads it.

    Members are read, and refused, as those of any zip archive. Raises `BrokenInput`.
    """
    archive = Source(None, "wacz", input, None)
    with seekable(stream) as file:
        try:
            for member in zip_members(file, archive, wanted=_is_warc):
                if isinstance(member, RejectRecord):
                    yield member
                    continue
                part = member.source.name
                try:
                    with reading(), member.open() as inner:
                        yield from read_warc(inner, limit=limit, encodings=encodings, input=part)
                except BrokenInput as fault:
                    yield reject(part, fault.line, None, fault.code, fault.message)
        except BrokenArchive as fault:  # only of this one: an archive that it may be in is whole
            raise BrokenInput(fault.code, fault.message) from fault


def _is_warc(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in MEMBERS)


def _records(records: ArchiveIterator) -> Iterator[WarcRecord]:
    found = iter(records)
    while True:
        with reading():
            record = next(found, None)
        if record is None:
            return
        yield record


def _page(record: WarcRecord, address: str | None, encodings: Sequence[str]) -> dict[str, object] | None:
    """Text and metadata of a page; None when the record holds none. Raises `RejectArticle`."""
    from fastwarc.warc import WarcRecord

    size = record.content_length
    if not record.is_http:
        return None
    with reading():
        raw = record.reader.read(min(size, 2 * PAGE_BYTES))
    # Apart from the archive: a body that is no gzip after all would end the reading of every further record.
    answer = WarcRecord()
    answer.set_bytes_content(raw)
    answer.is_http = True
    try:
        answer.parse_http(auto_decode="transfer")
        if (
            answer.http_headers is None
            or answer.http_headers.status_code != 200
            or answer.http_content_type not in HTML
        ):
            return None
        if size > len(raw):
            wrong = f"over {2 * PAGE_BYTES:,} bytes" if len(raw) == 2 * PAGE_BYTES else "fewer bytes than it says"
            raise RejectArticle("too_long" if "over" in wrong else "broken_warc", f"the record has {wrong}")
        body = answer.reader.read()
    except OSError as error:
        raise RejectArticle("broken_warc", f"the page in the record cannot be decoded: {error}") from error
    # Not by fastwarc, which would unpack without a bound.
    body = decoded_body(body, answer.http_headers.get("Content-Encoding") or "", PAGE_BYTES)
    return page_values(body, encodings, url=address, charset=answer.http_charset)
