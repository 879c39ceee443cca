"""How much memory does a run take as it goes on, and does it grow?

``python -m benchmarks.memory [--articles DUMP] [--count N…] [--words N] [--workers N] [--with OPTION…]``

`dragoman run` over a dump of the articles again and again, each time with other people, countries, days and numbers
(`benchmarks.copies`). Every second the memory of all its processes, counted once where they share it (PSS; Linux),
is read beside the number of articles that are in the output files.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.articles import dump, recombined
from benchmarks.copies import copies
from benchmarks.workers import family, resident

EVERY = 1.0
"""Seconds between two looks at the memory."""
SHOWN = (1_000, 2_000, 5_000)
"""Articles after which the memory is printed, and ten times as many, and so on."""


@dataclass(frozen=True, slots=True)
class Look:
    """Articles done after so many seconds, and the MiB of the process that gives out the work and of the others."""

    seconds: float
    articles: int
    first: float
    others: float

    @property
    def all(self) -> float:
        """MiB of all processes."""
        return self.first + self.others


class Done:
    """How many articles are in the output files of a run that goes on."""

    def __init__(self, out: Path) -> None:
        self._places = {out / f".{name}.jsonl.tmp": 0 for name in ("documents", "rejects")}
        self.articles = 0

    def look(self) -> int:
        """Count the lines that have come since."""
        for path, place in self._places.items():
            if path.exists():
                with path.open("rb") as file:
                    file.seek(place)
                    self.articles += sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))
                    self._places[path] = file.tell()
        return self.articles


def looks(call: Sequence[str], out: Path) -> Iterator[Look]:
    """A look each second while a command runs; raises `RuntimeError` when it fails."""
    began = time.monotonic()
    done = Done(out)
    with subprocess.Popen(call) as process:
        while process.poll() is None:
            parts = [resident(one) for one in family(process.pid)]
            yield Look(time.monotonic() - began, done.look(), parts[0], sum(parts[1:]))
            time.sleep(EVERY)
    if process.returncode:
        raise RuntimeError(f"{' '.join(call)} ended with {process.returncode}")


def steps(count: int) -> list[int]:
    """After how many of so many articles the memory is printed."""
    every = (step * 10**power for power in range(4) for step in SHOWN)
    return [*itertools.takewhile(lambda step: step < count, every), count]


def growth(found: Sequence[Look]) -> float:
    """MiB for every 1,000 articles, by least squares over the second half of the articles."""
    half = [look for look in found if look.articles >= found[-1].articles / 2]
    middle = sum(look.articles for look in half) / len(half)
    level = sum(look.all for look in half) / len(half)
    spread = sum((look.articles - middle) ** 2 for look in half)
    slope = sum((look.articles - middle) * (look.all - level) for look in half)
    return 1000 * slope / spread if spread else 0.0


def cut(text: str, words: int) -> str:
    """The first words of a text, as they stand there."""
    found = next(itertools.islice(re.finditer(r"\S+", text), words, None), None)
    return text if found is None else text[: found.start()].rstrip()


def write(articles: Sequence[str], count: int, path: Path) -> int:
    """A dump of so many articles; how many words they have together."""
    total = 0
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(itertools.islice(copies(articles), count)):
            total += len(text.split())
            file.write(json.dumps({"id": f"a{number}", "text": text}) + "\n")
    return total


def measure(source: Path, count: int, words: int, options: argparse.Namespace, out: Path) -> None:
    """Run over a dump and print what was seen."""
    call = [sys.executable, "-m", "pipeline", "run", "--quiet", "--workers", str(options.workers), *options.with_]
    found: list[Look] = []
    wanted = steps(count)
    print(f"{count:,} articles, {words:,} words, {options.workers} processes", flush=True)
    for look in looks([*call, str(source), "--out", str(out)], out):
        found.append(look)
        while wanted and look.articles >= wanted[0]:
            shown(look, wanted.pop(0))
    if wanted:
        shown(found[-1], wanted[-1])
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    most = max(look.all for look in found)
    print(f"  most {most:,.0f} MiB; {growth(found):+.2f} MiB for 1,000 articles over the second half")
    print(f"  {words / report['timings']['run']:,.0f} words/s; {report['counts']}", flush=True)


def shown(look: Look, articles: int) -> None:
    print(
        f"  {articles:7,} articles {look.seconds:7,.0f} s  {look.all:7,.0f} MiB "
        f"(first process {look.first:,.0f}, others {look.others:,.0f})",
        flush=True,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=Path, metavar="DUMP", help="take the texts from here")
    parser.add_argument("--words", type=int, help="take so many words of each text at most")
    parser.add_argument("--count", type=int, nargs="+", default=[2000], help="articles of each run (2000)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--with", dest="with_", nargs=argparse.REMAINDER, default=[], help="further options of the run")
    options = parser.parse_args(arguments)
    articles = list(recombined(500)) if options.articles is None else [item["text"] for item in dump(options.articles)]
    if options.words is not None:
        articles = [cut(text, options.words) for text in articles]
    with tempfile.TemporaryDirectory() as folder:
        for count in options.count:
            source = Path(folder, f"{count}.jsonl")
            measure(source, count, write(articles, count, source), options, Path(folder, f"{count}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
