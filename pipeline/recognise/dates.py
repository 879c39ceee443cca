"""Date expressions: the words that point to a calendar day, month, year or range.

The grammar is in data/dates.toml: absolute ("11 March 2024", "Nov. 6-8", "Q3 2024") and relative
forms ("next week", "a day earlier"). Prepositions stay outside. Durations, ages and times of the day
are no dates.
"""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Span, Token

from pipeline.data import table

_NAME = re.compile(r"\{([a-z_]+)\}")
_NOMINAL = frozenset({"DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM"})


def date_spans(doc: Doc) -> list[tuple[int, int]]:
    """Half-open token ranges of the date expressions of a parse, in order, not overlapping."""
    found: list[tuple[int, int]] = []
    for match in _grammar().finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is not None and (not found or span.start >= found[-1][1]) and _is_date(match, span):
            found.append((span.start, span.end))
    return found


def _is_date(match: re.Match[str], span: Span) -> bool:
    """Whether an expression that fits the grammar is a date where it stands."""
    rules = _rules()
    form, words = match.lastgroup, match.group()
    before = span.doc[span.start - 1] if span.start else None
    following = span.doc[span.end] if span.end < len(span.doc) else None
    previous = before.lower_ if before is not None else ""
    after = following.lower_ if following is not None else ""
    if form == "deictic":
        of = span.doc[span.end + 1].lower_ if after in ("'s", "’s") and span.end + 1 < len(span.doc) else ""
        return of not in rules["today_of"] and not _in_name(match, span, before)
    if form == "month":
        known = previous in rules["date_prepositions"] or words.lower() not in rules["ambiguous_months"]
        return words[0].isupper() and known
    if form == "year":
        return after not in rules["counted"] and previous not in rules["copyright"]
    if form == "before" and words.endswith(("before", "after")):
        return following is None or (following.pos_ not in _NOMINAL and following.tag_ != "VBG")
    return form != "weekday" or previous not in rules["indefinite"]


def _in_name(match: re.Match[str], span: Span, before: Token | None) -> bool:
    """Whether a capitalised "Today" is part of an outlet's name or address ("USA Today", "today.az")."""
    if not match.group()[0].isupper():
        return False
    address = re.match(r"\.[^\W\d_]", match.string[match.end() : match.end() + 2])
    return address is not None or (before is not None and before.pos_ == "PROPN" and not span[0].is_sent_start)


@cache
def _rules() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("dates")["words"].items()}


@cache
def _grammar() -> re.Pattern[str]:
    """All forms as one pattern; `lastgroup` of a match is the form's name."""
    data = table("dates")
    names: dict[str, str] = dict(data["parts"])
    for name, words in data.items():
        if name not in ("parts", "forms", "words", "tense"):
            names[name] = "|".join(sorted(words, key=len, reverse=True))
    names["day_parts"] = "|".join(data["words"]["day_parts"])
    body = "|".join(f"(?P<{name}>{_expand(form, names)})" for name, form in data["forms"].items())
    start = _expand(names["start"], names)
    return re.compile(rf"(?<![\w.$€£#/:–-])(?={start})(?:{body})(?!\w)", re.IGNORECASE)


def _expand(form: str, names: dict[str, str]) -> str:
    while _NAME.search(form):
        form = _NAME.sub(lambda m: names[m.group(1)], form)
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", form).replace(" ", r"[^\S\n]")
