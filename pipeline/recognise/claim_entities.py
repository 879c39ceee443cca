"""The last passes: acronyms, and what only spaCy's named entities know."""

from __future__ import annotations

import re

from pipeline.data import table
from pipeline.document import MentionLabel
from pipeline.lookup.words import Words
from pipeline.recognise.board import Board, Found
from pipeline.recognise.lexicon import always_capital, common_words, glue
from pipeline.recognise.title_grammar import is_honorific

_LABELS: dict[str, MentionLabel] = {
    "ORG": "organization", "GPE": "city", "LOC": "region", "FAC": "facility", "EVENT": "event",
}  # fmt: skip
_CAMEL = re.compile(r"[A-Z][a-z]{2,}[A-Z][A-Za-z]*")
_SITE = re.compile(r"[A-Z][\w-]+(?:\.[A-Za-z][\w-]*)+")
_NUMBERED_EVENT = re.compile(r"COP\d+")


def claim_defined_acronyms(board: Board) -> None:
    """Give acronyms that brackets or "or" introduce behind a name that name's label, everywhere."""
    words = board.words
    names = {item.j: item for item in board.found if item.label in ("organization", "event", "facility", "document")}
    meant: dict[str, Found] = {}
    for k in range(2, len(words) - 1):
        if not _is_acronym(words, k):
            continue
        long = None
        if words.text[k - 1] == "(" and words.text[k + 1] == ")":
            long = names.get(k - 1)
        elif words.lower[k - 2 : k] == [",", "or"]:
            long = names.get(k - 2)
        if long is not None and long.j - long.i > 1 and _shares_initial(words, long, words.text[k]):
            meant.setdefault(words.text[k], long)
    for k, text in enumerate(words.text):
        if (long := meant.get(text)) is not None:
            name = long.name or words.whole[long.start : long.end]
            board.claim(k, k + 1, long.label, "acronym defined", code=long.code, name=name)


def _is_acronym(words: Words, k: int) -> bool:
    text = words.text[k]
    return (words.upper[k] or _CAMEL.fullmatch(text) is not None) and text.isalnum() and not text.isdigit()


def _shares_initial(words: Words, long: Found, acronym: str) -> bool:
    return any(words.text[m][0] == acronym[0] for m in range(long.i, long.j))


def claim_entities(board: Board) -> None:
    """Claim spaCy's entities where they look like names and are free."""
    words = board.words
    for entity in words.doc.ents:
        label = _LABELS.get(entity.label_)
        span = _trimmed(words, entity.start, entity.end)
        if label is None or span is None:
            continue
        i, j = span
        if label == "organization" and j - i == 1 and i and words.lower[i - 1] in glue("places") and not words.upper[i]:
            label = "city"
        if words.text[i] not in _no_names() and not words.title_case[i]:
            board.claim(i, j, label, "spacy")


def _no_names() -> frozenset[str]:
    return frozenset(table("heads")["acronyms"]["drop"])


def _trimmed(words: Words, i: int, j: int) -> tuple[int, int] | None:
    """The entity without what is no part of a name; None when nothing of a name is left."""
    while i < j and (not words.capital[i] or words.lower[i] == "the" or is_honorific(words, i)):
        i += 1
    while j > i and not words.capital[j - 1]:
        j -= 1
    if not {"and", ","}.isdisjoint(words.lower[i:j]):
        return None
    if all(words.lower[k] in common_words() or words.lower[k] in always_capital() for k in range(i, j)):
        return None
    return i, j


def claim_acronyms(board: Board) -> None:
    """Claim web sites and acronyms that nothing else has explained."""
    words, drop = board.words, _no_names()
    for k, text in enumerate(words.text):
        if k and words.text[k - 1] in ("#", "@"):
            continue
        if _SITE.fullmatch(text) and "." in text[1:-1]:
            board.claim(k, k + 1, "organization", "site")
        elif 2 <= len(text) <= 12 and text not in drop and _is_acronym(words, k) and not _among_capitals(words, k):
            label: MentionLabel = "event" if _NUMBERED_EVENT.fullmatch(text) else "organization"
            board.claim(k, k + 1, label, "acronym")


def _among_capitals(words: Words, k: int) -> bool:
    """Whether the words around are in capitals too."""
    near = [m for m in (k - 2, k - 1, k + 1, k + 2) if 0 <= m < len(words) and len(words.text[m]) > 1]
    letters = [m for m in near if words.text[m].isalpha()]
    return bool(letters) and sum(words.upper[m] for m in letters) * 2 > len(letters)
