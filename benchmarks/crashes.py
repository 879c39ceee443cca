"""Does a run that is killed again and again end with the files of one that was left alone?

``python -m benchmarks.crashes [--articles DUMP] [--count N] [--kills N] [--workers N] [--unordered | --sync]``

`dragoman run` is killed with SIGKILL at random moments, called again each time, and after the last kill left to end.
Its files must be those of an undisturbed run byte for byte. With --unordered the killed run writes in any order; then
the files must have the same lines, but for ids: those of people and organisations depend on which name was read first.
With --sync it is `dragoman sync` that is killed, and compared is what `dragoman collect` gives of the stores.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.articles import texts
from benchmarks.speed import write

FILES = ("events.jsonl", "documents.jsonl", "entities.jsonl", "tombstones.jsonl", "rejects.jsonl")
IDS = re.compile(rb"(?:ent|evt|evc)_[0-9a-f]{16}")
FILE = 100
"""Articles of a file in the inbox."""
PART = 40
"""Articles of a commit."""
LONGEST = 8.0
"""Seconds that a run is left alone at most."""


def command(source: Path, out: Path, workers: int, *more: str) -> list[str]:
    """The command that reads a dump, with `more` options."""
    options = ["--quiet", "--duplicates", "read", "--workers", str(workers), *more]
    return [sys.executable, "-m", "pipeline", "run", *options, str(source), "--out", str(out)]


def schedule(articles: Sequence[str], folder: Path, workers: int) -> list[str]:
    """The command that reads the articles from an inbox into a store, both in the folder."""
    (folder / "inbox").mkdir(parents=True)
    for number in range(0, len(articles), FILE):
        write(articles[number : number + FILE], folder / "inbox" / f"{number:06}.jsonl", first=number)
    settings = f'workers = {workers}\n[[inbox]]\npath = "inbox"\nsettle = "0s"\n[parts]\narticles = {PART}\n'
    (folder / "schedule.toml").write_text(settings, encoding="utf-8")
    return [sys.executable, "-m", "pipeline", "sync", "--quiet", "--config", str(folder / "schedule.toml")]


def collected(folder: Path) -> Path:
    """What the store in a folder holds, as output files."""
    out = folder / "out"
    call = [sys.executable, "-m", "pipeline", "collect", str(folder / "store"), "--out", str(out)]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
    return out


def disturbed(call: Sequence[str], kills: int, chance: random.Random) -> int:
    """Run a command until it ends, killed so many times before; gives how many kills came before the end."""
    for number in range(kills):
        process = subprocess.Popen(call)
        try:
            process.wait(timeout=chance.uniform(0.5, LONGEST))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        else:
            return number
    subprocess.run(call, check=True)
    return kills


def different(one: Path, other: Path, *, ordered: bool = True) -> dict[str, int]:
    """The names of the output files that are not the same, each with how many lines of one the other has not.

    Unless they are `ordered`, files whose lines are the same but for ids are the same.
    """
    found: dict[str, int] = {}
    for name in FILES:
        a, b = ((folder / name).read_bytes().splitlines() for folder in (one, other))
        if not ordered:
            a, b = (sorted(IDS.sub(b"", line) for line in lines) for lines in (a, b))
        if a != b:
            found[name] = sum((Counter(a) - Counter(b)).values())
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crashes", description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=Path, metavar="DUMP", help="take the texts from here")
    parser.add_argument("--count", type=int, default=1000, help="articles (1000)")
    parser.add_argument("--kills", type=int, default=30, help="(30)")
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (1)")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--unordered", action="store_true", help="write in any order where it is killed")
    kind.add_argument("--sync", action="store_true", help="kill passes over an inbox instead")
    options = parser.parse_args(arguments)
    articles = texts(options.articles, options.count)
    with tempfile.TemporaryDirectory() as folder:
        left, killed = Path(folder, "left"), Path(folder, "killed")
        if options.sync:
            calls = [schedule(articles, out, options.workers) for out in (left, killed)]
        else:
            source = write(articles, Path(folder, "articles.jsonl"))
            more = ["--unordered"] if options.unordered else []
            calls = [command(source, left, options.workers), command(source, killed, options.workers, *more)]
        subprocess.run(calls[0], check=True)
        kills = disturbed(calls[1], options.kills, random.Random(options.seed))
        if options.sync:
            left, killed = collected(left), collected(killed)
        wrong = different(left, killed, ordered=not options.unordered)
    told = ", ".join(f"{name} has {number} other lines" for name, number in wrong.items()) or "the same files"
    print(f"{options.count} articles, {kills} kills: {told}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
