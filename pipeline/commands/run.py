"""`dragoman run`: articles in, output files out."""

from __future__ import annotations

import hashlib
import logging
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic_core import to_json
from rich.table import Column, Table

from pipeline import load
from pipeline.commands.exits import Exit, exit_of
from pipeline.commands.interrupt import Interrupt
from pipeline.commands.log import Style, logging_to_stderr
from pipeline.commands.progress import progress_bar, watcher
from pipeline.commands.terminal import output
from pipeline.config import DuplicatesChoice, Order, Settings, changed, load_settings
from pipeline.errors import StopRun
from pipeline.formats import Format
from pipeline.io.articles import parse_mapping
from pipeline.io.read import Reader
from pipeline.io.sources import STANDARD_INPUT, printable
from pipeline.io.write import OutputFolder
from pipeline.link.registry import Registry, open_registry
from pipeline.match import build_matcher
from pipeline.record import RejectRecord, RunRecord
from pipeline.run.batch import Batch
from pipeline.run.chunks import Item
from pipeline.run.judge import judging
from pipeline.run.tally import Tally
from pipeline.run.telling import said, tell_reject
from pipeline.run.work import Alone, Work, Workers


def run(
    inputs: Sequence[str],
    out: Path,
    *,
    config: Path | None,
    mapping: str | None,
    registry: str | None = None,
    model: str | None = None,
    min_confidence: float | None = None,
    workers: int | None = None,
    order: Order | None = None,
    duplicates: DuplicatesChoice | None = None,
    keep_text: bool | None = None,
    format: Format | None = None,
    restart: bool = False,
    strict: bool,
    style: Style,
) -> Exit:
    """Run the line over the inputs and write the output files to `out`.

    People and organisations have the ids of the `registry`; it, `model`, `min_confidence`, the number of `workers`,
    processes that run the line, the `order` of the records, what becomes of `duplicates`, whether documents.jsonl is to
    `keep_text`, and the `format` of standard input are by default those of the settings.
    The files of an earlier run stay as they are unless this one gets to its end or is stopped by a signal; after a
    signal the files hold what was done by then, and run.json says so. A run that was stopped, by whatever, goes on
    where it was when it is called with the same inputs and settings, unless it is told to `restart`.
    """
    with ExitStack() as stack:
        progress = stack.enter_context(progress_bar()) if style == "plain" and sys.stderr.isatty() else None
        log = stack.enter_context(logging_to_stderr(style, progress.console if progress else None))
        try:
            began = time.monotonic()
            interrupt = stack.enter_context(Interrupt())
            settings = changed(
                load_settings(config),
                model=model,
                min_confidence=min_confidence,
                workers=workers,
                order=order,
                duplicates=duplicates,
                keep_text=keep_text,
                format=format,
            )
            fields = parse_mapping(mapping)
            reader = Reader(inputs, settings.read, mapping=fields, exclude=out)
            place = registry or settings.link.registry
            key = _key(inputs, fields, settings, place)
            folder = stack.enter_context(OutputFolder(out, key=key, anew=restart))
            work = _work(stack, settings, lambda: interrupt.stopped)
            known = stack.enter_context(open_registry(place, matcher=build_matcher(settings)))
            loaded = time.monotonic()
            if interrupt.stopped:
                raise KeyboardInterrupt
            log.info("models loaded in %.1f s", loaded - began, extra=said("loaded"))
            tally = Tally(folder, partial(tell_reject, log))
            watch = watcher(progress, reader, log)
            judge = stack.enter_context(judging(folder.scratch, mark=settings.run.duplicates == "mark"))
            items = interrupt.stream(map(judge.ids, reader))
            size, keep = settings.segment.batch_size, settings.run.keep_text
            batch = Batch(tally, known, size, watch, lambda: interrupt.stopped, judge, keep)
            batch.resume(items)
            before = tally.done
            _tell_of_start(folder, tally, log)
            batch.run(_telling(items, log), work)
            tally.close(known.resolve(tally.entities.ids()))
            ended, finished = time.monotonic(), not interrupt.stopped
            folder.commit(
                RunRecord(
                    dragoman=version("dragoman"),
                    python=platform.python_version(),
                    models=dict(work.models),
                    settings=_shown(settings, known),
                    inputs=[printable(given) for given in inputs],
                    counts=tally.counts,
                    timings={"load": round(loaded - began, 3), "run": round(batch.seconds + ended - loaded, 3)},
                    finished=finished,
                )
            )
        except StopRun as error:
            log.error("%s", error, extra=said("stopped"))
            return exit_of(error)
        except KeyboardInterrupt:
            log.error("stopped at once; %s is as it was", out, extra=said("stopped"))
            return Exit.STOPPED
        log.info("%s", "done" if finished else "stopped early", extra=said("finished", **tally.counts))
    if style == "plain":
        _summary(out, tally.counts, (tally.done - before) / max(ended - loaded, 0.001))
    if not finished:
        return Exit.STOPPED
    return Exit.PROBLEMS if strict and tally.counts["rejects"] else Exit.DONE


def _key(inputs: Sequence[str], mapping: Mapping[str, str], settings: Settings, registry: str) -> str:
    """What has to be the same for a run to go on where another was stopped."""
    given = [name if name == STANDARD_INPUT else printable(Path(name).absolute()) for name in inputs]
    chosen = settings.model_dump(mode="json", exclude={"run": {"workers"}})
    told = to_json([version("dragoman"), given, dict(mapping), chosen, registry])
    return hashlib.sha256(told).hexdigest()


def _work(stack: ExitStack, settings: Settings, stopped: Callable[[], bool]) -> Work:
    """The line in this process, or in as many as the settings say."""
    if settings.run.workers == 1:
        return Alone(load(settings))
    return stack.enter_context(Workers(settings, settings.run.workers, stopped=stopped))


def _tell_of_start(folder: OutputFolder, tally: Tally, log: logging.Logger) -> None:
    if folder.left is not None:
        log.info("going on after %d articles", tally.counts["articles"], extra=said("resumed", **tally.counts))
    elif folder.dropped:
        log.warning("what a stopped run with other inputs or settings left was dropped", extra=said("dropped"))


def _telling(items: Iterable[Item], log: logging.Logger) -> Iterator[Item]:
    """The items, with word of those that cannot be read as soon as they are met."""
    for item in items:
        if isinstance(item, RejectRecord):
            tell_reject(log, item)
        yield item


def _shown(settings: Settings, registry: Registry) -> dict[str, Any]:
    """The settings with the registry that was used, which may be another, and never a password."""
    values = settings.model_dump(mode="json")
    values["link"]["registry"] = registry.place
    return values


def _summary(out: Path, counts: dict[str, int], rate: float) -> None:
    console = output()
    if not console.is_terminal:
        console.print(*(f"{name} {number}" for name, number in counts.items()), sep="\n")
        return
    console.print(f"{printable(out)}: {rate:.1f} articles a second")
    table = Table("", Column("count", justify="right"))
    for name, number in counts.items():
        table.add_row(name, f"{number:,}")
    console.print(table)
