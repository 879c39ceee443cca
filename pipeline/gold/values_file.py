"""The YAML file of value labels: names, dates and codes by value with short quotes, no offsets."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.gold.model import DateValue
from pipeline.gold.yaml_text import bare, day, flow, iso_day
from pipeline.record import Iso3


def _listed(value: Any) -> Any:
    return [] if value is None else value


Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[Text], BeforeValidator(_listed)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Position(Part):
    title: Text
    of: str | None = None


class Person(Part):
    key: Text
    name: Text
    surfaces: Texts
    positions: Annotated[list[Position], BeforeValidator(_listed)] = Field(default_factory=list)


class Organisation(Part):
    key: Text
    name: Text
    surfaces: Texts
    country: Iso3 | None = None


class DateText(Part):
    text: Text
    value: Annotated[DateValue, BeforeValidator(day)]


class ValueLabels(Part):
    """The labels of one article; what stands in an event beside its trigger is checked as a GoldEvent."""

    id: Text
    outlet: str | None
    url: str | None
    published: Annotated[dt.date | None, BeforeValidator(iso_day)]
    title: str | None
    sources: Texts
    people: Annotated[list[Person], BeforeValidator(_listed)]
    orgs: Annotated[list[Organisation], BeforeValidator(_listed)]
    places: Texts
    facilities: Texts
    named_events: Texts
    dates: Annotated[list[DateText], BeforeValidator(_listed)]
    events: Annotated[list[dict[str, Any]], BeforeValidator(_listed)]


def as_yaml(labels: ValueLabels) -> str:
    """The file's text, an item a line."""
    lines = [
        *_fields(id=labels.id, outlet=labels.outlet, url=labels.url, published=labels.published, title=labels.title),
        *_fields(sources=labels.sources),
        *_items("people", labels.people),
        *_items("orgs", labels.orgs),
        *_fields(places=labels.places, facilities=labels.facilities, named_events=labels.named_events),
    ]
    dates = [{"text": date.text, "value": bare(date.value)} for date in labels.dates]
    events = [{**event, "date": bare(event.get("date"))} for event in labels.events]
    return "".join(f"{line}\n" for line in [*lines, *_items("dates", dates), *_items("events", events)])


def _fields(**values: Any) -> list[str]:
    return [flow({name: value})[1:-1] for name, value in values.items()]


def _items(name: str, items: list[Any]) -> list[str]:
    if not items:
        return [f"{name}: []"]
    plain = [item.model_dump() if isinstance(item, BaseModel) else item for item in items]
    return [f"{name}:", *(f"  - {flow(item)}" for item in plain)]
