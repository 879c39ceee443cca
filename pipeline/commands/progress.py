"""How far a run is: a bar in a terminal, a line in the log now and then elsewhere."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from pipeline.io.read import Reader
from pipeline.run.tally import Tally
from pipeline.run.telling import said

REPORT_SECONDS = 30
"""Between two lines in the log."""


def progress_bar() -> Progress:
    """A bar on standard error that is gone at the end."""
    return Progress(
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.fields[shown]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )


def watcher(progress: Progress | None, reader: Reader, log: logging.Logger) -> Callable[[Tally], None]:
    """Moves the bar, or logs how far the run is every `REPORT_SECONDS`, whenever it is called with the tally.

    The rate is that of articles since the first call, after which the time that is left is guessed from the bytes read.
    """
    total = reader.total_bytes()
    began, first, read = time.monotonic(), -1, 0
    last = began
    task = progress.add_task("", total=total, shown="") if progress is not None else None

    def watch(tally: Tally) -> None:
        nonlocal began, first, read, last
        now = time.monotonic()
        if first < 0:
            began, first, read = now, tally.done, reader.bytes_done
        seconds = now - began
        rate = (tally.done - first) / seconds if seconds else 0.0
        if progress is not None and task is not None:
            shown = f"{_counts(tally)}, {rate:.0f} a second"
            progress.update(task, completed=reader.bytes_done, shown=shown)
        elif now - last >= REPORT_SECONDS:
            last = now
            left = _left(total, reader.bytes_done, read, seconds)
            data = said("progress", articles_per_second=round(rate, 1), seconds_left=left, **tally.counts)
            ahead = "" if left is None else f", {left:,} s to go"
            log.info("%s, %.1f a second%s", _counts(tally), rate, ahead, extra=data)

    return watch


def _counts(tally: Tally) -> str:
    counts = tally.counts
    return f"{tally.done:,} articles, {counts['events']:,} events, {counts['rejects']:,} rejected"


def _left(total: int | None, done: int, before: int, seconds: float) -> int | None:
    """Seconds that the rest of the bytes take at the pace so far; None where nobody knows."""
    if total is None or done <= before:
        return None
    return round((total - done) * seconds / (done - before))
