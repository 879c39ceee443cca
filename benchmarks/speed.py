"""How fast is the whole line next to spaCy alone, how much memory does it take, how soon is it ready?

``python -m benchmarks.speed [--model MODEL] [--articles DUMP] [--count N] [--rounds N]``

Speed: `dragoman run` from reading to writing, models loaded, and `nlp.pipe` of the same spaCy pipeline over the same
texts, in turn, in one process. Memory: the most resident memory of a fresh `dragoman run` over at least 1,000 articles.
Start-up: fresh processes, until the models are ready and until one article's records are written.

Texts are recombined seeds, or those of a JSON Lines dump (gzipped or not, one object with `text` a line).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.articles import texts
from pipeline.commands.run import run
from pipeline.config import Settings
from pipeline.text.segment import load_model

MEMORY_ARTICLES = 1000
STARTS = 5
READY = """
import sys
from pipeline.build import load
from pipeline.config import ModelSettings, Settings
load(Settings(model=ModelSettings(name=sys.argv[1])))
"""


def write(articles: Sequence[str], path: Path, *, first: int = 0) -> Path:
    """The articles as JSON Lines in `path`, with ids that count from `first`."""
    lines = (json.dumps({"id": f"a{number}", "text": text}) for number, text in enumerate(articles, first))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def line_seconds(source: Path, out: Path, model: str) -> float:
    """Seconds that `dragoman run` takes once its models are loaded; raises `RuntimeError` when it fails."""
    code = run(
        [str(source)], out, config=None, mapping=None, model=model, duplicates="read", strict=False, style="quiet"
    )
    if code:
        raise RuntimeError(f"dragoman run ended with {code}")
    seconds: float = json.loads((out / "run.json").read_text(encoding="utf-8"))["timings"]["run"]
    return seconds


def speed(articles: Sequence[str], rounds: int, scratch: Path, model: str) -> None:
    """Print words per second of the line and of spaCy alone, and their ratio, for each round."""
    source = write(articles, scratch / "speed.jsonl")
    words = sum(len(text.split()) for text in articles)
    settings = Settings().segment
    nlp = load_model(settings)
    print(f"speed: {len(articles)} articles, {words} words")
    lines, bares = [], []
    for number in range(1, rounds + 1):
        line = line_seconds(source, scratch / "out", model)
        began = time.perf_counter()
        for _ in nlp.pipe(articles, batch_size=settings.batch_size):
            pass
        bare = time.perf_counter() - began
        print(rates(f"round {number}", words / line, words / bare, bare / line), flush=True)
        lines.append(line)
        bares.append(bare)
    ratio = statistics.median(bare / line for line, bare in zip(lines, bares, strict=True))
    print(rates("median", words / statistics.median(lines), words / statistics.median(bares), ratio))


def rates(name: str, line: float, bare: float, ratio: float) -> str:
    """One row of figures: words per second of the line and of spaCy alone, and their ratio."""
    return f"  {name:8} dragoman {line:7,.0f} words/s   spaCy alone {bare:7,.0f} words/s   ratio {ratio:.2f}"


def peak(command: Sequence[str]) -> tuple[float, float]:
    """Wall-clock seconds and most resident MiB of a command; raises `RuntimeError` when it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - began, usage.ru_maxrss * unit / 2**20


def extract(source: Path, out: Path, model: str) -> list[str]:
    """The command that reads a dump with a model."""
    options = ["--quiet", "--duplicates", "read", "--model", model]
    return [sys.executable, "-m", "pipeline", "run", *options, str(source), "--out", str(out)]


def memory(articles: Sequence[str], scratch: Path, model: str) -> None:
    """Print the peak memory of a run over the articles."""
    source = write(articles, scratch / "memory.jsonl")
    seconds, most = peak(extract(source, scratch / "memory", model))
    print(f"memory: {len(articles)} articles in {seconds:.1f} s, peak {most:,.0f} MiB")


def start_up(article: str, scratch: Path, model: str) -> None:
    """Print how long fresh processes take to load, and to write one article's records."""
    source = write([article], scratch / "one.jsonl")
    one = extract(source, scratch / "one", model)
    ready = statistics.median(peak([sys.executable, "-c", READY, model])[0] for _ in range(STARTS))
    first = statistics.median(peak(one)[0] for _ in range(STARTS))
    print(f"start-up, median of {STARTS}: ready after {ready:.2f} s, one article written after {first:.2f} s")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.partition("\n")[0])
    parser.add_argument("--model", default=Settings().model.name, help="a model or baseline (that of the settings)")
    parser.add_argument("--articles", type=Path, metavar="DUMP", help="take the texts from here")
    parser.add_argument("--count", type=int, default=100, help="articles of a round (100)")
    parser.add_argument("--rounds", type=int, default=7, help="(7)")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        start_up(texts(options.articles, 1)[0], scratch, options.model)
        speed(texts(options.articles, options.count), options.rounds, scratch, options.model)
        memory(texts(options.articles, max(MEMORY_ARTICLES, options.count)), scratch, options.model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
