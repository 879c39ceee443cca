"""Linker: the articles of a run told to the registry, and their records with the ids it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from pipeline.link.registry import Registry
from pipeline.link.relink import ids_within, relinked, sightings_of
from pipeline.names.organisations import parse_organisation
from pipeline.names.parse import parse_name
from pipeline.record import DocumentRecord, NamedEntity, Records
from pipeline.stage import Rejection

ARTICLES = 64
"""How many articles are linked in one transaction."""

R = TypeVar("R", bound=Records)


def linked(items: Iterable[R | Rejection], registry: Registry) -> Iterator[R | Rejection]:
    """The items in order, with the registry's ids for people and organisations.

    What is linked is committed before it is yielded. Raises `RegistryError`.
    """
    stream = iter(items)
    while some := list(islice(stream, ARTICLES)):
        yield from linked_together(some, registry)


def linked_together(items: Sequence[R | Rejection], registry: Registry) -> Iterator[R | Rejection]:
    """As `linked`, all in one transaction."""
    told = [sightings_of(item.record, tells=_tells) for item in items if not isinstance(item, Rejection)]
    given = iter(zip(registry.link([article for article, _ in told]), (old for _, old in told), strict=True))
    for item in items:
        if isinstance(item, Rejection):
            yield item
        else:
            new, old = next(given)
            ids = {**ids_within(item.record, old), **dict(zip(old, new, strict=True))}
            record, events = relinked(item.record, item.events, ids)
            yield replace(item, record=record, events=events)


def remember(records: Iterable[DocumentRecord], registry: Registry) -> None:
    """Tell the registry of articles whose records have its ids already, as when it was lost. Raises `RegistryError`."""
    stream = iter(records)
    while some := list(islice(stream, ARTICLES)):
        registry.link([sightings_of(record, tells=_tells)[0] for record in some])


def _tells(entity: NamedEntity) -> bool:
    """Whether a name means the same entity in any article: not "Aliyev" or "the Foreign Ministry" of no state."""
    if entity.kind == "person":
        return entity.country is not None or parse_name(entity.name).is_written_out
    return parse_organisation(entity.name, country=entity.country).is_complete
