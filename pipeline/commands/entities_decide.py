"""`dragoman entities merge`, `split`, `undo` and `rebuild`: what people decide, and what is left of it to say."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.commands.entities import described, wanted
from pipeline.commands.terminal import visible
from pipeline.link.registered import Stats
from pipeline.link.registry import Registry


def merge(registry: Registry, one: str, other: str, *, note: str) -> str:
    """Make two entities one for ever; says which. Raises `InputError` for unknown ids."""
    for id in (one, other):
        wanted(registry, id)
    return f"one entity now: {_said(registry, registry.merge(one, other, note=note))}"


def split(registry: Registry, id: str, forms: Sequence[str], *, country: str | None, note: str) -> str:
    """Make forms of an entity another one for ever; says which two. Raises `InputError` for an unknown id."""
    before = wanted(registry, id)
    off = registry.split(before.id, forms, country=country, note=note)
    if off == before.id:
        return f"split off, with the id, which came from one of these forms: {_said(registry, off)}"
    return f"split off: {_said(registry, off)}\nleft: {_said(registry, before.id)}"


def undo(registry: Registry, *, note: str) -> str:
    """Take back the last decision in force; says which."""
    decision = registry.undo(note=note)
    return visible(f"undone: decision {decision.number} of {decision.at:%Y-%m-%d}, {described(decision)}")


def rebuild(registry: Registry) -> str:
    """Find all entities anew; says how many there were and are."""
    before = registry.stats()
    return f"before: {_size(before)}\nnow: {_size(registry.rebuild())}"


def _said(registry: Registry, id: str) -> str:
    entity = wanted(registry, id)
    return f"{entity.id} {visible(entity.name)} ({len(entity.forms)} forms, {entity.documents} articles)"


def _size(stats: Stats) -> str:
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in stats.entities.items())
    return f"{sum(stats.entities.values()):,} entities" + (f" ({kinds})" if kinds else "")
