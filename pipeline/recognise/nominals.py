"""Pronouns and noun phrases that stand where a named participant could stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.data import table
from pipeline.lookup.gazetteer import Known
from pipeline.lookup.words import Words
from pipeline.recognise.board import Board


@dataclass(frozen=True, slots=True)
class _Roles:
    pronouns: dict[str, str]
    heads: dict[str, str]
    openers: frozenset[str]
    inner: frozenset[str]


@cache
def _roles() -> _Roles:
    data = table("roles")
    heads = {}
    for head in data["heads"]:
        heads[head] = heads[data["plurals"].get(head, head + "s")] = head
    return _Roles(data["pronouns"], heads, frozenset(data["openers"]), frozenset(data["inner"]))


def definite_start(words: Words, i: int, known: Known) -> tuple[int, str | None]:
    """Where the definite phrase with its noun at token i begins, and the country it names.

    "the two Kenyan officials", "his counterpart", "Kenyan officials"; i when nothing makes the noun
    definite.
    """
    k, code = i, None
    while k > 0:
        hit = known.until.get(k)
        if hit is not None and hit.kind == "nationality":
            code, k = hit.code, hit.i
        elif words.lower[k - 1] in _roles().inner and (words.text[k - 1] != "-" or words.glued[k - 1]):
            k -= 1
        else:
            break
    if k > 0 and words.lower[k - 1] in _roles().openers and words.pos[k - 1] != "SCONJ":
        return k - 1, code
    return (k, code) if code is not None else (i, None)


def claim_nominals(board: Board, known: Known) -> None:
    """Claim definite role-noun phrases and pronouns on the free text; never parts of known names."""
    words, roles = board.words, _roles()
    named = known.tokens()
    for i, word in enumerate(words.lower):
        if word in roles.heads and i not in named and words.pos[i] in ("NOUN", "PROPN", "ADJ", "NUM"):
            _claim_phrase(board, i, roles.heads[word], known)
    for i, word in enumerate(words.lower):
        if word in roles.pronouns and words.pos[i] == "PRON" and not (words.upper[i] and word == "us"):
            board.claim(i, i + 1, "nominal", "pronoun", name=roles.pronouns[word])


def _claim_phrase(board: Board, i: int, lemma: str, known: Known) -> None:
    words = board.words
    noun_after = i + 1 < len(words) and words.pos[i + 1] in ("NOUN", "PROPN")
    if noun_after and (words.doc[i].dep_ in ("compound", "amod", "nmod") or words.pos[i] in ("NUM", "ADJ")):
        return
    start, code = definite_start(words, i, known)
    if start < i and words.lower[start] in _roles().openers:
        board.claim(start, i + 1, "nominal", "role", code=code, name=lemma)
