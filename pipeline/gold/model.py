"""The gold format `gold/1`: one labelled article a line of JSON, with spans in code points of its text.

docs/annotation.md says what to label. Offsets are as in the output contract: `text[start:end]` is the
span's text. Lists whose order means nothing (participants, contexts) are written sorted.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from pipeline.record import MODES, EventType, Iso3, Status

FORMAT = "gold/1"

MentionLabel = Literal["PER", "TITLE", "ORG", "GPE", "LOC", "NORP", "FAC", "NEV", "DOC", "DATE", "NOM", "PLACE"]
"""What a mention names: a person, a title, an organisation, a country or city, a region, an adjective or people
of a country, a facility, a named event, a document, a date, a role noun or pronoun. PLACE is a country, city or
region of which the labels do not say which."""

RelationType = Literal["holds_position", "represents", "member_of", "part_of", "located_in", "met_with"]

Layer = Literal[
    "PER", "TITLE", "ORG", "GPE", "LOC", "NORP", "FAC", "NEV", "DOC", "DATE", "NOM", "PLACE",
    "holds_position", "represents", "member_of", "part_of", "located_in", "met_with", "events",
]  # fmt: skip
"""What an annotator can have labelled completely."""

DATE_VALUE = r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$"
PLACE_KEY = re.compile(r"[A-Z]{3}(:.+)?")
"""Entities that need no entry: a country by its ISO3 code, a city as `KEN:Nairobi`."""

DateValue = Annotated[str, Field(pattern=DATE_VALUE)]
"""A day, month, year, or range of them, in ISO 8601: 2025-06-03, 2025-06, 2025, 2025-06-03/2025-06-05."""
Key = Annotated[str, Field(min_length=1)]


def _sorted(values: list[str]) -> list[str]:
    return sorted(set(values))


Keys = Annotated[list[Key], AfterValidator(_sorted)]


class Gold(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class GoldSpan(Gold):
    """A piece of the article: `text` is what stands from `start` to `end` of it."""

    start: Annotated[int, Field(ge=0)]
    end: int
    text: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _length(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError("end - start must be the length of text")
        return self


class GoldMention(GoldSpan):
    """A mention.

    `entities` are the keys of whom or what it names: of the holder for a TITLE, of several for a NOM such as
    "the two ministers", an ISO3 code or `KEN:Nairobi` for GPE and NORP; empty when it names nobody listed.
    `value` is the calendar value of a DATE.
    """

    label: MentionLabel
    entities: list[Key] = []
    value: DateValue | None = None

    @model_validator(mode="after")
    def _only_dates_have_values(self) -> Self:
        if self.value is not None and self.label != "DATE":
            raise ValueError(f"a {self.label} has no value")
        return self


class GoldEntity(Gold):
    """A person or organisation of the article.

    `name` is the fullest form in the text, `aliases` are further forms that no mention shows, `country` is an
    organisation's.
    """

    key: Key
    kind: Literal["person", "organization"]
    name: Annotated[str, Field(min_length=1)]
    aliases: list[str] = []
    country: Iso3 | None = None


class GoldRelation(Gold):
    """A relation between entities. `object` is an entity's key, an ISO3 code, a name that no entity has, or null."""

    type: RelationType
    subject: Key
    object: str | None
    title: str | None = None

    @model_validator(mode="after")
    def _positions_have_titles(self) -> Self:
        if (self.type == "holds_position") != (self.title is not None):
            raise ValueError("holds_position has a title, and nothing else has")
        return self


class GoldPlace(Gold):
    city: str | None = None
    country: Iso3 | None = None
    facility: str | None = None


class GoldEvent(Gold):
    """An event. Participants are entity keys or ISO3 codes; `optional` ones are neither asked for nor forbidden.

    `triggers` are the words that name it, each time it is named. What is not `core` is neither rewarded nor punished.
    """

    id: Key
    type: EventType
    mode: str | None
    status: Status
    date: DateValue | None
    date_basis: Literal["explicit", "relative", "publication", "none"]
    place: GoldPlace
    actors: Annotated[Keys, Field(min_length=1)]
    recipients: Keys
    optional: Keys
    contexts: Keys
    triggers: Annotated[list[GoldSpan], Field(min_length=1)]
    core: bool

    @model_validator(mode="after")
    def _mode_of_type(self) -> Self:
        if self.mode is not None and self.mode not in MODES.get(self.type, ()):
            raise ValueError(f"{self.type} has no mode {self.mode!r}")
        return self


class GoldArticle(Gold):
    """A line of a gold file.

    `annotates` names what was labelled completely; anything else is not scored. `cited` are entity keys, ISO3
    codes or plain names of whom the outlet cites for the story. `source` tells where the text was taken from.
    """

    format: Literal["gold/1"] = "gold/1"
    id: Key
    outlet: str | None = None
    url: str | None = None
    published: dt.date | None = None
    title: str | None = None
    source: str | None = None
    annotates: Annotated[list[Layer], AfterValidator(_sorted)]
    cited: list[str]
    text: str
    entities: list[GoldEntity]
    mentions: list[GoldMention]
    relations: list[GoldRelation]
    events: list[GoldEvent]

    @model_validator(mode="after")
    def _spans_are_of_the_text(self) -> Self:
        for span in (*self.mentions, *(trigger for event in self.events for trigger in event.triggers)):
            if self.text[span.start : span.end] != span.text:
                there = self.text[span.start : span.end]
                raise ValueError(f"{span.start}..{span.end} is {there!r} in the text, not {span.text!r}")
        return self

    def entity(self, key: str) -> GoldEntity | None:
        """The person or organisation with the key."""
        return next((entity for entity in self.entities if entity.key == key), None)
