"""How fast are sightings linked into a big registry, and in how much memory?

``python -m benchmarks.name_registry PAIRS CLUSTERS [--entities N] [--sightings N] [--file FILE]``

A SQLite registry is filled with one sighting of each of N recombined people; then sightings of the same people, spelled
anew, are linked and timed. Prints one JSON object. It is a command of its own so that the peak memory is its own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.name_pairs import read_lines
from benchmarks.name_sightings import Person, names, people
from pipeline.data import countries
from pipeline.link.registry import Registry, open_registry
from pipeline.link.sighting import ArticleSightings, Sighting
from pipeline.match import build_matcher

PEOPLE_OF_ARTICLE = 5
ARTICLES_OF_CALL = 400
COUNTRY_KNOWN = 0.8


def articles(group: Sequence[Person], *, seed: int) -> Iterator[ArticleSightings]:
    """One sighting of each person, some in an article, in the order given; some say no country."""
    chance = random.Random(seed)
    spelled = list(names(group, seed=seed))
    for start in range(0, len(group), PEOPLE_OF_ARTICLE):
        part = range(start, min(start + PEOPLE_OF_ARTICLE, len(group)))
        seen = tuple(
            Sighting(
                "person",
                ((spelled[i], chance.randint(1, 4)),),
                country=group[i].country if chance.random() < COUNTRY_KNOWN else None,
            )
            for i in part
        )
        doc_id = f"{seed}-{start}"
        day = dt.date(2024, 1, 1) + dt.timedelta(days=start * 365 // len(group))
        yield ArticleSightings(hashlib.sha256(doc_id.encode()).hexdigest(), doc_id, day, seen)


def seconds(registry: Registry, wanted: Iterator[ArticleSightings]) -> float:
    """How long linking takes, some hundred articles a call; what it takes to make them up is left out."""
    taken = 0.0
    while some := list(islice(wanted, ARTICLES_OF_CALL)):
        began = time.perf_counter()
        registry.link(some)
        taken += time.perf_counter() - began
    return taken


def peak_mib() -> float:
    """The most memory of this process so far that was resident."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def measure(pairs: Path, clusters: Path, file: Path, *, entities: int, sightings: int) -> dict[str, float]:
    """Fill a new registry, link into it, and say how fast that was."""
    by_iso2 = {country.iso2: code for code, country in countries().items()}
    codes = [by_iso2[name["context_country"]] for name in read_lines(clusters) if name["context_country"]]
    group = people(read_lines(pairs), codes, entities)
    again = random.Random(7).choices(group, k=sightings)
    before = peak_mib()
    with open_registry(file, matcher=build_matcher()) as registry:
        filled = seconds(registry, articles(group, seed=1))
        there = registry.stats().entities["person"]
        linked = seconds(registry, articles(again, seed=2))
        return {
            "entities there": there,
            "sightings a second, filling": entities / filled,
            "sightings a second, linking": sightings / linked,
            "entities then": registry.stats().entities["person"],
            "peak memory in MiB": peak_mib(),
            "of it before linking in MiB": before,
            "file in MiB": sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*")) / 2**20,
        }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.name_registry", description=__doc__.partition("\n")[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("clusters", type=Path)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--sightings", type=int, default=100_000)
    parser.add_argument("--file", type=Path, help="keep the registry here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = options.file or Path(folder, "registry.sqlite")
        found = measure(options.pairs, options.clusters, file, entities=options.entities, sightings=options.sightings)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
