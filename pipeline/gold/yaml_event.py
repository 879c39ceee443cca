"""An event as it stands in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.gold.model import GoldEvent
from pipeline.gold.yaml_text import day

LISTS = ("actors", "recipients", "optional", "contexts")


def gold_event(fields: Mapping[str, Any], *, id: str, triggers: list[dict[str, Any]]) -> GoldEvent:
    """The event of a mapping, in which lists and the place may be null; raises `pydantic.ValidationError`."""
    values = {**fields, "id": id, "triggers": triggers}
    for name in fields.keys() & {*LISTS, "place"}:
        if fields[name] is None:
            values[name] = {} if name == "place" else []
    if "date" in fields:
        values["date"] = day(fields["date"])
    return GoldEvent.model_validate(values)
