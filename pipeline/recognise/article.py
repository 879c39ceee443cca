"""The passes over one article, in the order in which they claim text."""

from __future__ import annotations

import re
from collections import Counter

from spacy.tokens import Doc

from pipeline.data import fold, table
from pipeline.document import MentionLabel, Paragraph
from pipeline.recognise.dates import date_spans
from pipeline.recognise.gazetteer import Hit, common_words, given_names, is_seat, is_well_known, known_names
from pipeline.recognise.headed import Headed, find_headed
from pipeline.recognise.nominals import claim_holder, claim_nominals
from pipeline.recognise.people import Context, Run, find_runs, may_not_name, may_stand_inside, score
from pipeline.recognise.phrases import hyphenated
from pipeline.recognise.titles import Title, find_titles, is_honorific
from pipeline.recognise.words import Board, Found, Words, read_words


def find_mentions(doc: Doc, paragraphs: tuple[Paragraph, ...]) -> list[Found]:
    """All mentions of a parse whose text has these paragraphs, in the order of the text."""
    words = read_words(doc, paragraphs)
    board = Board(words)
    dates: set[int] = set()
    for i, j in date_spans(doc):
        if board.claim(i, j, "date", "date"):
            dates.update(range(i, j))
    hits = [hit for hit in known_names(words) if dates.isdisjoint(range(hit.i, hit.j))]
    starts = {hit.i: hit for hit in hits}
    ends = {hit.j: hit for hit in hits}
    titles = find_titles(words, starts, dates)
    headed = find_headed(words, starts, ends, dates | {k for t in titles for k in range(t.i, t.j) if t.capital})
    taken = {k for item in headed for k in range(item.i, item.j)}
    titles = [title for title in titles if taken.isdisjoint(range(title.i, title.j))]
    for item in headed:
        board.claim(item.i, item.j, item.label, "head", code=item.code)
    people = _people(board, hits, titles, dates)
    _claim_titles(board, titles, people, starts, ends)
    claim_nominals(board, hits, ends)
    _claim_hits(board, hits)
    _claim_entities(board, words)
    return sorted(board.found, key=lambda item: item.start)


def _people(board: Board, hits: list[Hit], titles: list[Title], dates: set[int]) -> list[Run]:
    """Find and claim the names of people."""
    words = board.words
    named = {k for hit in hits for k in range(hit.i, hit.j)}
    blocked = [word.is_space or word.is_punct and word.text != "-" for word in words.doc]
    for title in titles:
        for k in range(title.i, title.j):
            blocked[k] = True
    for k in range(len(words)):
        if board.taken[words.starts[k]]:
            blocked[k] = True
        elif k and hyphenated(words, k) and blocked[k - 1] and is_honorific(words, k + 1):
            blocked[k] = True
        elif is_honorific(words, k) and not (may_stand_inside(words, k) and _in_a_name(words, k, blocked, named)):
            blocked[k] = True
    before = {title.j - 1: title for title in titles}
    after = {title.i: title for title in titles}
    honorific = [is_honorific(words, k) for k in range(len(words))]
    anchors = {k + 1 for k in before} | {k + 1 for k in range(len(words)) if honorific[k]}
    for hit in hits:
        if not _loose(words, hit, anchors, blocked):
            for k in range(hit.i, hit.j):
                blocked[k] = True
    runs = find_runs(words, blocked, anchors)
    context = Context(
        words,
        before,
        after,
        {hit.i: hit for hit in hits},
        {hit.j: hit for hit in hits},
        Counter(fold(words.text[run.j - 1]) for run in runs),
    )
    scores = {run: score(run, context) for run in runs}
    people = [run for run in runs if scores[run] >= 0]
    people = _coordinated(words, runs, scores, people)
    people += _repeats(words, runs, people)
    for run in sorted(set(people)):
        board.claim(run.i, run.j, "person", "name")
    return sorted(set(people))


