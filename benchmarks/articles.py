"""The articles that the benchmarks run on."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"


def shared() -> Path | None:
    """The folder of reference material (scorer, corpus, dumps), or None where there is none.

    Named by the environment variable DRAGOMAN_SHARED, else the folder `shared` beside the checkout.
    """
    folder = Path(os.environ.get("DRAGOMAN_SHARED") or ROOT.parent / "shared")
    return folder if folder.is_dir() else None


def raw_text(path: Path) -> str:
    """The text of a file exactly as it is, line ends included."""
    return path.read_bytes().decode("utf-8-sig")


def recombined(count: int) -> Iterator[str]:
    """`count` articles of usual length made of the paragraphs of the seeds, the same on every call.

    Each begins like one of the seeds, date line included, and goes on with paragraphs of all of them.
    """
    chance = random.Random(20250503)
    seeds = [raw_text(path).split("\n\n") for path in sorted(SEEDS.glob("*.txt"))]
    pool = [paragraph for seed in seeds for paragraph in seed[1:]]
    for number in range(count):
        opening = seeds[number % len(seeds)]
        yield "\n\n".join(opening[:3] + chance.sample(pool, len(opening) - 3))


def dump(path: Path) -> Iterator[dict[str, str]]:
    """The objects of a JSON Lines dump, gzipped or not; raises `ValueError` for a line without a text."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            item = json.loads(line)
            if not isinstance(item.get("text"), str):
                raise ValueError(f"{path}: line {number} has no text")
            yield item


def texts(articles: Path | None, count: int) -> list[str]:
    """`count` texts: the first of a dump, repeated if it has fewer, else recombined seeds."""
    if articles is None:
        return list(recombined(count))
    return list(itertools.islice(itertools.cycle([item["text"] for item in dump(articles)]), count))
