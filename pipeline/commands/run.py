"""`dragoman run`: articles in, output files out."""

from __future__ import annotations

import logging
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Column, Table

from pipeline import load
from pipeline.build import build_matcher
from pipeline.commands.exits import Exit, exit_of
from pipeline.commands.interrupt import Interrupt
from pipeline.commands.log import Style, logging_to_stderr
from pipeline.commands.terminal import output
from pipeline.config import Settings, changed, load_settings
from pipeline.document import Article
from pipeline.errors import StopRun
from pipeline.io.articles import parse_mapping
from pipeline.io.read import Reader
from pipeline.io.sources import printable
from pipeline.io.write import OutputFolder
from pipeline.link.entities import EntityTable
from pipeline.link.registry import Registry, open_registry
from pipeline.linker import linked
from pipeline.record import RejectRecord, RunRecord
from pipeline.stage import Rejection

if TYPE_CHECKING:
    from pipeline.build import Result

COUNTS = ("articles", "documents", "events", "entities", "rejects")
REPORT_SECONDS = 30


def run(
    inputs: Sequence[str],
    out: Path,
    *,
    config: Path | None,
    mapping: str | None,
    registry: str | None = None,
    model: str | None = None,
    min_confidence: float | None = None,
    strict: bool,
    style: Style,
) -> Exit:
    """Run the line over the inputs and write the output files to `out`.

    People and organisations have the ids of the `registry`; it, `model` and `min_confidence` are by default those of
    the settings.
    The files of an earlier run stay as they are unless this one gets to its end or is stopped by
    a signal; after a signal the files hold what was done by then, and run.json says so.
    """
    with ExitStack() as stack:
        progress = stack.enter_context(_progress()) if style == "plain" and sys.stderr.isatty() else None
        log = stack.enter_context(logging_to_stderr(style, progress.console if progress else None))
        try:
            began = time.monotonic()
            settings = changed(load_settings(config), model=model, min_confidence=min_confidence)
            reader = Reader(inputs, settings.read, mapping=parse_mapping(mapping), exclude=out)
            folder = stack.enter_context(OutputFolder(out))
            extractor = load(settings)
            known = stack.enter_context(
                open_registry(registry or settings.link.registry, matcher=build_matcher(settings))
            )
            loaded = time.monotonic()
            log.info("models loaded in %.1f s", loaded - began, extra=_data("loaded"))
            interrupt = stack.enter_context(Interrupt())
            tally = Tally(folder, log, _watch(progress, reader, log))
            for item in linked(extractor.run(tally.articles(interrupt.stream(reader))), known):
                tally.add(item)
            tally.close(known.resolve(tally.entities.ids()))
            ended = time.monotonic()
            folder.commit(
                RunRecord(
                    dragoman=version("dragoman"),
                    python=platform.python_version(),
                    models=extractor.models,
                    settings=_shown(settings, known),
                    inputs=[printable(given) for given in inputs],
                    counts=tally.counts,
                    timings={"load": round(loaded - began, 3), "run": round(ended - loaded, 3)},
                    finished=not interrupt.stopped,
                )
            )
        except StopRun as error:
            log.error("%s", error, extra=_data("stopped"))
            return exit_of(error)
        except KeyboardInterrupt:
            log.error("stopped at once; %s is as it was", out, extra=_data("stopped"))
            return Exit.STOPPED
        log.info("%s", "stopped early" if interrupt.stopped else "done", extra=_data("finished", **tally.counts))
    if style == "plain":
        _summary(out, tally.counts, ended - loaded)
    if interrupt.stopped:
        return Exit.STOPPED
    return Exit.PROBLEMS if strict and tally.counts["rejects"] else Exit.DONE


@dataclass(slots=True)
class Tally:
    """Writes what comes out of the line and counts it; `watch` is called with the counts now and then."""

    folder: OutputFolder
    log: logging.Logger
    watch: Callable[[dict[str, int]], None]
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    entities: EntityTable = field(default_factory=EntityTable)

    def articles(self, items: Iterable[Article | RejectRecord]) -> Iterator[Article]:
        """The articles among the items; the rejects are written."""
        for item in items:
            self.counts["articles"] += 1
            if isinstance(item, RejectRecord):
                self._reject(item)
            else:
                yield item

    def add(self, item: Result | Rejection) -> None:
        """Write the records of one article."""
        if isinstance(item, Rejection):
            article = item.article
            self._reject(
                RejectRecord(
                    doc_id=article.doc_id,
                    input=article.input,
                    line=article.line,
                    stage=item.stage,
                    error=item.code,
                    message=item.message,
                )
            )
            return
        self.folder.write("documents.jsonl", item.record)
        for event in item.events:
            self.folder.write("events.jsonl", event)
        self.entities.add(item.record)
        self.counts["documents"] += 1
        self.counts["events"] += len(item.events)
        self.watch(self.counts)

    def close(self, now: Mapping[str, str]) -> None:
        """Write the entities, each under the id that it is known by `now`."""
        for entity in self.entities.records(now):
            self.folder.write("entities.jsonl", entity)
            self.counts["entities"] += 1

    def _reject(self, record: RejectRecord) -> None:
        self.folder.write("rejects.jsonl", record)
        self.counts["rejects"] += 1
        where = record.input if record.line is None else f"{record.input}:{record.line}"
        said = _data("rejected", **record.model_dump(exclude={"message"}))
        self.log.warning("rejected %s: %s", where, record.message, extra=said)
        self.watch(self.counts)


def _shown(settings: Settings, registry: Registry) -> dict[str, Any]:
    """The settings with the registry that was used, which may be another, and never a password."""
    values = settings.model_dump(mode="json")
    values["link"]["registry"] = registry.place
    return values


def _data(event: str, **values: object) -> dict[str, object]:
    return {"data": {"event": event, **values}}


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.fields[articles]} articles, {task.fields[events]} events"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )


def _watch(progress: Progress | None, reader: Reader, log: logging.Logger) -> Callable[[dict[str, int]], None]:
    """Moves the bar, or logs how far the run is every `REPORT_SECONDS`."""
    if progress is not None:
        task = progress.add_task("", total=reader.total_bytes(), articles=0, events=0)

        def move(counts: dict[str, int]) -> None:
            done = counts["documents"] + counts["rejects"]
            progress.update(task, completed=reader.bytes_done, articles=done, events=counts["events"])

        return move
    last = time.monotonic()

    def report(counts: dict[str, int]) -> None:
        nonlocal last
        if time.monotonic() - last >= REPORT_SECONDS:
            last = time.monotonic()
            done = counts["documents"] + counts["rejects"]
            log.info("%d articles done, %d events", done, counts["events"], extra=_data("progress", **counts))

    return report


def _summary(out: Path, counts: dict[str, int], seconds: float) -> None:
    console = output()
    if not console.is_terminal:
        console.print(*(f"{name} {number}" for name, number in counts.items()), sep="\n")
        return
    console.print(f"{printable(out)}: {counts['articles'] / max(seconds, 0.001):.1f} articles a second")
    table = Table("", Column("count", justify="right"))
    for name, number in counts.items():
        table.add_row(name, f"{number:,}")
    console.print(table)
