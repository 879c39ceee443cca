"""From bytes to text, without guessing beyond what the settings name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from pipeline.errors import RejectArticle

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROL_OR_C1 = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
MAX_CONTROL_SHARE = 0.1


def decode(raw: bytes, encodings: Sequence[str]) -> str:
    """The text in the first encoding that fits.

    UTF-8 fits when it is valid and at most a tenth of it is control characters. Any other encoding
    has to leave no control character at all, because most of them accept almost any bytes.
    Raises `RejectArticle`: `binary` when there are too many control characters or null bytes,
    `encoding` when nothing fits, also for text that is UTF-8 except in a few places, where the others would
    spoil every accented letter.
    """
    binary = False
    for encoding in encodings:
        unicode = codecs.lookup(encoding).name.startswith("utf-8")
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            if unicode and _mostly_utf8(raw):
                message = f"is UTF-8 but for byte {error.start}: {error.reason}"
                raise RejectArticle("encoding", message) from error
            continue
        if unicode and len(CONTROL.findall(text)) <= MAX_CONTROL_SHARE * len(text):
            return text
        if not unicode and not CONTROL_OR_C1.search(text):
            return text
        binary = True
    if binary or b"\0" in raw:
        raise RejectArticle("binary", "is no text: it is full of control characters")
    raise RejectArticle("encoding", f"is in none of the encodings {', '.join(encodings)}")


def _mostly_utf8(raw: bytes) -> bool:
    letters = broken = 0
    for character in raw.decode("utf-8", "surrogateescape"):
        if "\udc80" <= character <= "\udcff":
            broken += 1
        elif character > "\x7f":
            letters += 1
    return letters > broken