def _loose(words: Words, hit: Hit, anchors: set[int], blocked: list[bool]) -> bool:
    """Whether a known name may be part of a person's name: it shares words with people's names."""
    if hit.kind in ("organization", "nationality") or hit.j - hit.i > 1:
        return False
    before = hit.i - 1
    followed = _joins(words, hit.j, blocked)
    if before >= 0 and words.lower[before] in _PLACE and not (followed and hit.kind == "city" and not is_seat(hit)):
        return False
    if hit.kind == "city" and not is_well_known(hit):
        return True
    if hit.i in anchors and (followed or (hit.kind == "city" and not words.title_case[hit.i])):
        return True
    given = fold(words.text[hit.i]) in given_names()
    if given and followed and fold(words.text[hit.j]) not in common_words() and not words.title_case[hit.i]:
        return True
    return _joins(words, before, blocked) and not words.title_case[hit.i] and (
        fold(words.text[before]) in given_names() or (hit.kind == "city" and not is_seat(hit))
    )


_PLACE = frozenset(("in", "at", "near", "into", "outside"))


def _in_a_name(words: Words, k: int, blocked: list[bool], named: set[int]) -> bool:
    """Whether the token before k belongs to a person's name."""
    if k == 0 or blocked[k - 1] or k - 1 in named:
        return False
    return words.capital[k - 1] or words.text[k - 1] == "-" or words.lower[k - 1] in ("bin", "ibn", "bint", "binti")


def _joins(words: Words, k: int, blocked: list[bool]) -> bool:
    return 0 <= k < len(words) and words.capital[k] and not blocked[k] and not words.opens[k]


def _coordinated(words: Words, runs: list[Run], scores: dict[Run, float], people: list[Run]) -> list[Run]:
    """Add runs of two and more words that a comma or "and" joins to a person."""
    found = list(people)
    known = set(people)
    for a, b in zip(runs, runs[1:], strict=False):
        gap = [words.lower[k] for k in range(a.j, b.i)]
        if gap in (["and"], [","], [",", "and"]):
            for one, other in ((a, b), (b, a)):
                if one in known and other not in known and scores[other] >= -1.5 and other.j - other.i > 1:
                    found.append(other)
                    known.add(other)
    return found


def _repeats(words: Words, runs: list[Run], people: list[Run]) -> list[Run]:
    """Runs elsewhere that are a short or an equal form of a person found."""
    forms: set[tuple[str, ...]] = set()
    for run in people:
        parts = tuple(fold(words.text[k]) for k in range(run.i, run.j))
        forms.add(parts)
        for cut in range(1, len(parts)):
            if parts[cut] not in ("-", "'"):
                forms.add(parts[cut:])
        forms.add(parts[:1])
        if len(parts) > 2:
            forms.add(parts[:2])
            forms |= {(part,) for part in parts if len(part) > 3}
    known = set(people)
    found = []
    for run in runs:
        if run in known:
            continue
        parts = tuple(fold(words.text[k]) for k in range(run.i, run.j))
        if parts in forms and len(parts[0]) > 1:
            found.append(run)
    return found


def _claim_hits(board: Board, hits: list[Hit]) -> None:
    for hit in hits:
        label: MentionLabel = hit.kind
        board.claim_characters(Found(hit.start, hit.end, hit.i, hit.j, label, "gazetteer", hit.code, hit.name))


def _claim_titles(
    board: Board, titles: list[Title], people: list[Run], starts: dict[int, Hit], ends: dict[int, Hit]
) -> None:
    """Claim titles next to a name as titles, others as what stands for their holder."""
    names = {run.i for run in people}
    finish = {run.j for run in people}
    for title in titles:
        if _before_a_name(board.words, title, names, starts) or _apposed(board.words, title, finish):
            board.claim(title.i, title.j, "title", "title+name", name=title.head)
        elif not claim_holder(board, title, ends) and _stands_alone(board.words, title, starts):
            board.claim(title.i, title.j, "title", "title", name=title.head)


