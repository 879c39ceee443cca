"""Linker: the articles of a run told to the registry, and their records with the ids it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pipeline.build import Result
from pipeline.link.registry import Registry
from pipeline.link.relink import ids_within, relinked, sightings_of
from pipeline.names.organisations import parse_organisation
from pipeline.names.parse import parse_name
from pipeline.record import NamedEntity
from pipeline.stage import Rejection

ARTICLES = 64
"""How many articles are linked in one transaction."""


def linked(items: Iterable[Result | Rejection], registry: Registry) -> Iterator[Result | Rejection]:
    """The items in order, with the registry's ids for people and organisations.

    What is linked is committed before it is yielded. Raises `RegistryError`.
    """
    stream = iter(items)
    while some := list(islice(stream, ARTICLES)):
        yield from _linked(some, registry)


def _linked(items: Sequence[Result | Rejection], registry: Registry) -> Iterator[Result | Rejection]:
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


def _tells(entity: NamedEntity) -> bool:
    """Whether a name means the same entity in any article: not "Aliyev" or "the Foreign Ministry" of no state."""
    if entity.kind == "person":
        return entity.country is not None or parse_name(entity.name).is_written_out
    return parse_organisation(entity.name, country=entity.country).is_complete
