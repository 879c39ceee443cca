"""Metrics of a store for Prometheus, read from it whenever they are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server, write_to_textfile
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from pipeline.errors import InputError, OutputError
from pipeline.schedule.report import COUNTS
from pipeline.store.folder import reading
from pipeline.store.history import Outcome, last_runs, totals
from pipeline.store.troubles import Patience, Troubles

OUTCOMES = [outcome for outcome in get_args(Outcome) if outcome != "running"]
HELP = {
    "files": "Files read.",
    "articles": "Articles come upon in the files.",
    "known": "Articles that had been dealt with before.",
    "documents": "Articles written as documents.",
    "duplicates": "Articles that repeat another one.",
    "superseded": "Articles of which a newer version came.",
    "events": "Events written.",
    "rejects": "Articles and files rejected.",
    "failing": "Times a file or article failed and was put off.",
    "parked": "Times a file or article was given up after many tries.",
    "unreachable": "Times an inbox could not be listed.",
}


class StoreCollector(Collector):
    """The metrics of the store in a folder. When it cannot be read there is `dragoman_up 0` alone."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def collect(self) -> Iterable[Metric]:
        """The metrics as they are now."""
        try:
            with reading(self._store) as database:
                found = [*_totals(database), *_last_run(database), *_troubles(database), *_parts(database)]
        except InputError:
            found = []
        return [GaugeMetricFamily("dragoman_up", "Whether the store could be read.", value=bool(found)), *found]


def write_textfile(path: Path, store: Path) -> None:
    """Write the metrics to a file for node_exporter's textfile collector, which wants a name that ends in .prom.

    Readers see the old file or the new one. Raises `OutputError`.
    """
    registry = CollectorRegistry()
    registry.register(StoreCollector(store))
    try:
        write_to_textfile(str(path), registry)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error


@contextmanager
def serving(store: Path, *, address: str, port: int) -> Iterator[int]:
    """Answer Prometheus under /metrics as long as the context lasts, with metrics of the process too; the port.

    With port 0 it is one that is free. Raises `OutputError` when the port cannot be had.
    """
    registry = CollectorRegistry()
    registry.register(StoreCollector(store))
    ProcessCollector(registry=registry)
    try:
        server, thread = start_http_server(port, address, registry)
    except OSError as error:
        raise OutputError(f"metrics cannot be served at {address}:{port}: {error.strerror or error}") from error
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _totals(database: sqlite3.Connection) -> Iterator[Metric]:
    found = totals(database)
    runs = CounterMetricFamily("dragoman_runs", "Passes that ended, by outcome.", labels=["outcome"])
    seconds = CounterMetricFamily("dragoman_run_seconds", "Time that passes took, by outcome.", labels=["outcome"])
    for outcome in OUTCOMES:
        runs.add_metric([outcome], found.runs.get(outcome, 0))
        seconds.add_metric([outcome], found.seconds.get(outcome, 0))
    yield runs
    yield seconds
    for name in COUNTS:
        yield CounterMetricFamily(f"dragoman_{name}", HELP[name], value=found.counts.get(name, 0))


def _last_run(database: sqlite3.Connection) -> Iterator[Metric]:
    runs = last_runs(database, 2)  # only the last one can be running
    if runs and runs[0].outcome == "running":
        yield GaugeMetricFamily(
            "dragoman_running_start_timestamp_seconds",
            "When the pass began that is running, or was killed and has had none after it.",
            value=runs.pop(0).began.timestamp(),
        )
    for run in runs[:1]:
        ended = GaugeMetricFamily("dragoman_last_run_outcome", "1 for the way the last pass ended.", labels=["outcome"])
        for outcome in OUTCOMES:
            ended.add_metric([outcome], run.outcome == outcome)
        yield ended
        yield GaugeMetricFamily(
            "dragoman_last_run_start_timestamp_seconds", "When the last pass began.", value=run.began.timestamp()
        )
        if run.ended is not None:
            yield GaugeMetricFamily(
                "dragoman_last_run_end_timestamp_seconds", "When the last pass ended.", value=run.ended.timestamp()
            )
        if run.seconds is not None:
            yield GaugeMetricFamily("dragoman_last_run_duration_seconds", "What it took.", value=run.seconds)
    for run in last_runs(database, 1, outcome="done"):
        if run.ended is not None:
            yield GaugeMetricFamily(
                "dragoman_last_success_timestamp_seconds",
                "When a pass last came to its end.",
                value=run.ended.timestamp(),
            )


def _troubles(database: sqlite3.Connection) -> Iterator[Metric]:
    found = [
        (trouble.what, "failing" if trouble.next_try else "parked") for trouble in Troubles(database, Patience()).all()
    ]
    family = GaugeMetricFamily(
        "dragoman_troubles",
        "Files and articles that failed: failing, to be tried again, or parked, not any more.",
        labels=["what", "state"],
    )
    for what in ("file", "article"):
        for state in ("failing", "parked"):
            family.add_metric([what, state], found.count((what, state)))
    yield family


def _parts(database: sqlite3.Connection) -> Iterator[Metric]:
    parts = GaugeMetricFamily("dragoman_store_parts", "Files of records in the store.", labels=["kind"])
    size = GaugeMetricFamily("dragoman_store_bytes", "Size of the files of records.", labels=["kind"])
    for kind, number, total in database.execute("SELECT kind, count(*), sum(bytes) FROM part GROUP BY kind"):
        parts.add_metric([kind], number)
        size.add_metric([kind], total)
    yield parts
    yield size
