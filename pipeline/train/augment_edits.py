"""Changes of an article's text that take its spans along."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from pipeline.gold.model import GoldArticle, GoldSpan

SpanOf = TypeVar("SpanOf", bound=GoldSpan)

ARTICLE_BEFORE = re.compile(r"(?<![\w.'’&-])(?P<article>a|an|A|An|AN)(?P<blank>[ \xa0]+[\"“‘']?)\Z")
VOWEL = re.compile(r"[AEIOU]|hono|heir", re.IGNORECASE)
YOU = re.compile(r"U(?:\.|[A-Z])|[Uu](?:ni(?![mn])|gand|kr|rug|s[aeu]|til)|[Ee]u|[Oo]ne\b")
"""Beginnings that are written with a vowel and do not sound so."""
FIRST_LETTER = re.compile(r"[FHLMNRSX](?:\.|[A-Z]{1,3}\b)")
"""Acronyms whose first letter begins with a vowel when it is spelt."""


class Edit(NamedTuple):
    """What stands from `start` to `end` of a text becomes `new`; with `start == end`, `new` is put in there."""

    start: int
    end: int
    new: str


class Unmovable(ValueError):
    """Edits that overlap, or after which a span would not be whole."""


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """The edits from left to right; raises `Unmovable` when two overlap or stand at the same place."""
    found = sorted(edits)
    for one, other in itertools.pairwise(found):
        if other.start < one.end or (one.start, one.end) == (other.start, other.end):
            raise Unmovable(f"{one} and {other} overlap")
    return found


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits, which stand in order."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def moved(start: int, end: int, edits: Sequence[Edit]) -> tuple[int, int]:
    """Where a span stands after the edits, which stand in order.

    Text put in at an edge of the span stays outside; edits inside it, and one of the whole of it, change it. Raises
    `Unmovable` when an edit reaches over an edge or leaves nothing of the span.
    """
    before = inside = 0
    for edit in edits:
        grown = len(edit.new) - (edit.end - edit.start)
        if edit.end <= start:
            before += grown
        elif edit.start >= end:
            break
        elif edit.start < start or end < edit.end:
            raise Unmovable(f"{edit} reaches over an edge of {start}..{end}")
        else:
            inside += grown
    if end + inside <= start:
        raise Unmovable(f"nothing is left of {start}..{end}")
    return start + before, end + before + inside


def apply(article: GoldArticle, edits: Iterable[Edit], update: Mapping[str, Any] | None = None) -> GoldArticle:
    """The article after edits of its text, with all spans and, where it stands in the text, the headline.

    `update` are further new fields; mentions and events among them still have the spans of the old text. Raises
    `Unmovable` when a span cannot be moved.
    """
    ordered = in_order(edits)
    fields = dict(article) | dict(update or {})
    text = edited(article.text, ordered)
    title = fields["title"]
    if title is not None and (at := article.text.find(title)) >= 0:
        start, end = moved(at, at + len(title), ordered)
        fields["title"] = text[start:end]

    def move(span: SpanOf) -> SpanOf:
        start, end = moved(span.start, span.end, ordered)
        return span.model_copy(update={"start": start, "end": end, "text": text[start:end]})

    fields["text"] = text
    fields["mentions"] = [move(mention) for mention in fields["mentions"]]
    fields["events"] = [
        event.model_copy(update={"triggers": [move(trigger) for trigger in event.triggers]})
        for event in fields["events"]
    ]
    return article.model_copy(update=fields)


def indefinite(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits, and those of every "a" or "an" before one that begins with another sound than what it replaces."""
    found = list(edits)
    taken = {edit.end for edit in edits}
    for edit in edits:
        before = ARTICLE_BEFORE.search(text, 0, edit.start)
        if before is None or edit.start == edit.end or before.end("article") in taken:
            continue
        old = before["article"]
        new = "an" if begins_with_vowel(edit.new) else "a"
        if new != old.lower() and begins_with_vowel(text[edit.start : edit.end]) != begins_with_vowel(edit.new):
            new = new.upper() if len(old) > 1 and old.isupper() else new.capitalize() if old[0].isupper() else new
            found.append(Edit(before.start("article"), before.end("article"), new))
    return found


def begins_with_vowel(words: str) -> bool:
    """Whether "an" stands before these words: "Iraqi", "MP", not "UN envoy"."""
    words = words.lstrip("\"“‘'")
    return bool(FIRST_LETTER.match(words) or (VOWEL.match(words) and not YOU.match(words)))
