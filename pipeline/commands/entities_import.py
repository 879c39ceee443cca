"""`dragoman entities import`: office-holders of a dump into the registry."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from pipeline.commands.entities_registry import load_matcher, open_named
from pipeline.errors import InputError
from pipeline.io.dump_lines import Watch
from pipeline.io.office import OfficeHolder
from pipeline.io.office_holders import read_office_holders
from pipeline.io.sources import printable
from pipeline.link.matcher import Matcher
from pipeline.link.sighting import ImportedEntity, Office, one_line
from pipeline.record import RejectRecord

BATCH = 2000
"""How many people are kept in one transaction."""


@dataclass(slots=True)
class Counts:
    """What became of a dump. `people` are office-holders read, `taken` of them went into `entities` entities.

    `passed` are people whom the options leave out, `untitled` offices that the dump names by an id only.
    """

    people: int = 0
    taken: int = 0
    passed: int = 0
    untitled: int = 0
    rejects: int = 0
    entities: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        parts = [f"{self.taken:,} of {self.people:,} people taken, {len(self.entities):,} entities"]
        if self.passed:
            parts.append(f"{self.passed:,} left out by --country or --since")
        if self.untitled:
            parts.append(f"{self.untitled:,} offices left out that the dump has no title of")
        if self.rejects:
            parts.append(f"{self.rejects:,} lines rejected")
        return "; ".join(parts)


def import_dump(
    place: str | None,
    path: Path,
    *,
    format: str,
    config: Path | None = None,
    countries: Collection[str] = (),
    since: dt.date | None = None,
    weak: bool = False,
    rejected: Callable[[RejectRecord], None],
    watch: Watch = lambda done: None,
) -> Counts:
    """Add the office-holders of a dump to the registry at a place; `rejected` is given each line that cannot be taken.

    `countries` (ISO3) takes those only who act for one of them, `since` those in office on that day or later. Every
    `BATCH` people are kept together, and a dump may be imported again: what is there stays. Raises `InputError` when
    there is no such file or format, or no office-holder in it, and `RegistryError` when they cannot be kept.
    """
    items = read_office_holders(path, format=format, weak=weak, watch=watch)
    matcher = load_matcher(config)
    counts = Counts()
    entities = _entities(items, matcher, counts, countries=countries, since=since, rejected=rejected)
    with open_named(place, matcher=matcher, create=True) as registry:
        while batch := list(islice(entities, BATCH)):
            counts.entities.update(registry.add_imported(batch))
    if not counts.people and not counts.rejects:
        raise InputError(f"{printable(path)}: no office-holder in it; is it in the format {format}?")
    return counts


def _entities(
    items: Iterable[OfficeHolder | RejectRecord],
    matcher: Matcher,
    counts: Counts,
    *,
    countries: Collection[str],
    since: dt.date | None,
    rejected: Callable[[RejectRecord], None],
) -> Iterator[ImportedEntity]:
    """What the registry is given of a dump; everything is counted."""
    for item in items:
        if isinstance(item, RejectRecord):
            counts.rejects += 1
            rejected(item)
            continue
        counts.people += 1
        holder = chosen(item, countries, since)
        if holder is None:
            counts.passed += 1
            continue
        entity = entity_of(holder, matcher)
        if entity is None:
            counts.rejects += 1
            rejected(_nameless(holder))
            continue
        counts.taken += 1
        counts.untitled += sum(office.title is None for office in holder.offices)
        yield entity


def chosen(holder: OfficeHolder, countries: Collection[str], since: dt.date | None) -> OfficeHolder | None:
    """The office-holder with the offices held on the day `since` or later; None when it is none of those wanted."""
    if countries and not {holder.country, *(office.of for office in holder.offices)} & set(countries):
        return None
    if since is None:
        return holder
    offices = tuple(office for office in holder.offices if office.end is None or office.end >= since)
    alive = holder.died is None or holder.died >= since
    return replace(holder, offices=offices) if alive and (offices or not holder.offices) else None


def entity_of(holder: OfficeHolder, matcher: Matcher) -> ImportedEntity | None:
    """What the registry is given of an office-holder; None when the matcher finds nothing in any of the names."""
    lines = dict.fromkeys(one_line(name) for name in holder.names)
    names = tuple(n for n in lines if any(c.isalnum() for c in n) and matcher.normal("person", n))
    if not names:
        return None
    titles = ((one_line(office.title), office.of) for office in holder.offices if office.title is not None)
    offices = tuple(Office(title, of) for title, of in dict.fromkeys(titles) if title)
    return ImportedEntity("person", names, holder.country, offices, holder.wikidata)


@contextmanager
def watching() -> Iterator[Watch]:
    """A bar on the terminal that shows how much has been read; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    with Progress(console=Console(stderr=True, highlight=False), transient=True) as progress:
        task = progress.add_task("reading", total=1.0)
        yield lambda done: progress.update(task, completed=done)


def _nameless(holder: OfficeHolder) -> RejectRecord:
    message = f"no name that can be compared: {'; '.join(holder.names)[:200]}"
    return RejectRecord(
        doc_id=holder.wikidata, input=holder.input, line=holder.line, stage="link", error="no_name", message=message
    )
