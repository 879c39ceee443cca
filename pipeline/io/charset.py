"""Text of web pages, feeds and mails, in the character set that they declare."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from pipeline.io.decode import decode
from pipeline.io.streams import MARKS

DECLARED = re.compile(
    rb"""<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']|<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE | re.ASCII,
)
DECLARED_WITHIN = 4096
"""How far into a page its declaration is looked for; browsers look at 1,024 bytes."""

AS_BROWSERS = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-8": "utf-8-sig",
    "utf-16": "utf-8-sig",
    "utf-16-le": "utf-8-sig",
    "utf-16-be": "utf-8-sig",
}
"""What a declared character set means on the web: a superset of it, or UTF-8, as a page in UTF-16 could not say so."""

NO_CHARACTER_SETS = frozenset("idna punycode raw-unicode-escape undefined unicode-escape utf-7".split())


def character_set(label: str | None) -> str | None:
    """Python's name of the encoding that a page or mail declares; None for one that is unknown."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip().lower()).name
        if name in NO_CHARACTER_SETS:
            return None
        name = AS_BROWSERS.get(name, name)
        b" ".decode(name)
    except (LookupError, ValueError):  # unknown, or a codec from bytes to bytes
        return None
    return name


def decode_declared(raw: bytes, encodings: Sequence[str], *, charset: str | None = None) -> str:
    """The text of a page, feed or part of a mail.

    Its character set is told by a byte order mark, else by `charset` of its header, else by its own
    declaration, else it is the first of `encodings` that fits. A declaration that the bytes
    contradict counts for nothing. Raises `RejectArticle` as `decode` does.
    """
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return decode(raw, (encoding,))
    if raw.startswith(codecs.BOM_UTF8):
        return decode(raw, ("utf-8-sig",))
    found = DECLARED.search(raw[:DECLARED_WITHIN])
    label = (found[1] or found[2]).decode() if found else None
    declared = character_set(charset) or character_set(label)
    return decode(raw, (declared, *encodings) if declared else encodings)
