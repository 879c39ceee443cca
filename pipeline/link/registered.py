"""What the registry gives back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pipeline.document import EntityKind

Action = Literal["merge", "split", "undo"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """An article that uses a form; `sha256` is the digest of its text, `day` its publication day."""

    doc_id: str
    sha256: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class SeenForm:
    """A surface form: how often it was seen, on which first and last day.

    `evidence` are the first articles that used it, at most `EVIDENCE_CAP`. A form that only a reference list has
    was seen 0 times.
    """

    text: str
    count: int
    first: dt.date | None
    last: dt.date | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SeenOffice:
    """A position as articles state it: how many, on which first and last day; 0 when only a reference list has it.

    `of` is an ISO3 code for an office of a state, else the organisation's name.
    """

    title: str
    of: str | None
    count: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An entity in short. `documents` counts the articles that name it, `country` is the one most of them say."""

    id: str
    kind: EntityKind
    name: str
    country: str | None
    documents: int
    first: dt.date | None
    last: dt.date | None
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class RegisteredEntity:
    """All that the registry has of an entity. Forms and positions come most frequent first.

    `countries` are ISO3 codes with the articles that say so; `wikidata` has more than one item when lists were
    imported that hold what is linked here for two; `aliases` are ids that it had, or that merged into it.
    """

    id: str
    kind: EntityKind
    name: str
    forms: tuple[SeenForm, ...]
    countries: tuple[tuple[str, int], ...]
    positions: tuple[SeenOffice, ...]
    wikidata: tuple[str, ...]
    documents: int
    aliases: tuple[str, ...]

    @property
    def country(self) -> str | None:
        """The country that most articles say."""
        return self.countries[0][0] if self.countries else None

    @property
    def first(self) -> dt.date | None:
        """The first day on which it was seen."""
        return min((f.first for f in self.forms if f.first), default=None)

    @property
    def last(self) -> dt.date | None:
        """The last day on which it was seen."""
        return max((f.last for f in self.forms if f.last), default=None)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the entities that a list has, and how many it has in all."""

    entities: tuple[EntityLine, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that a search found, by which form; `probability` is None when the form only begins with the text."""

    entity: EntityLine
    form: str
    probability: float | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of the log of human decisions.

    `entities` are ids at the time of the decision (two merged, or the one split), `forms` the forms split off.
    `number` counts from 1; of an undo, `target` is the number of the decision undone. `at` is in UTC.
    """

    number: int
    at: dt.datetime
    action: Action
    note: str
    entities: tuple[str, ...]
    forms: tuple[str, ...]
    target: int | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Stats:
    """The size of a registry. `blocks` are the blocking keys that most nodes share, with how many."""

    entities: dict[str, int]
    nodes: int
    forms: int
    articles: int
    decisions: int
    matcher: str | None
    threshold: float | None
    blocks: tuple[tuple[str, int], ...]
