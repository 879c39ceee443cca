"""The head of an article: everything about it that is no span, in a form that people can edit as YAML.

Tools for marking text show spans and arrows. Metadata, the table of people and organisations with their positions,
and participants that no mention names travel beside them as a `Head`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Literal

import yaml
from pydantic import Field, ValidationError

from pipeline.errors import CannotWrite
from pipeline.gold.model import Gold, GoldArticle, GoldEntity, GoldRelation, Key, Layer
from pipeline.gold.problems import reasons
from pipeline.gold.yaml_text import BadYaml, load
from pipeline.record import Iso3

TABLE = frozenset({"people", "orgs", "order", "relations", "cited", "participants"})
"""The fields of a head that an annotator can change; the others are the article's metadata."""


class Held(Gold):
    """A position; `of` is an ISO3 code, an entity's key or a name."""

    title: str
    of: str | None


class Entry(Gold):
    """A person or organisation."""

    name: str
    aliases: list[str] = Field(default_factory=list)
    country: Iso3 | None = None
    positions: list[Held] = Field(default_factory=list)


class Participants(Gold):
    """The participants of an event that no mention names."""

    actors: list[Key] = Field(default_factory=list)
    recipients: list[Key] = Field(default_factory=list)
    optional: list[Key] = Field(default_factory=list)


class Head(Gold):
    """What is known of an article beside its text and spans.

    `order` lists the keys of all entities where they do not come people first. `relations` holds those that are not
    among the positions. `participants` are by event id.
    """

    id: Key | None = None
    outlet: str | None = None
    url: str | None = None
    published: dt.date | None = None
    title: str | None = None
    source: str | None = None
    annotates: list[Layer] | None = None
    cited: list[str] = Field(default_factory=list)
    people: dict[Key, Entry] = Field(default_factory=dict)
    orgs: dict[Key, Entry] = Field(default_factory=dict)
    order: list[Key] = Field(default_factory=list)
    relations: list[GoldRelation] = Field(default_factory=list)
    participants: dict[Key, Participants] = Field(default_factory=dict)

    def entities(self) -> list[GoldEntity]:
        """The table of people and organisations."""
        found = {key: _entity(key, "person", entry) for key, entry in self.people.items()}
        found |= {key: _entity(key, "organization", entry) for key, entry in self.orgs.items()}
        known = [key for key in self.order if key in found]
        return [found[key] for key in dict.fromkeys((*known, *found))]

    def all_relations(self) -> list[GoldRelation]:
        """The positions and the further relations."""
        positions = [
            GoldRelation(type="holds_position", subject=key, object=held.of, title=held.title)
            for key, entry in (*self.people.items(), *self.orgs.items())
            for held in entry.positions
        ]
        return positions + self.relations


def _entity(key: str, kind: Literal["person", "organization"], entry: Entry) -> GoldEntity:
    return GoldEntity(key=key, kind=kind, name=entry.name, aliases=entry.aliases, country=entry.country)


def head_of(article: GoldArticle, participants: dict[str, Participants]) -> Head:
    """The head of an article, with the given participants. Raises `CannotWrite` when a key stands for two entities."""
    keys = [entity.key for entity in article.entities]
    twice = [key for key, times in Counter(keys).items() if times > 1]
    if twice:
        raise CannotWrite(article.id, f"two entities have the key {twice[0]!r}")
    grouped = [e.key for kind in ("person", "organization") for e in article.entities if e.kind == kind]
    held = {key: [r for r in article.relations if r.type == "holds_position" and r.subject == key] for key in grouped}
    positions = [relation for relations in held.values() for relation in relations]
    rest = [relation for relation in article.relations if relation not in positions]
    if positions + rest != article.relations:
        held, rest = {}, article.relations

    def entries(kind: str) -> dict[str, Entry]:
        return {
            e.key: Entry(
                name=e.name,
                aliases=e.aliases,
                country=e.country,
                positions=[Held(title=r.title or "", of=r.object) for r in held.get(e.key, ())],
            )
            for e in article.entities
            if e.kind == kind
        }

    return Head(
        id=article.id,
        outlet=article.outlet,
        url=article.url,
        published=article.published,
        title=article.title,
        source=article.source,
        annotates=article.annotates,
        cited=article.cited,
        people=entries("person"),
        orgs=entries("organization"),
        order=[] if grouped == keys else keys,
        relations=rest,
        participants=participants,
    )


def to_yaml(head: Head, *, only: Iterable[str] | None = None) -> str:
    """The head as YAML, or only the fields named."""
    values = head.model_dump(mode="json", exclude_defaults=True, include=None if only is None else set(only))
    if not values:
        return ""
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1 << 20)


def from_yaml(text: str, head: Head | None = None) -> Head:
    """The head that YAML tells; what `head` says of the metadata holds where the YAML is only a table.

    Raises `ValueError` with a sentence for people.
    """
    try:
        values = load(text) if text.strip() else {}
    except BadYaml as error:
        where = "" if error.line is None else f"line {error.line} "
        raise ValueError(f"{where}{error}") from error
    if head is not None:
        unknown = [str(key) for key in values if key not in TABLE]
        if unknown:
            raise ValueError(f"unknown entry {unknown[0]!r}; there are {', '.join(sorted(TABLE))}")
        values = head.model_dump(exclude=set(TABLE)) | values
    try:
        return Head.model_validate(values)
    except ValidationError as error:
        raise ValueError("; ".join(reasons(error))) from error
