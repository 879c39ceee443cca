"""Examples: labelled articles as the encoder learns from them, by the words of their cleaned text.

The parse is spaCy's: the encoder learns it too, so that what reads a parse needs no parser. Whatever the cleaning takes
away is no part of an example, and neither are labels there.
"""

from __future__ import annotations

import gzip
import pickle
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import tee
from pathlib import Path

from spacy.tokens import Doc

from pipeline.build import build_segmenter
from pipeline.document import Article, Document, View
from pipeline.encode.inputs import seen_in
from pipeline.errors import InputError
from pipeline.gold.model import GoldArticle, GoldEvent
from pipeline.stage import Rejection, run_stages

BATCH = 64
"""Articles that are parsed together."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention: half-open word range, label of gold/1, keys of what it names."""

    start: int
    end: int
    label: str
    keys: tuple[str, ...]
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A trigger: half-open word range and the number of its event."""

    start: int
    end: int
    event: int


@dataclass(frozen=True, slots=True)
class Happening:
    """An event by value; `city` and `country` are keys as mentions have them (`KEN:Nairobi`, `KEN`)."""

    kind: str
    status: str
    basis: str
    date: str | None
    country: str | None
    city: str | None
    facility: str | None
    roles: Mapping[str, str]
    contexts: tuple[str, ...]
    core: bool


@dataclass(frozen=True, slots=True)
class Example:
    """An article by words.

    `breaks` are the first words of sentences, and of paragraphs as -1 - word. `tags`, `classes`, `arcs` and `heads`
    are the parse; heads are words of the same example. `annotates` are the layers that are labelled completely.
    `givers` are, for each person, the keys of who gives his or her offices.
    """

    id: str
    words: tuple[str, ...]
    shapes: bytes
    lines: bytes
    known: bytes
    breaks: tuple[int, ...]
    tags: tuple[str, ...]
    classes: tuple[str, ...]
    arcs: tuple[str, ...]
    heads: tuple[int, ...]
    annotates: frozenset[str]
    mentions: tuple[Marked, ...] = ()
    triggers: tuple[Told, ...] = ()
    events: tuple[Happening, ...] = ()
    givers: Mapping[str, tuple[tuple[str, str], ...]] | None = None


def make_examples(articles: Iterable[GoldArticle]) -> Iterator[Example]:
    """The examples of articles; those that the cleaning rejects are left out."""
    golds, plain = tee(articles)
    read = run_stages(
        build_segmenter(),
        (Article(gold.id, gold.text, published=gold.published) for gold in plain),
        batch_size=BATCH,
        finish=lambda document: document,
    )
    for gold, document in zip(golds, read, strict=True):
        if not isinstance(document, Rejection):
            yield make_example(gold, document)


def make_example(gold: GoldArticle, document: Document) -> Example:
    """The example of an article that has been cleaned and parsed."""
    view, parse = document.view, document.parse
    if view is None or parse is None:
        raise ValueError("an example needs a view and a parse")
    seen = seen_in(parse, view.paragraphs)
    places = _Places(view, parse)
    mentions = tuple(
        Marked(*place, mention.label, tuple(mention.entities), mention.value)
        for mention in gold.mentions
        if (place := places.words(mention.start, mention.end))
    )
    triggers = tuple(
        Told(*place, n)
        for n, event in enumerate(gold.events)
        for trigger in event.triggers
        if (place := places.words(trigger.start, trigger.end))
    )
    return Example(
        id=gold.id,
        words=tuple(seen.words),
        shapes=bytes(seen.shapes),
        lines=bytes(seen.lines),
        known=bytes(seen.known),
        breaks=_breaks(parse),
        tags=tuple(token.tag_ for token in parse),
        classes=tuple(token.pos_ for token in parse),
        arcs=tuple(token.dep_ for token in parse),
        heads=tuple(token.head.i for token in parse),
        annotates=frozenset(gold.annotates),
        mentions=tuple(sorted(mentions, key=lambda m: m.start)),
        triggers=tuple(sorted(triggers, key=lambda t: t.start)),
        events=tuple(map(_happening, gold.events)),
        givers=_givers(gold),
    )


class _Places:
    """Where spans of the raw text are among the words of the parse."""

    def __init__(self, view: View, parse: Doc) -> None:
        self._view = view
        self._starts = [token.idx for token in parse]
        self._ends = [token.idx + len(token) for token in parse]

    def words(self, start: int, end: int) -> tuple[int, int] | None:
        """The words that a raw span touches; None when some of it was cleaned away."""
        first = bisect_left(self._view.starts, start)
        last = bisect_left(self._view.ends, end)
        if last >= len(self._view.ends) or self._view.starts[first] != start or self._view.ends[last] != end:
            return None
        i = bisect_left(self._ends, first + 1)
        j = bisect_left(self._starts, last + 1)
        return (i, j) if i < j else None


def _breaks(parse: Doc) -> tuple[int, ...]:
    found = []
    for token in parse:
        if token.i and parse[token.i - 1].is_space and "\n" in parse[token.i - 1].text:
            found.append(-1 - token.i)
        elif token.is_sent_start and token.i:
            found.append(token.i)
    return tuple(found)


def _happening(event: GoldEvent) -> Happening:
    roles = dict.fromkeys(event.optional, "optional")
    roles.update(dict.fromkeys(event.recipients, "recipient"))
    roles.update(dict.fromkeys(event.actors, "actor"))
    country, city = event.place.country, event.place.city
    return Happening(
        kind=event.type if event.mode is None else f"{event.type}/{event.mode}",
        status=event.status,
        basis=event.date_basis,
        date=event.date,
        country=country,
        city=f"{country}:{city}" if city and country else None,
        facility=event.place.facility,
        roles=roles,
        contexts=tuple(event.contexts),
        core=event.core,
    )


def _givers(gold: GoldArticle) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each person the title and giver of each office whose giver is known."""
    found: dict[str, list[tuple[str, str]]] = {}
    for relation in gold.relations:
        if relation.type == "holds_position" and relation.object is not None and relation.title is not None:
            found.setdefault(relation.subject, []).append((relation.title, relation.object))
    return {person: tuple(offices) for person, offices in found.items()}


def write_examples(examples: Iterable[Example], path: Path) -> int:
    """Keep examples in a file for `read_examples`; returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with gzip.open(path, "wb", compresslevel=1) as out:
        for example in examples:
            pickle.dump(example, out)
            count += 1
    return count


def read_examples(path: Path) -> list[Example]:
    """The examples of a file that `write_examples` made on this machine: pickles, not for files from elsewhere.

    Raises `InputError` for a file that is cut short, or has examples with other fields than they have now.
    """
    found: list[Example] = []
    try:
        with gzip.open(path, "rb") as source:
            while source.peek(1):
                found.append(pickle.load(source))
    except (EOFError, pickle.UnpicklingError) as error:
        raise InputError(f"{path}: cut short: {error}") from error
    if not all(_is_whole(example) for example in found):
        raise InputError(f"{path}: examples of another version; prepare them anew")
    return found


def _is_whole(example: Example) -> bool:
    """Whether what is said of each word is said of all words; fields are unpickled by their place, not their name."""
    by_word = ("shapes", "lines", "known", "tags", "classes", "arcs", "heads")
    return all(len(getattr(example, name, ())) == len(example.words) for name in by_word)
