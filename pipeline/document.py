"""What flows along the line: an article and everything recognised in it.

All types are frozen: a stage returns new documents made with `dataclasses.replace`. Two kinds of
offsets occur. `Span` counts code points in `Article.text`, the raw text. Token numbers count tokens
of `Document.parse`, the spaCy parse of the cleaned `View`. Every `Mention` carries both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.reading.reading import Reading

MentionLabel = Literal[
    "person", "title", "organization", "country", "city", "region", "nationality", "facility",
    "event", "document", "date", "nominal",
]  # fmt: skip
EntityKind = Literal["person", "organization", "country", "city", "facility", "event"]
RelationType = Literal["holds_position", "represents", "member_of", "part_of", "located_in", "met_with"]
Status = Literal["occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated"]
Precision = Literal["day", "month", "year", "range"]
Basis = Literal["explicit", "relative", "publication", "none"]
Role = Literal["actor", "recipient"]
FurnitureKind = Literal[
    "stamp", "dateline", "byline", "credit", "share", "menu", "link", "repeat", "outlet", "caption", "foreign",
]  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in `Article.text`, the raw text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class Article:
    """One article exactly as it came, with the metadata that came with it."""

    doc_id: str
    text: str
    title: str | None = None
    published: dt.date | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    input: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Half-open range of code points in `View.text`."""

    start: int
    end: int
    headline: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """The article's own prose, normalised, with the way back to the raw text.

    `text` is what the language models read: paragraphs joined by a blank line, boilerplate left
    out. Character i of it stands for raw text from `starts[i]` to `ends[i]`, which is none where nothing
    is between two paragraphs.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    paragraphs: tuple[Paragraph, ...]

    def raw(self, start: int, end: int) -> Span:
        """The raw span of the non-empty view range start..end."""
        return Span(self.starts[start], self.ends[end - 1])


@dataclass(frozen=True, slots=True)
class Furniture:
    """A part of the raw text that is page furniture, not prose."""

    span: Span
    kind: FurnitureKind


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that the page shows about itself: a date line, stamp or dateline."""

    span: Span
    day: dt.date


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something.

    `tokens` is the half-open token range in `Document.parse`; `text` the words as the view has
    them. `code` is the ISO 3166-1 alpha-3 code of a country or nationality, or the country of a
    city; `name` the canonical name when a gazetteer knows it; `source` the rule that found it.
    """

    span: Span
    tokens: tuple[int, int]
    label: MentionLabel
    text: str
    source: str
    code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation, country, city, facility or named event of the article.

    `key` is unique in the article. `mentions` are indices into `Document.mentions`, names first
    seen first; `referring` are indices of adjectives, role nouns and pronouns that stand for it. `sector`
    is its PLOVER sector.
    """

    key: str
    kind: EntityKind
    name: str
    mentions: tuple[int, ...]
    referring: tuple[int, ...] = ()
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A phrase that stands for one or more entities, titles and appositions included.

    "Iraq's Minister of Communications, X" is one unit that stands for one person;
    "the two ministers" stands for two. `tokens` is a half-open token range, `keys` are entity keys.
    """

    tokens: tuple[int, int]
    keys: tuple[str, ...]
    nominal: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation the text states. `subject` is an entity key; `object` an entity key or an ISO3 code."""

    type: RelationType
    subject: str
    object: str
    title: str | None
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date expression on the calendar; start and end are inclusive days.

    `mention` is an index into `Document.mentions`. `relative` tells expressions that need the
    publication day ("yesterday", "on Tuesday") from those that name the day.
    """

    mention: int
    start: dt.date
    end: dt.date
    precision: Precision
    relative: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event took place; `mention` is an index into `Document.mentions`."""

    city: str | None = None
    country: str | None = None
    facility: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    mention: int | None = None


@dataclass(frozen=True, slots=True)
class EventDate:
    """When an event took place; start and end are inclusive days, None when unknown."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: Precision | None = None
    basis: Basis = "none"
    mention: int | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """What the encoder says of a trigger, and the rules of its parties, all as probabilities.

    `probability` is that of the trigger's tags; `roles` are, by participant key, those of actor, recipient and
    optional party; `dates` by mention number; `countries` by code and `cities` by entity key, what is left over being
    that the text names none; `same` by number of another event mention.
    """

    probability: float
    kinds: Mapping[str, float]
    statuses: Mapping[str, float]
    bases: Mapping[str, float]
    core: float
    contexts: Mapping[str, float]
    roles: Mapping[str, tuple[float, float, float]]
    dates: Mapping[int, float]
    countries: Mapping[str, float]
    cities: Mapping[str, float]
    same: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class EventMention:
    """One phrase that names an event, with the arguments found around it.

    `tokens` is the trigger's token range, `head` its syntactic head. Arguments are entity keys;
    `frame` is the lexicon line that found it. `definite` mentions point back to an event named
    before ("the meeting"). `cues` are facts about the phrase that bear on whether it reports an
    event at all.
    """

    tokens: tuple[int, int]
    head: int
    span: Span
    type: str
    mode: str | None
    status: Status
    frame: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    definite: bool = False
    cues: frozenset[str] = frozenset()
    date: EventDate = EventDate()
    place: Place = Place()
    guess: Guess | None = None

    @property
    def word(self) -> str:
        """The lemma of the trigger's head, as the lexicon line in `frame` has it."""
        return self.frame.split(":")[1]


@dataclass(frozen=True, slots=True)
class Event:
    """One real-world event as the article tells it."""

    key: str
    type: str
    mode: str | None
    status: Status
    date: EventDate
    place: Place
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    contexts: tuple[str, ...]
    trigger: Span
    mentions: tuple[int, ...]
    evidence: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Document:
    """An article and what each stage has added to it so far."""

    article: Article
    view: View | None = None
    furniture: tuple[Furniture, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    published: dt.date | None = None
    outlet: str | None = None
    headline: str | None = None
    cited: tuple[str, ...] = ()
    language: str | None = None
    parse: Doc | None = None
    reading: Reading | None = None
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    units: tuple[Unit, ...] = ()
    dates: tuple[CalendarDate, ...] = ()
    event_mentions: tuple[EventMention, ...] = ()
    events: tuple[Event, ...] = ()
