"""`dragoman collect`: the records of a store that hold now, as output files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.link.registry import open_registry
from pipeline.link.sqlite import MEMORY
from pipeline.match import build_matcher
from pipeline.schedule.collect import collect as collected
from pipeline.schedule.one_pass import REGISTRY


def collect(
    store: Path, out: Path, *, registry: str | None = None, since: dt.date | None = None, until: dt.date | None = None
) -> dict[str, int]:
    """Write the records that hold now to `out`; their numbers. Raises what `pipeline.schedule.collect` raises.

    Without a `registry`, and when the store has none of its own, ids stay as they were written.
    """
    own = store / REGISTRY
    place = registry or (str(own) if own.exists() else MEMORY)
    with open_registry(place, matcher=build_matcher()) as known:
        return collected(store, out, registry=known, since=since, until=until)
