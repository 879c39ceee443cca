"""Sniff: what a stream without a name holds, and how it is compressed."""

from __future__ import annotations

import codecs
import io
import itertools
import re
from typing import IO, cast

from pipeline.formats import Format
from pipeline.io.archives import bounded
from pipeline.io.feed import PROLOG, ROOT
from pipeline.io.streams import MARKS, available, buffered, inflated, recoded

HEAD_BYTES = 1 << 12
"""How much of a stream is looked at; less when it begins like JSON Lines, which may come slowly."""

BLANKS = b" \t\r\n\0" + codecs.BOM_UTF8 + codecs.BOM_UTF16_LE
BINARY = re.compile(
    rb"(?P<zip>PK(?:\x03\x04|\x05\x06))|(?P<parquet>PAR1)|(?P<warc>WARC/\d)|(?P<tar>.{257}ustar)", re.DOTALL
)
"""What binary formats begin with; of tar those that POSIX knows, GNU's too."""

DOCTYPE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)(?=[\s/>])", re.IGNORECASE)


def sniffed(raw: IO[bytes], kind: Format | None = None) -> tuple[io.BufferedReader, Format]:
    """The content of a stream, decompressed, and its format, which is `kind` when that is given.

    Without it `{` tells of JSON Lines, a document type or a first tag of a page or feed, and the first bytes of binary
    formats of these; all else is one text. Raises what `reading` turns into `BrokenInput`, here and on later reads.
    """
    stream = unpacked(_gathered(raw))
    if kind is None:
        kind = _format(stream.peek(HEAD_BYTES))
    return recoded(stream), kind


def unpacked(packed: io.BufferedReader) -> io.BufferedReader:
    """The stream, decompressed if it begins like something compressed, as far as `Bounded` lets it grow."""
    stream = inflated(packed, None)
    return stream if stream is packed else _gathered(bounded(stream, packed.tell))


def _gathered(raw: IO[bytes]) -> io.BufferedReader:
    """The stream, its head in one piece."""
    pieces = available(raw)
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= HEAD_BYTES or head.lstrip(BLANKS).startswith(b"{"):
            break
    return buffered(itertools.chain([head] if head else [], pieces))


def _format(head: bytes) -> Format:
    if head.lstrip(BLANKS).startswith(b"{"):
        return "jsonl"
    if binary := BINARY.match(head):
        return cast(Format, binary.lastgroup)
    encoding = next((encoding for mark, encoding in MARKS if head.startswith(mark)), "utf-8-sig")
    text = head.decode(encoding, "replace")
    at = 0
    while not DOCTYPE.match(text, at) and (found := PROLOG.match(text, at)):
        at = found.end()
    if PAGE.match(text, at):
        return "html"
    return "feed" if ROOT.match(text, at) or text.lstrip().startswith("<?xml") else "text"