def _before_a_name(words: Words, title: Title, names: set[int], hits: dict[int, Hit]) -> bool:
    """Whether a name follows, after forms of address or "of Kenya to France"."""
    k, n = title.j, len(words)
    for _ in range(8):
        if k in names:
            return True
        if k >= n:
            return False
        if k in hits:
            k = hits[k].j
        elif is_honorific(words, k) or words.lower[k] in ("of", "the", "to", "in", "for", ",", ".", "(", "-"):
            k += 1
        else:
            return False
    return False


def _stands_alone(words: Words, title: Title, hits: dict[int, Hit]) -> bool:
    """Whether a title without holder is worth a mention: capitalised, or of a country or body."""
    if title.capital and not words.title_case[title.i]:
        return not title.weak or title.bare is False
    k = title.j
    if words.lower[k : k + 1] and words.lower[k] in ("of", "to"):
        k += 2 if words.lower[k + 1 : k + 2] == ["the"] else 1
        return k in hits
    return False


def _apposed(words: Words, title: Title, finish: set[int]) -> bool:
    """Whether the title stands after a comma behind a person's name."""
    k = title.i
    for _ in range(6):
        k -= 1
        if k < 0:
            return False
        if words.text[k] == "," and k in finish:
            return True
        if words.doc[k].is_sent_start or words.pos[k] == "VERB":
            return False
    return False


def _claim_entities(board: Board, words: Words) -> None:
    """What spaCy alone knows, where it looks like a name, and acronyms."""
    rules = table("heads")["acronyms"]
    drop = frozenset(rules["drop"])
    for entity in words.doc.ents:
        label = _ENTITIES.get(entity.label_)
        span = _trimmed(words, entity.start, entity.end) if label is not None else None
        if label is None or span is None or not board.free(*span):
            continue
        i, j = span
        if label == "organization" and j - i == 1 and i and words.lower[i - 1] in _PLACE and not words.upper[i]:
            label = "city"
        if words.text[i] not in drop and not words.title_case[i]:
            board.claim(i, j, label, "spacy")
    for k in range(len(words)):
        text = words.text[k]
        if "." in text[1:-1] and words.capital[k] and _SITE.fullmatch(text) and board.free(k, k + 1):
            board.claim(k, k + 1, "organization", "site")
        elif (
            (words.upper[k] or _CAMEL.fullmatch(text))
            and 2 <= len(text) <= 12
            and text.isalnum()
            and text not in drop
            and not text.isdigit()
            and board.free(k, k + 1)
            and not _shouted(words, k)
        ):
            event = text.startswith("COP") and text[3:].isdigit()
            board.claim(k, k + 1, "event" if event else "organization", "acronym")


_ENTITIES: dict[str, MentionLabel] = {
    "ORG": "organization", "GPE": "city", "LOC": "region", "FAC": "facility", "EVENT": "event",
}  # fmt: skip
_CAMEL = re.compile(r"[A-Z][a-z]{2,}[A-Z][A-Za-z]*")
_SITE = re.compile(r"[A-Z][\w-]+(?:\.[A-Za-z][\w-]*)+")


def _trimmed(words: Words, i: int, j: int) -> tuple[int, int] | None:
    """The entity without what is no part of a name; None when nothing of a name is left."""
    while i < j and (not words.capital[i] or words.lower[i] == "the" or is_honorific(words, i)):
        i += 1
    while j > i and (words.lower[j - 1] in ("'s", "'") or not words.capital[j - 1]):
        j -= 1
    if i >= j or any(words.lower[k] in ("and", ",") for k in range(i, j)):
        return None
    plain = [words.lower[k] in common_words() or words.lower[k] in may_not_name() for k in range(i, j)]
    return None if all(plain) else (i, j)


def _shouted(words: Words, k: int) -> bool:
    """Whether the words around are in capitals too."""
    near = [m for m in (k - 2, k - 1, k + 1, k + 2) if 0 <= m < len(words) and words.text[m].isalpha() and len(words.text[m]) > 1]
    return bool(near) and sum(words.upper[m] for m in near) * 2 > len(near)
