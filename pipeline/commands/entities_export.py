"""`dragoman entities export`: the registry as JSON Lines, in the output contract's form or as FollowTheMoney."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field
from pydantic_core import to_json

from pipeline.data import countries
from pipeline.document import EntityKind
from pipeline.errors import InputError, OutputError
from pipeline.link.registered import RegisteredEntity, SeenOffice
from pipeline.link.registry import Registry
from pipeline.record import EntityRecord, HeldPosition

FORMATS = ("entities", "ftm")

SCHEMATA: dict[EntityKind, str] = {
    "person": "Person",
    "organization": "Organization",
    "country": "Territory",
    "city": "Territory",
    "event": "Event",
}
"""FollowTheMoney's schema of each kind that it has one for. It has none for facilities."""


class ExportedEntity(EntityRecord):
    """A line of entities.jsonl; 0 documents when only a reference list has the entity."""

    documents: Annotated[int, Field(ge=0)]


def export(registry: Registry, out: Path | None, *, format: str, kind: EntityKind | None) -> int:
    """Write all entities (of a kind) to a file, or to standard output without one; how many were left out.

    FollowTheMoney leaves out facilities. A file is put in place when it is whole. Raises `InputError` for a format
    or kind that there is none of, and `OutputError` when the file cannot be written.
    """
    if format not in FORMATS:
        raise InputError(f"{format}: no format of an export; there are {', '.join(FORMATS)}")
    if format == "ftm" and kind is not None and kind not in SCHEMATA:
        raise InputError(f"{kind}: FollowTheMoney has no schema for it")
    left_out = 0

    def lines() -> Iterator[bytes]:
        nonlocal left_out
        for entity in registry.entities(kind=kind):
            if format == "entities":
                yield to_json(record_of(entity)) + b"\n"
            elif entity.kind in SCHEMATA:
                yield to_json(follow_the_money(entity)) + b"\n"
            else:
                left_out += 1

    if out is None:
        for line in lines():
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    else:
        _write(lines(), out)
    return left_out


def record_of(entity: RegisteredEntity) -> ExportedEntity:
    """The entity in the form of entities.jsonl."""
    return ExportedEntity(
        id=entity.id,
        aliases=list(entity.aliases),
        kind=entity.kind,
        name=entity.name,
        names={form.text: form.count for form in entity.forms},
        country=entity.country,
        positions=[
            HeldPosition(title=held.title, of=held.of, first_seen=held.first, last_seen=held.last)
            for held in entity.positions
        ],
        wikidata=entity.wikidata[0] if entity.wikidata else None,
        first_seen=entity.first,
        last_seen=entity.last,
        documents=entity.documents,
    )


def follow_the_money(entity: RegisteredEntity) -> dict[str, Any]:
    """The entity in the form of FollowTheMoney; raises `KeyError` for a kind that it has no schema for.

    Other ids are its referents, as in OpenSanctions' data.
    """
    properties = {
        "name": [entity.name],
        "alias": [form.text for form in entity.forms if form.text != entity.name],
        "country": [countries()[code].iso2.lower() for code, _ in entity.countries if code in countries()],
        "wikidataId": list(entity.wikidata),
        "position": [_held(held) for held in entity.positions] if entity.kind == "person" else [],
    }
    return {
        "id": entity.id,
        "caption": entity.name,
        "schema": SCHEMATA[entity.kind],
        "properties": {name: values for name, values in properties.items() if values},
        "referents": list(entity.aliases),
        "first_seen": entity.first,
        "last_seen": entity.last,
    }


def _held(office: SeenOffice) -> str:
    if office.of is None:
        return office.title
    body = countries()[office.of].name if office.of in countries() else office.of
    return office.title if body in office.title else f"{office.title} of {body}"


def _write(lines: Iterable[bytes], out: Path) -> None:
    temporary = out.with_name(f".{out.name}.tmp")
    try:
        try:
            with temporary.open("wb") as file:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(out)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from error
