"""The pass that finds people's names in an article, and finds them again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.data import fold
from pipeline.lookup.gazetteer import Hit, Known, is_seat, is_well_known
from pipeline.lookup.words import Words
from pipeline.recognise.board import Board
from pipeline.recognise.holders import behind_names, names_from
from pipeline.recognise.lexicon import common_words, given_names, glue
from pipeline.recognise.people import Context, score
from pipeline.recognise.runs import Run, find_runs, name_parts
from pipeline.recognise.title_grammar import is_honorific
from pipeline.recognise.titles import Title

JOINED = -1.5
"""Score from which a run of several words counts as a name when "and" or a comma joins it to one."""


def claim_people(board: Board, known: Known, titles: Sequence[Title]) -> list[Run]:
    """Claim the names of people on what is free; returns them in the order of the text."""
    words = board.words
    blocked = _blocked(board, known, titles)
    title_ends = {title.j - 1: title for title in titles}
    anchors = {k + 1 for k in range(len(words)) if k in title_ends or is_honorific(words, k)}
    behind = _behind(board, known, titles)
    places = [hit for hit in known.hits if hit.kind in ("city", "country", "region") and hit.j - hit.i == 1]
    pairs = {_pair(words, hit.i) for hit in places if hit.i in behind}
    given = {hit.i for hit in places if _pair(words, hit.i) in pairs}
    for hit in known.hits:
        if hit.i not in given and not _may_be_a_name(words, hit, anchors, blocked):
            blocked[hit.i : hit.j] = [True] * (hit.j - hit.i)
    runs = find_runs(words, blocked, anchors | behind)
    last_words = Counter(fold(words.text[run.j - 1]) for run in runs)
    context = Context(words, title_ends, {title.i: title for title in titles}, known, last_words)
    scores = {run: score(run, context) for run in runs}
    people = {run: "name" for run in runs if scores[run] >= 0}
    people |= dict.fromkeys(_joined(words, runs, scores), "list")
    people |= dict.fromkeys(_repeated(words, runs, set(people)), "repeat")
    people |= dict.fromkeys(_namesakes(words, known, people), "repeat")
    for run in sorted(people):
        board.claim(run.i, run.j, "person", people[run])
    return sorted(people)


def _behind(board: Board, known: Known, titles: Sequence[Title]) -> set[int]:
    """The tokens behind "Secretary-General of the Arab League" and the like at which a holder's name begins."""
    ends, starts = names_from(board, known), {title.i: title for title in titles}
    return {k for title in titles for k in behind_names(board.words, title, ends, starts)}


def _pair(words: Words, i: int) -> tuple[str, ...]:
    """Token i and the next, folded."""
    return tuple(fold(word) for word in words.text[i : i + 2])


def _blocked(board: Board, known: Known, titles: Sequence[Title]) -> list[bool]:
    """Which tokens are no part of a name: claimed, titles, forms of address, punctuation."""
    words = board.words
    named = known.tokens()
    blocked = [word.is_space or (word.is_punct and word.text != "-") for word in words.doc]
    for title in titles:
        blocked[title.i : title.j] = [True] * (title.j - title.i)
    for k in range(len(words)):
        if not board.free(k, k + 1):
            blocked[k] = True
        elif k and words.hyphenated(k) and blocked[k - 1] and is_honorific(words, k + 1):
            blocked[k] = True  # "Lieutenant-General"
        elif is_honorific(words, k):
            inside = words.lower[k] in name_parts().inside and _in_a_name(words, k, blocked, named)
            blocked[k] = blocked[k] or not inside
    return blocked


def _in_a_name(words: Words, k: int, blocked: list[bool], named: set[int]) -> bool:
    """Whether the token before k belongs to a person's name ("Hisham bin Haji …")."""
    if k == 0 or blocked[k - 1] or k - 1 in named:
        return False
    return words.capital[k - 1] or words.text[k - 1] == "-" or words.lower[k - 1] in glue("son_of")


def _may_be_a_name(words: Words, hit: Hit, anchors: set[int], blocked: list[bool]) -> bool:
    """Whether a known name may be part of a person's name, of which many are also names of places."""
    if hit.kind not in ("city", "country", "region") or hit.j - hit.i > 1:
        return False
    minor = hit.kind == "city" and not is_seat(hit.name, hit.code)
    followed = _is_free_capital(words, hit.j, blocked)
    if hit.i and words.lower[hit.i - 1] in glue("places") and not (followed and minor):
        return False
    if hit.kind == "city" and not is_well_known(hit):
        return True
    if hit.i in anchors and (followed or (hit.kind == "city" and not words.title_case[hit.i])):
        return True
    if words.title_case[hit.i]:
        return False
    if followed and fold(words.text[hit.i]) in given_names() and fold(words.text[hit.j]) not in common_words():
        return True
    before = _is_free_capital(words, hit.i - 1, blocked)
    return before and (minor or fold(words.text[hit.i - 1]) in given_names())


def _is_free_capital(words: Words, k: int, blocked: list[bool]) -> bool:
    return 0 <= k < len(words) and words.capital[k] and not blocked[k] and not words.opens[k]


def _joined(words: Words, runs: list[Run], scores: dict[Run, float]) -> set[Run]:
    """Runs of several words that a comma or "and" joins to a name."""
    found: set[Run] = set()
    for pair in pairwise(runs):
        if words.lower[pair[0].j : pair[1].i] not in (["and"], [","], [",", "and"]):
            continue
        for one, other in (pair, pair[::-1]):
            if (scores[one] >= 0 or one in found) and 0 > scores[other] >= JOINED and other.j - other.i > 1:
                found.add(other)
    return found


def _repeated(words: Words, runs: list[Run], people: set[Run]) -> list[Run]:
    """Other runs that are a short form of a name found, or the same in other letters."""
    forms = {form for run in people for form in _forms(_parts(words, run))}
    return [run for run in runs if run not in people and _parts(words, run) in forms]


def _namesakes(words: Words, known: Known, people: Iterable[Run]) -> list[Run]:
    """Surnames found again where a city of that name could stand, but no preposition of place does."""
    surnames = {_parts(words, run)[-1] for run in people if run.j - run.i > 1}
    taken = {k for run in people for k in range(run.i, run.j)}
    return [
        Run(hit.i, hit.j)
        for hit in known.hits
        if hit.kind == "city" and hit.j - hit.i == 1 and hit.i not in taken and not is_seat(hit.name, hit.code)
        if fold(words.text[hit.i]) in surnames
        if hit.i == 0
        or (words.lower[hit.i - 1] not in glue("locative") and words.lower[hit.i - 1] not in ("to", "from"))
    ]


def _parts(words: Words, run: Run) -> tuple[str, ...]:
    return tuple(fold(words.text[k]) for k in range(run.i, run.j))


def _forms(parts: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The forms in which an article may repeat a name: its ends, its first words, single words of long names."""
    forms = {parts[cut:] for cut in range(len(parts)) if parts[cut] not in ("-", "'")}
    forms.add(parts[:1])
    if len(parts) > 2:
        forms.add(parts[:2])
        forms |= {(part,) for part in parts if len(part) > 3}
    return {form for form in forms if len(form[0]) > 1}
