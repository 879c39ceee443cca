"""Mails, such as newsletters: one in a file (.eml) or many (.mbox)."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from email import errors, policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any, cast

from pipeline.document import Article
from pipeline.errors import RejectArticle
from pipeline.io.articles import OWN_KEYS, make_article, reject
from pipeline.io.charset import decode_declared
from pipeline.io.html_text import html_text
from pipeline.io.streams import bounded_lines, reading
from pipeline.record import RejectRecord

MAIL_BYTES = 1 << 25
"""What one mail may have, with its attachments."""

SEPARATOR = re.compile(rb"From \S+\s.*\d\d:\d\d")
"""The line before every mail of an mbox: who sent it, and when."""

QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
HEADERS = ("from", "date", "subject", "message-id")
HEADER_CHARACTERS = 1 << 14
"""What a header may have that is read: Python takes longer and longer over each further character of one."""

PARTS = 1000
"""Parts that a mail may have; Python takes half a millisecond and some KiB for each, however small."""

CUT = (errors.InvalidBase64LengthDefect, errors.MissingHeaderBodySeparatorDefect)
FAULTS = (AttributeError, LookupError, OverflowError, TypeError, ValueError, RecursionError, errors.MessageError)
"""What Python's own reader of mails is known to raise on malformed ones."""


class _Policy(policy.EmailPolicy):
    """Python's policy for mails of today, which does not read a header of any length."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        if len(value) > HEADER_CHARACTERS:
            raise errors.HeaderParseError(f"the header {name} has over {HEADER_CHARACTERS:,} characters")
        return super().header_fetch_parse(name, value)


def _few_parts() -> Callable[..., EmailMessage]:
    """What makes the parts of one mail, and raises `MessageError` after `PARTS`."""
    numbers = itertools.count()

    def part(policy: _Policy) -> EmailMessage:
        if next(numbers) > PARTS:
            raise errors.MessageError(f"it has over {PARTS:,} parts")
        return EmailMessage(policy)

    return part


def read_mail(
    stream: io.BufferedReader, *, limit: int, encodings: Sequence[str], input: str, name: str | None
) -> Iterator[Article | RejectRecord]:
    """The article of a file with one mail; the file's name is its id where it has no Message-ID."""
    with reading():
        raw = stream.read(MAIL_BYTES + 1)
    yield _article(raw, limit=limit, encodings=encodings, input=input, line=None, name=name)


def read_mbox(
    stream: io.BufferedReader, *, limit: int, encodings: Sequence[str], input: str
) -> Iterator[Article | RejectRecord]:
    """The articles of a file with many mails, one in memory at a time.

    `line` of an article is that of the line `From ` before it. Raises `BrokenInput` where the file
    cannot be read on.
    """
    start, size, lines, begun = 1, 0, list[bytes](), False
    for number, line, _ in bounded_lines(stream, MAIL_BYTES):
        if SEPARATOR.match(line):
            if begun:
                yield _article(b"".join(lines), limit=limit, encodings=encodings, input=input, line=start)
            elif lines:
                yield _no_mbox(input, start)
            start, size, lines, begun = number, 0, [], True
        elif size <= MAIL_BYTES if begun else not lines and line.strip():
            lines.append(line)
            size += len(line)
    if begun:
        yield _article(b"".join(lines), limit=limit, encodings=encodings, input=input, line=start)
    elif lines:
        yield _no_mbox(input, start)


def _no_mbox(input: str, line: int) -> RejectRecord:
    return reject(input, line, None, "broken_mail", "no mail: there is no line 'From ' with sender and time before it")


def _article(
    raw: bytes, *, limit: int, encodings: Sequence[str], input: str, line: int | None, name: str | None = None
) -> Article | RejectRecord:
    try:
        if len(raw) > MAIL_BYTES:
            raise RejectArticle("too_long", f"the mail has over {MAIL_BYTES:,} bytes")
        if not raw.strip():
            raise RejectArticle("empty", "the mail is empty")
        values = mail_values(raw if line is None else QUOTED.sub(rb"\1", raw), encodings)
    except RejectArticle as fault:
        return reject(input, line, name, fault.code, fault.message)
    return make_article(values, mapping=OWN_KEYS, limit=limit, input=input, line=line, name=name)


def mail_values(raw: bytes, encodings: Sequence[str]) -> dict[str, object]:
    """Text and metadata of a mail: `id`, `title`, `outlet` (the sender's name), `published`, `text`.

    The text is that of its plain part, else what a reader sees of its HTML part, in which offsets
    of records count then. Raises `RejectArticle`: `broken_mail`, `no_text_part`, and what `decode` raises.
    """
    try:
        message = cast(EmailMessage, BytesParser(_few_parts(), policy=_Policy()).parsebytes(raw))
        headers = {header: message[header] for header in HEADERS}
        senders = headers["from"].addresses if headers["from"] else ()
        plain = _part(message, "plain", encodings)
        text = plain if plain.strip() else html_text(_part(message, "html", encodings))
    except FAULTS as error:
        raise RejectArticle("broken_mail", f"the mail cannot be read: {error}"[:300]) from error
    if not any(headers.values()):
        raise RejectArticle("broken_mail", f"no mail: it has none of the headers {', '.join(HEADERS)}")
    for part in message.walk():
        if cut := next((defect for defect in part.defects if isinstance(defect, CUT)), None):
            raise RejectArticle("broken_mail", f"the mail is damaged: {cut.__doc__ or type(cut).__name__}"[:300])
    if not text.strip():
        raise RejectArticle("no_text_part", "the mail has no part with text")
    return {
        "id": str(headers["message-id"] or "").strip().strip("<>"),
        "text": text,
        "title": str(headers["subject"] or ""),
        "published": str(headers["date"] or ""),
        "outlet": senders[0].display_name if senders else None,
    }


def _part(message: EmailMessage, kind: str, encodings: Sequence[str]) -> str:
    part = message.get_body((kind,))
    raw = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(raw, bytes) or not raw:
        return ""
    return decode_declared(raw, encodings, charset=part.get_content_charset())
