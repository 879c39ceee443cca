"""The output contract: one pydantic model a line type, in key order, and their JSON Schemas.

Schema version 1. Unknown values are null, empty lists are [], keys are never left out; only `text` of
documents.jsonl is there when it is asked for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

SCHEMA_VERSION = 1

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip

MODES: dict[str, frozenset[str]] = {
    "CONSULT": frozenset("visit meeting consultations multilateral phone negotiation mediation".split()),
    "SUPPORT": frozenset("sign congratulate condole praise relations".split()),
    "RETREAT": frozenset("withdraw release disarm ceasefire access resign".split()),
    "REQUEST": frozenset("assist change yield meet".split()),
    "REJECT": frozenset("assist change yield meet".split()),
    "ACCUSE": frozenset("disapprove investigate allege".split()),
    "THREATEN": frozenset("restrict arrest relations expel territory violence".split()),
    "PROTEST": frozenset("demo riot strike hunger boycott obstruct".split()),
    "SANCTION": frozenset("convict expel withdraw discontinue".split()),
    "MOBILIZE": frozenset("troops weapons police militia".split()),
    "COERCE": frozenset(
        "seize restrict ban censor curfew martial-law arrest deport withhold misinformation cyber".split()
    ),
    "ASSAULT": frozenset(
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack "
        "aerial drone heavy-weapons crowd-control unconventional".split()
    ),
}
"""The modes a type can have; types that are not listed have none. PLOVER's modes, and our own for
CONSULT (meeting, consultations, negotiation, mediation) and SUPPORT (all)."""

Status = Literal["occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated"]
Kind = Literal["person", "organization", "country"]
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
EntityId = Annotated[str, Field(pattern=r"^ent_[0-9a-f]{16}$")]
EventId = Annotated[str, Field(pattern=r"^evt_[0-9a-f]{16}$")]
ClusterId = Annotated[str, Field(pattern=r"^evc_[0-9a-f]{16}$")]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class SpanRecord(Record):
    """A piece of the article: `text[start:end] == span.text`, in code points of the raw text."""

    text: str
    start: Annotated[int, Field(ge=0)]
    end: int

    @model_validator(mode="after")
    def _length(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError("end - start must be the length of text")
        return self


class Position(Record):
    """An office; `of` is an ISO3 code for an office of a state, else an organisation's name."""

    title: str
    of: str | None


class Participant(Record):
    entity: EntityId
    kind: Kind
    name: str
    country: Iso3 | None
    sector: str | None
    positions: list[Position]
    mentions: list[SpanRecord]


class DateRecord(Record):
    """Inclusive days; both null when unknown."""

    start: dt.date | None
    end: dt.date | None
    precision: Literal["day", "month", "year", "range"] | None
    basis: Literal["explicit", "relative", "publication", "none"]
    mention: SpanRecord | None


class PlaceRecord(Record):
    city: str | None
    country: Iso3 | None
    facility: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    mention: SpanRecord | None


class Source(Record):
    doc_id: str
    outlet: str | None
    url: str | None
    title: str | None
    published: dt.date | None
    language: str | None
    cited: list[str]
    sha256: Sha256


class Extractor(Record):
    version: str
    model: str


class EventRecord(Record):
    """A line of events.jsonl."""

    schema_version: Literal[1] = 1
    id: EventId
    type: EventType
    mode: str | None
    status: Status
    date: DateRecord
    place: PlaceRecord
    actors: Annotated[list[Participant], Field(min_length=1)]
    recipients: list[Participant]
    contexts: list[str]
    trigger: SpanRecord
    evidence: list[SpanRecord]
    source: Source
    confidence: Annotated[float, Field(ge=0, le=1)]
    cluster: ClusterId
    extractor: Extractor

    @model_validator(mode="after")
    def _mode_of_type(self) -> Self:
        if self.mode is not None and self.mode not in MODES.get(self.type, ()):
            raise ValueError(f"{self.type} has no mode {self.mode!r}")
        return self


