"""From a record of somebody's dump to an `Article`, or to the reason why not."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from pipeline.config import FieldMap
from pipeline.document import Article
from pipeline.errors import RejectArticle, SettingsError
from pipeline.io.published import parse_published
from pipeline.record import RejectRecord

FIELDS = tuple(FieldMap.model_fields)
"""The fields that are read; all but `text` may be missing, and other keys are ignored."""

OWN_KEYS = {field: field for field in FIELDS}
"""The mapping of a source that has our field names."""

FIELD_CHARACTERS = 10_000
"""What each field beside the text may have."""


def parse_mapping(pairs: str | None) -> dict[str, str]:
    """Our field names → theirs, those that `text=body,published=date` gives; raises `SettingsError`."""
    mapping: dict[str, str] = {}
    for pair in (pairs or "").split(",") if pairs else ():
        ours, equals, theirs = (part.strip() for part in pair.partition("="))
        if not equals or not theirs or ours not in FIELDS:
            raise SettingsError(f"--map {pair!r}: write FIELD=KEY, with FIELD one of {', '.join(FIELDS)}")
        mapping[ours] = theirs
    return mapping


def reject(input: str, line: int | None, doc_id: str | None, code: str, message: str) -> RejectRecord:
    """A line of rejects.jsonl from the reading step."""
    return RejectRecord(doc_id=doc_id, input=input, line=line, stage="read", error=code, message=message)


def one_line(said: object, *, most: int = 200) -> str:
    """What an error or a library says, for a message: without line breaks, and at most so many characters of it."""
    return " ".join(str(said).split())[:most]


def digest_id(text: str) -> str:
    """The id of an article that comes with none."""
    return "doc_" + hashlib.sha256(text.encode()).hexdigest()[:16]


def make_article(
    values: Mapping[str, object],
    *,
    mapping: Mapping[str, str],
    limit: int,
    input: str,
    line: int | None = None,
    name: str | None = None,
) -> Article | RejectRecord:
    """The article in `values`, whose keys `mapping` gives: a key that `values` has, else a dotted path in it.

    `limit` is the most characters a text may have, `name` the id of an article without its own.
    """
    given = {field: _value(values, key) for field, key in mapping.items()}
    doc_id: str | None = name
    try:
        doc_id = _string(given, "id") or name
        text = _text(given["text"], mapping["text"], limit)
        return Article(
            doc_id=doc_id or digest_id(text),
            text=text,
            title=_string(given, "title"),
            published=parse_published(given["published"]),
            url=_string(given, "url"),
            outlet=_string(given, "outlet"),
            language=_string(given, "language"),
            input=input,
            line=line,
        )
    except RejectArticle as fault:
        return reject(input, line, doc_id, fault.code, fault.message)


def _value(values: Mapping[str, object], key: str) -> object:
    """What stands under the key; where there is none, "meta.date" is the `date` of the object `meta`."""
    if key in values or "." not in key:
        return values.get(key)
    found: object = values
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _text(value: object, key: str, limit: int) -> str:
    if value is None:
        raise RejectArticle("missing_text", f"no field {key!r} with the article's text")
    if not isinstance(value, str):
        raise RejectArticle("bad_text", f"{key!r} is no string but {type(value).__name__}")
    if not value.strip():
        raise RejectArticle("empty", "the article has no text")
    if len(value) > limit:
        raise RejectArticle("too_long", f"{len(value):,} characters; read.max_characters is {limit:,}")
    return check_unicode(value, key)


def _string(given: Mapping[str, object], field: str) -> str | None:
    value = given[field]
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            value = str(value)
        except ValueError as error:  # Python writes no number of over 4,300 digits
            raise RejectArticle("bad_value", f"{field}: a number of too many digits") from error
    if value is None:
        return None
    if not isinstance(value, str):
        raise RejectArticle("bad_value", f"{field}: no string but {type(value).__name__}")
    if len(value) > FIELD_CHARACTERS:
        raise RejectArticle("bad_value", f"{field}: {len(value):,} characters; {FIELD_CHARACTERS:,} are read")
    return check_unicode(value.strip(), field) or None


def check_unicode(value: str, field: str) -> str:
    """The value itself; raises `RejectArticle` (`surrogate`) when it holds half a surrogate pair."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        message = f"{field}: half a surrogate pair at character {error.start}, which is no Unicode text"
        raise RejectArticle("surrogate", message) from error
    return value
