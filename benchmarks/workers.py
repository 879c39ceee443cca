"""How much faster are several processes, and how much memory do they take?

``python -m benchmarks.workers [--articles DUMP] [--count N] [--rounds N] [--workers N…] [--threads N]``

Words a second of `dragoman run` once its models are loaded, in turn with each number of processes, and the most memory
that all of its processes have had together, counted once where they share it (PSS; Linux).

The processes share out the threads of the encoder, at least one for each. One process has as many cores at work as it
has threads, so what more processes bring is seen with `--threads 1`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.articles import texts
from benchmarks.crashes import command
from benchmarks.speed import write
from pipeline.config import Settings

EVERY = 0.5
"""Seconds between two looks at the memory."""


def family(process: int) -> list[int]:
    """A process and all that it has started."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [one for child in task.read_text().split() for one in family(int(child))]
        except OSError:
            continue
    return found


def resident(process: int) -> float:
    """MiB of one process; what it shares with others counts in part, so that those of all add up."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def memory(process: int) -> float:
    """MiB that a process and its children have in memory; what they share counts once."""
    return sum(map(resident, family(process)))


def measured(call: Sequence[str], out: Path) -> tuple[float, float]:
    """Seconds of a run once its models are loaded, and its most MiB; raises `RuntimeError` when it fails."""
    process = subprocess.Popen(call)
    most = 0.0
    while process.poll() is None:
        most = max(most, memory(process.pid))
        time.sleep(EVERY)
    if process.returncode:
        raise RuntimeError(f"{' '.join(call)} ended with {process.returncode}")
    return float(json.loads((out / "run.json").read_text(encoding="utf-8"))["timings"]["run"]), most


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workers", description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=Path, metavar="DUMP", help="take the texts from here")
    parser.add_argument("--count", type=int, default=1000, help="articles (1000)")
    parser.add_argument("--rounds", type=int, default=3, help="(3)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="numbers of processes (1 2)")
    parser.add_argument(
        "--threads", type=int, default=Settings().model.threads, help="threads of the encoder (%(default)s)"
    )
    options = parser.parse_args(arguments)
    articles = texts(options.articles, options.count)
    words = sum(len(text.split()) for text in articles)
    print(f"{len(articles)} articles, {words} words, {os.cpu_count()} cores, {options.threads} threads")
    seconds: dict[int, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        source, out = write(articles, Path(folder, "articles.jsonl")), Path(folder, "out")
        config = Path(folder, "settings.toml")
        config.write_text(f"[model]\nthreads = {options.threads}\n", encoding="utf-8")
        for number in range(1, options.rounds + 1):
            for workers in options.workers:
                took, most = measured(command(source, out, workers, "--config", str(config)), out)
                seconds.setdefault(workers, []).append(took)
                print(
                    f"  round {number}: {workers} processes {words / took:7,.0f} words/s, {most:,.0f} MiB", flush=True
                )
    first = statistics.median(seconds[options.workers[0]])
    for workers, took_all in seconds.items():
        took = statistics.median(took_all)
        print(f"  median: {workers} processes {words / took:7,.0f} words/s, ratio {first / took:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