class NamedEntity(Record):
    """An entity as documents.jsonl lists it."""

    entity: EntityId
    kind: Literal["person", "organization", "country", "city", "facility", "event"]
    name: str
    country: Iso3 | None
    mentions: list[SpanRecord]


class DateMention(Record):
    mention: SpanRecord
    start: dt.date
    end: dt.date
    precision: Literal["day", "month", "year", "range"]


class RelationRecord(Record):
    """A relation between two entity ids; `object_name` is an organisation's fullest name in the article."""

    type: Literal["holds_position", "represents", "member_of", "part_of", "located_in", "met_with"]
    subject: EntityId
    object: EntityId
    object_name: str | None = None
    title: str | None
    mention: SpanRecord
    confidence: Annotated[float, Field(ge=0, le=1)]


class DocumentRecord(Record):
    """A line of documents.jsonl; it has the key `text`, which all spans of the article count in, when that is kept."""

    schema_version: Literal[1] = 1
    doc_id: str
    outlet: str | None
    url: str | None
    title: str | None
    published: dt.date | None
    language: str | None
    cited: list[str]
    sha256: Sha256
    duplicate_of: str | None
    entities: list[NamedEntity]
    dates: list[DateMention]
    relations: list[RelationRecord]
    events: list[EventId]
    text: Annotated[
        str | SkipJsonSchema[None],
        Field(exclude_if=lambda text: text is None, json_schema_extra=lambda schema: schema.pop("default")),
    ] = None


class HeldPosition(Record):
    title: str
    of: str | None
    first_seen: dt.date | None
    last_seen: dt.date | None


class EntityRecord(Record):
    """A line of entities.jsonl: one entity over all articles of the run.

    `aliases` are further ids that records of the run have for it, given before it was known to be this one.
    """

    schema_version: Literal[1] = 1
    id: EntityId
    aliases: list[EntityId] = []
    kind: Literal["person", "organization", "country", "city", "facility", "event"]
    name: str
    names: dict[str, int]
    country: Iso3 | None
    positions: list[HeldPosition]
    wikidata: str | None
    first_seen: dt.date | None
    last_seen: dt.date | None
    documents: Annotated[int, Field(ge=1)]


class TombstoneRecord(Record):
    """A line of tombstones.jsonl: the events of one version of an article hold no longer.

    They are those whose source has this `doc_id` and `sha256`, in a store those of them in parts with a number below
    `before_part`, or in all parts when it is null. `replaced_by` is the digest of the version that holds now, whose
    article is `replaced_by_doc_id`.
    """

    schema_version: Literal[1] = 1
    doc_id: str
    sha256: Sha256
    events: list[EventId]
    reason: Literal["newer_version", "reprocessed"]
    replaced_by_doc_id: str
    replaced_by: Sha256
    before_part: int | None


class RejectRecord(Record):
    """A line of rejects.jsonl. `input` is the file, `line` the 1-based line in it."""

    doc_id: str | None
    input: str
    line: int | None
    stage: str
    error: str
    message: str


class RunRecord(Record):
    """The content of run.json. Timings are seconds."""

    schema_version: Literal[1] = 1
    dragoman: str
    python: str
    models: dict[str, str]
    settings: dict[str, Any]
    inputs: list[str]
    counts: dict[str, int]
    timings: dict[str, float]
    finished: bool


@dataclass(frozen=True, slots=True)
class Records:
    """The lines that one article gave: of documents.jsonl and of events.jsonl."""

    record: DocumentRecord
    events: tuple[EventRecord, ...]


FILES: dict[str, type[Record]] = {
    "events.jsonl": EventRecord,
    "documents.jsonl": DocumentRecord,
    "entities.jsonl": EntityRecord,
    "tombstones.jsonl": TombstoneRecord,
    "rejects.jsonl": RejectRecord,
    "run.json": RunRecord,
}
"""The model of the lines of each output file (run.json is one object)."""


def json_schema(model: type[BaseModel], *, mode: Literal["serialization", "validation"]) -> dict[str, Any]:
    """JSON Schema (2020-12) of what a model writes (serialization) or reads (validation)."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(mode=mode)}
