"""How much of a run's time goes into knowing which articles are new and which repeat others?

``python -m benchmarks.bookkeeping [--articles DUMP] [--count N] [--rounds N]``

`dragoman run` in this process, and the seconds of it that the ledger and the finder of repeats take: to judge every
article, to note what became of it, and to save both at checkpoints. None of the articles repeats another.
"""

from __future__ import annotations

import argparse
import functools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

from benchmarks.articles import texts
from benchmarks.speed import write
from pipeline.commands.run import run
from pipeline.run import batch
from pipeline.run.judge import Judge
from pipeline.store.ledger import Ledger


def timed(call: Callable[..., object], spent: list[float]) -> Callable[..., object]:
    """The call, with its seconds added to `spent`."""

    @functools.wraps(call)
    def caller(*args: object, **kwargs: object) -> object:
        began = time.perf_counter()
        try:
            return call(*args, **kwargs)
        finally:
            spent.append(time.perf_counter() - began)

    return caller


def measured(source: Path, out: Path) -> tuple[float, float]:
    """Seconds of a run once its models are loaded, and those of them that go into the bookkeeping."""
    spent: list[float] = []
    with (
        patch.object(Judge, "__call__", timed(Judge.__call__, spent)),
        patch.object(Ledger, "save", timed(Ledger.save, spent)),
        patch.object(batch, "settle", timed(batch.settle, spent)),
    ):
        code = run([str(source)], out, config=None, mapping=None, strict=True, style="quiet")
    if code:
        raise RuntimeError(f"the run ended with {code}")
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    if record["counts"]["duplicates"]:
        raise RuntimeError(f"{record['counts']['duplicates']} of the articles repeat others")
    return float(record["timings"]["run"]), sum(spent)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bookkeeping", description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=Path, metavar="DUMP", required=True, help="take the texts from here")
    parser.add_argument("--count", type=int, default=500, help="articles, at most as many as there are (500)")
    parser.add_argument("--rounds", type=int, default=3, help="(3)")
    options = parser.parse_args(arguments)
    articles = sorted(set(texts(options.articles, options.count)))
    words = sum(len(text.split()) for text in articles)
    shares = []
    with tempfile.TemporaryDirectory() as folder:
        source = write(articles, Path(folder, "articles.jsonl"))
        for number in range(1, options.rounds + 1):
            took, spent = measured(source, Path(folder, f"out{number}"))
            shares.append(spent / took)
            print(f"round {number}: {words / took:,.0f} words/s; bookkeeping {spent:.2f} of {took:.2f} s", flush=True)
    print(f"{len(articles)} articles, {words} words: {statistics.median(shares):.1%} of the time is bookkeeping")
    return 0


if __name__ == "__main__":
    sys.exit(main())
