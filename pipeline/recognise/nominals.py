"""Pronouns and noun phrases that stand where a named participant could stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.data import table
from pipeline.recognise.gazetteer import Hit
from pipeline.recognise.titles import Title
from pipeline.recognise.words import Board, Words


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
    return _Roles(dict(data["pronouns"]), heads, frozenset(data["openers"]), frozenset(data["inner"]))


def claim_holder(board: Board, title: Title, ends: dict[int, Hit]) -> bool:
    """Claim a title that stands for its holder as a nominal: "the Azerbaijani foreign minister",
    "Kenya's top diplomat"; False when nothing makes it definite."""
    words = board.words
    k, code = _leftwards(words, title.i, ends)
    if k > 0 and words.lower[k - 1] in _roles().openers and words.pos[k - 1] != "SCONJ":
        return board.claim(k - 1, title.j, "nominal", "title", code=code, name=title.head)
    if code is not None:
        return board.claim(k, title.j, "nominal", "title", code=code, name=title.head)
    if title.i > 1 and words.lower[title.i - 1] in ("'s", "'"):
        owner = ends.get(title.i - 1)
        if owner is not None and owner.kind in ("country", "city", "organization"):
            return board.claim(title.i, title.j, "nominal", "title", code=owner.code, name=title.head)
    return False


def _leftwards(words: Words, i: int, ends: dict[int, Hit]) -> tuple[int, str | None]:
    """The first token of the modifiers before token i, and the country that they name."""
    k, code = i, None
    while k > 0:
        hit = ends.get(k)
        if hit is not None and hit.kind == "nationality":
            code, k = hit.code, hit.i
        elif words.lower[k - 1] in _roles().inner and not (words.lower[k - 1] == "-" and not words.glued[k - 1]):
            k -= 1
        else:
            break
    return k, code


def claim_nominals(board: Board, hits: list[Hit], ends: dict[int, Hit]) -> None:
    """Claim pronouns and definite role-noun phrases on the free text; never parts of known names."""
    words, roles = board.words, _roles()
    named = {k for hit in hits for k in range(hit.i, hit.j)}
    for i, word in enumerate(words.lower):
        if i in named:
            continue
        lemma = roles.pronouns.get(word)
        if lemma is not None:
            if words.pos[i] == "PRON" and not (words.upper[i] and word == "us"):
                board.claim(i, i + 1, "nominal", "pronoun", name=lemma)
            continue
        lemma = roles.heads.get(word)
        if lemma is not None and words.pos[i] in ("NOUN", "PROPN", "ADJ", "NUM"):
            _claim_phrase(board, words, i, lemma, ends)


def _claim_phrase(board: Board, words: Words, i: int, lemma: str, ends: dict[int, Hit]) -> None:
    roles = _roles()
    if i + 1 < len(words) and words.pos[i + 1] in ("NOUN", "PROPN") and not words.doc[i + 1].is_space:
        if words.doc[i].dep_ == "compound" or words.pos[i] == "NUM":
            return
    k, code = _leftwards(words, i, ends)
    if k > 0 and words.lower[k - 1] in roles.openers and words.pos[k - 1] != "SCONJ":
        board.claim(k - 1, i + 1, "nominal", "role", code=code, name=lemma)
