"""Collect: the records of a store that hold now, as one set of output files."""

from __future__ import annotations

import datetime as dt
import platform
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from pipeline.io.records import read_records
from pipeline.io.write import OutputFolder
from pipeline.link.registry import Registry
from pipeline.link.relink import relinked
from pipeline.record import DocumentRecord, EventRecord, Records, RejectRecord, RunRecord, TombstoneRecord
from pipeline.run.tally import Tally
from pipeline.store.folder import read_parts, reading
from pipeline.store.parts import Part

Key = tuple[str, str]
"""Id and digest of an article."""


def collect(
    store: Path, out: Path, *, registry: Registry, since: dt.date | None = None, until: dt.date | None = None
) -> dict[str, int]:
    """Write the records that hold now to output files in `out`; their numbers.

    `since` and `until` choose days of the store's folders, both included. What tombstones withdraw is left out, and
    every person and organisation has the id by which the registry knows it now. Raises `InputError` when there is no
    store or a part of it is damaged, `OutputError` when `out` cannot be written.
    """
    began = time.monotonic()
    with reading(store) as database:
        parts = list(read_parts(database))
    ended = _withdrawn(store, parts)
    events = {(part.number, part.day): part for part in parts if part.kind == "events"}
    with OutputFolder(out) as folder:
        tally = Tally(folder, lambda _: None)
        for part in _chosen(parts, since, until):
            if part.kind == "rejects":
                for reject in read_records(store / part.path, RejectRecord):
                    tally.add(reject)
            elif part.kind == "documents":
                beside = _by_article(store, events.get((part.number, part.day)))
                for document in read_records(store / part.path, DocumentRecord):
                    if part.number >= ended.get((document.doc_id, document.sha256), 0):
                        tally.add(_known_now(document, beside[document.doc_id, document.sha256], registry))
                        tally.counts["duplicates"] += document.duplicate_of is not None
        tally.close(registry.resolve(tally.entities.ids()))
        folder.commit(
            RunRecord(
                dragoman=version("dragoman"),
                python=platform.python_version(),
                models={},
                settings={},
                inputs=[str(store)],
                counts=tally.counts,
                timings={"run": round(time.monotonic() - began, 3)},
                finished=True,
            )
        )
    return tally.counts


def _withdrawn(store: Path, parts: Sequence[Part]) -> dict[Key, float]:
    """For articles with tombstones the number of the first part whose lines about them hold."""
    found: dict[Key, float] = {}
    for part in parts:
        if part.kind == "tombstones":
            for stone in read_records(store / part.path, TombstoneRecord):
                before = float("inf") if stone.before_part is None else stone.before_part
                key = stone.doc_id, stone.sha256
                found[key] = max(before, found.get(key, 0))
    return found


def _chosen(parts: Sequence[Part], since: dt.date | None, until: dt.date | None) -> Iterator[Part]:
    for part in parts:
        if (since is None or part.day >= since) and (until is None or part.day <= until):
            yield part


def _by_article(store: Path, part: Part | None) -> defaultdict[Key, list[EventRecord]]:
    found: defaultdict[Key, list[EventRecord]] = defaultdict(list)
    for event in read_records(store / part.path, EventRecord) if part is not None else ():
        found[event.source.doc_id, event.source.sha256].append(event)
    return found


def _known_now(document: DocumentRecord, events: Sequence[EventRecord], registry: Registry) -> Records:
    """The lines of an article with the ids that the registry gives its entities now."""
    return Records(*relinked(document, events, registry.resolve(e.entity for e in document.entities)))
