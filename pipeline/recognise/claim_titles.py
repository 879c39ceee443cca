"""The pass that tells titles next to a name from titles that stand for their holder."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.lookup.gazetteer import Known
from pipeline.lookup.words import Words
from pipeline.recognise.board import Board
from pipeline.recognise.holders import holder_starts, names_from
from pipeline.recognise.lexicon import glue
from pipeline.recognise.nominals import definite_start
from pipeline.recognise.runs import Run
from pipeline.recognise.title_grammar import grammar
from pipeline.recognise.titles import Title


def claim_titles(board: Board, titles: Sequence[Title], people: Sequence[Run], known: Known) -> None:
    """Claim titles next to a name as titles, others as nominals that stand for their holder."""
    begin, end = {run.i for run in people}, {run.j for run in people}
    starts = {title.i: title for title in titles}
    ends = names_from(board, known)
    held: set[int] = set()  # tokens behind titles of named holders
    for title in titles:
        joined = _joined_to(board.words, title.i, held)
        if (
            joined
            or any(k in begin for k in holder_starts(board.words, title, ends, starts))
            or _behind_a_name(board.words, title, end)
        ):
            board.claim(title.i, title.j, "title", "title+name", name=title.head)
            held.add(title.j)
        elif not _claim_holder(board, title, known) and _stands_alone(board.words, title, known):
            board.claim(title.i, title.j, "title", "title", name=title.head)


def _joined_to(words: Words, i: int, held: set[int]) -> bool:
    """Whether "and" joins the title at token i to one with a named holder."""
    k = i - 1 if i and words.lower[i - 1] == "the" else i
    return k > 0 and words.lower[k - 1] in glue("and") and k - 1 in held


def _behind_a_name(words: Words, title: Title, end: set[int]) -> bool:
    """Whether the title stands behind a name and a comma."""
    for k in range(title.i - 1, max(-1, title.i - 7), -1):
        if words.text[k] == "," and k in end:
            return True
        if words.doc[k].is_sent_start or words.pos[k] == "VERB":
            return False
    return False


def _claim_holder(board: Board, title: Title, known: Known) -> bool:
    """Claim "the Azerbaijani foreign minister" or "top diplomat" after "Kenya's" as a nominal; False
    when nothing makes the title definite."""
    words = board.words
    start, code = definite_start(words, title.i, known)
    if start < title.i:
        return board.claim(start, title.j, "nominal", "title", code=code, name=title.head)
    owner = known.until.get(title.i - 1) if title.i and words.lower[title.i - 1] in glue("possessive") else None
    if owner is not None and owner.kind in ("country", "city", "organization"):
        return board.claim(title.i, title.j, "nominal", "title", code=owner.code, name=title.head)
    if words.upper[title.i] and title.j == title.i + 1 and words.lower[title.i] not in grammar().heads:
        return board.claim(title.i, title.j, "nominal", "title", name=title.head)  # "EAM" for its holder
    return False


def _stands_alone(words: Words, title: Title, known: Known) -> bool:
    """Whether a title without holder is worth a mention: capitalised, or of a country or body."""
    if title.capital and not words.title_case[title.i]:
        return not title.weak
    of = title.j < len(words) and words.lower[title.j] in ("of", "to")
    return of and words.after_the(title.j + 1) in known.at
