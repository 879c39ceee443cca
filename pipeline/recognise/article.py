"""The passes over one article, in the order in which they claim text."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.document import Paragraph
from pipeline.lookup.gazetteer import Known, known_names
from pipeline.lookup.words import read_words
from pipeline.reading.reading import Reading
from pipeline.recognise.board import Board, Found
from pipeline.recognise.claim_entities import claim_acronyms, claim_defined_acronyms, claim_entities
from pipeline.recognise.claim_people import claim_people
from pipeline.recognise.claim_titles import claim_titles
from pipeline.recognise.dates import date_spans
from pipeline.recognise.headed import find_headed
from pipeline.recognise.initials import initials_of_titles, with_initials
from pipeline.recognise.namesakes import meant_cities
from pipeline.recognise.nominals import claim_nominals
from pipeline.recognise.read import join_mentions
from pipeline.recognise.titles import cut_title, find_titles


def find_mentions(doc: Doc, paragraphs: tuple[Paragraph, ...], reading: Reading | None = None) -> list[Found]:
    """All mentions of a parse whose text has these paragraphs, in the order of the text; none overlap.

    Beside a reading only those passes look for mentions that add to it.
    """
    words = read_words(doc, paragraphs)
    board = Board(words)
    dates = _claim_dates(board)
    known = Known(tuple(hit for hit in known_names(words) if dates.isdisjoint(range(hit.i, hit.j))))
    known = with_initials(words, known)
    if reading is None:
        _claim_all(board, known, dates)
        return meant_cities(sorted(board.found, key=lambda item: item.start))
    claim_nominals(board, known)
    _claim_known(board, known)
    return meant_cities(join_mentions(words, reading, known, board.found))


def _claim_dates(board: Board) -> set[int]:
    """Claim the date expressions; returns their tokens."""
    dates: set[int] = set()
    for i, j in date_spans(board.words.doc):
        if board.claim(i, j, "date", "date"):
            dates.update(range(i, j))
    return dates


def _claim_known(board: Board, known: Known) -> None:
    for hit in known.hits:
        board.claim_characters(Found(hit.start, hit.end, hit.i, hit.j, hit.kind, "gazetteer", hit.code, hit.name))


def _claim_all(board: Board, known: Known, dates: set[int]) -> None:
    """Let every other pass claim its mentions."""
    words = board.words
    titles = find_titles(words, known, dates)
    titles = sorted(titles + initials_of_titles(words, titles, known))
    capital = [title for title in titles if any(words.capital[title.i : title.j])]
    stop = dates | {k for title in capital for k in range(title.i, title.j)}
    headed = find_headed(words, known, stop)
    for item in headed:
        board.claim(item.i, item.j, item.label, "head", code=item.code)
    titles = [cut for title in titles if (cut := cut_title(words, title, lambda k: not board.free(k, k + 1)))]
    people = claim_people(board, known, titles)
    claim_titles(board, titles, people, known)
    claim_nominals(board, known)
    _claim_known(board, known)
    claim_defined_acronyms(board)
    claim_entities(board)
    claim_acronyms(board)
