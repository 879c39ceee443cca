"""The head of marked-up text: everything of an article but its text and its spans, for people to read and write."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from pipeline.gold.model import GoldArticle, GoldEntity, GoldRelation, Key, Layer
from pipeline.gold.yaml_text import bare, flow, iso_day
from pipeline.record import Iso3

ANNOTATES: list[Layer] = [
    "DATE", "DOC", "FAC", "GPE", "LOC", "NEV", "NOM", "NORP", "ORG", "PER", "TITLE", "events", "holds_position",
]  # fmt: skip
"""What is labelled completely in an article whose head does not say it."""


def _listed(value: Any) -> Any:
    return [] if value is None else value


def _mapping(value: Any) -> Any:
    return {} if value is None else value


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Position(Part):
    title: str
    of: str | None


class Person(Part):
    name: Key
    positions: Annotated[list[Position], BeforeValidator(_listed)] = []
    aliases: list[str] = []
    country: Iso3 | None = None


class Organisation(Part):
    name: Key
    country: Iso3 | None = None
    aliases: list[str] = []


class Head(Part):
    """The head of a file; what stands under an event is checked as a GoldEvent."""

    id: Key
    outlet: str | None
    url: str | None = None
    published: Annotated[dt.date | None, BeforeValidator(iso_day)]
    title: str | None
    source: str | None = None
    annotates: list[Layer] = ANNOTATES
    cited: Annotated[list[str], BeforeValidator(_listed)]
    people: Annotated[dict[Key, Person], BeforeValidator(_mapping)]
    orgs: Annotated[dict[Key, Organisation], BeforeValidator(_mapping)]
    events: Annotated[dict[Key, dict[str, Any]], BeforeValidator(_mapping)]
    relations: list[GoldRelation] = []

    def entities(self) -> list[GoldEntity]:
        """People first."""
        people = [
            GoldEntity(key=key, kind="person", name=person.name, aliases=person.aliases, country=person.country)
            for key, person in self.people.items()
        ]
        return people + [
            GoldEntity(key=key, kind="organization", name=org.name, aliases=org.aliases, country=org.country)
            for key, org in self.orgs.items()
        ]

    def all_relations(self) -> list[GoldRelation]:
        """The positions of people first."""
        held = [
            GoldRelation(type="holds_position", subject=key, object=position.of, title=position.title)
            for key, person in self.people.items()
            for position in person.positions
        ]
        return held + self.relations


def positions(article: GoldArticle, key: str) -> list[GoldRelation]:
    """The positions that a person holds, which stand under the person."""
    return [r for r in article.relations if r.type == "holds_position" and r.subject == key]


def other_relations(article: GoldArticle) -> list[GoldRelation]:
    """All relations but the positions of people."""
    people = {entity.key for entity in article.entities if entity.kind == "person"}
    return [r for r in article.relations if r.type != "holds_position" or r.subject not in people]


def head_text(article: GoldArticle) -> str:
    """The lines of the head, without the lines --- around it."""
    lines = [
        _item("id", article.id),
        _item("outlet", article.outlet),
        _item("published", article.published),
        _item("title", article.title),
    ]
    lines += [
        _item(key, value) for key, value in (("url", article.url), ("source", article.source)) if value is not None
    ]
    if article.annotates != ANNOTATES:
        lines.append(_item("annotates", article.annotates))
    lines.append(_item("cited", article.cited))
    people, orgs, events = {}, {}, {}
    for entity in article.entities:
        more: dict[str, Any] = {"aliases": entity.aliases} if entity.aliases else {}
        if entity.kind == "organization":
            orgs[entity.key] = {"name": entity.name, "country": entity.country} | more
            continue
        held = [{"title": relation.title, "of": relation.object} for relation in positions(article, entity.key)]
        more |= {"country": entity.country} if entity.country else {}
        people[entity.key] = {"name": entity.name, "positions": held} | more
    for event in article.events:
        fields = event.model_dump(exclude={"id", "triggers"})
        events[event.id] = fields | {"date": bare(event.date)}
    for name, items in (("people", people), ("orgs", orgs), ("events", events)):
        lines.append(f"{name}:" if items else f"{name}: {{}}")
        lines += [f"  {_item(key, item)}" for key, item in items.items()]
    if others := other_relations(article):
        lines += ["relations:", *(f"  - {flow(relation.model_dump())}" for relation in others)]
    return "".join(f"{line}\n" for line in lines)


def _item(key: str, value: Any) -> str:
    return flow({key: value})[1:-1]
