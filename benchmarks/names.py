"""How well are spellings of one person's name told from another's, and how fast, next to other scorers?

``python -m benchmarks.names [PAIRS] [CLUSTERS] [--only pairs|clusters|registry] [--json FILE]``

PAIRS and CLUSTERS are JSON Lines files of pairs of names and of names by person; left out, those of the shared folder.

Pairs: dragoman scores each with a model trained without both its persons. The threshold is the one with the highest F1
on these very pairs, for dragoman also 0.5. Pairs a second are of one core (processor time); names were parsed, and
scored in other pairs, before.

Clusters: pairs that share one of dragoman's blocking keys and reach a threshold are joined, again the best one, for
dragoman also the registry's. For the others, pairs that share a word in roman letters are candidates too if that is
better for them, and with countries they never join names of two countries.

Registry: see `benchmarks.name_registry`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.articles import shared
from benchmarks.name_clusters import Cut, apart, best_cut, blocking, candidates, cut
from benchmarks.name_pairs import best_threshold, measures, read_lines
from benchmarks.name_peers import PEERS, Peer, installed, rate, romanised, scores
from pipeline.data import countries as known_countries
from pipeline.match import build_matcher
from pipeline.names.keys import blocking_keys
from pipeline.names.parse import Name, parse_name
from pipeline.names.similarity import probabilities
from pipeline.train.name_folds import cross_validated, fold_models

Table = dict[str, dict[str, float]]
"""Figures by system and name."""
PARTS = ("pairs", "clusters", "registry")
RATE = "pairs a second"


def dragoman_rate(left: Sequence[Name], right: Sequence[Name]) -> float:
    """Pairs a second of processor time with the weights that are shipped; as for peers the names were seen before."""
    probabilities(left, [*right[1:], right[0]])
    began = time.process_time()
    probabilities(left, right)
    return len(left) / (time.process_time() - began)


def of_pairs(pairs: Sequence[Mapping[str, Any]], peers: Sequence[Peer]) -> Table:
    """The figures of every system on pairs."""
    same = np.array([pair["same"] for pair in pairs], dtype=bool)
    texts = [(pair["a"], pair["b"]) for pair in pairs]
    names = [name for pair in texts for name in pair]
    numbers = [(i, i + 1) for i in range(0, len(names), 2)]
    own = cross_validated(pairs)
    speed = {RATE: dragoman_rate([parse_name(a) for a, _ in texts], [parse_name(b) for _, b in texts])}
    table = {
        "dragoman": measures(pairs, own, best_threshold(same, own)) | speed,
        "dragoman at 0.5": measures(pairs, own, 0.5) | speed,
    }
    for peer in peers:
        found = scores(peer, names, numbers)
        table[peer.name] = measures(pairs, found, best_threshold(same, found)) | {RATE: rate(peer, texts)}
    return table


def of_clusters(names: Sequence[Mapping[str, Any]], pairs: Sequence[Mapping[str, Any]], peers: Sequence[Peer]) -> Table:
    """The figures of every system on names of known people; `pairs` are what dragoman is trained on."""
    texts = [name["name"] for name in names]
    people = [name["id"] for name in names]
    countries = [name["context_country"] for name in names]
    parsed = [parse_name(text) for text in texts]
    keys = [blocking_keys(name) for name in parsed]
    own = candidates([k.stored for k in keys], [k.asked for k in keys])
    left, right = ([parsed[i] for i in own[:, side].tolist()] for side in (0, 1))
    kept = blocking(people, own) | {RATE: dragoman_rate(left, right)}
    codes = iso3(countries)
    folds = fold_models(pairs, names)
    alone = folds.probabilities(left, right)
    informed = folds.probabilities(left, right, countries=[(codes[a], codes[b]) for a, b in own.tolist()])
    threshold = build_matcher().threshold
    table = {
        "dragoman": kept
        | figures({"names alone": best_cut(people, own, alone), "with countries": best_cut(people, own, informed)}),
        "dragoman's registry": kept
        | figures(
            {"names alone": cut(people, own, alone, threshold), "with countries": cut(people, own, informed, threshold)}
        ),
    }
    if peers:
        words = [romanised(text).split() for text in texts]
        more = np.unique(np.concatenate([own, candidates(words, words)]), axis=0)
        blocked = np.isin(more @ [len(names), 1], own @ [len(names), 1])
        together = ~apart(countries, more)
    for peer in peers:
        found = scores(peer, texts, more.tolist())
        cuts = {}
        for given, allowed in (("names alone", np.ones_like(together)), ("with countries", together)):
            tried = (best_cut(people, more[mask], found[mask]) for mask in (allowed & blocked, allowed))
            cuts[given] = max(tried, key=lambda one: one.f1)
        table[peer.name] = figures(cuts)
    return table


def of_registry(pairs: Path, clusters: Path) -> Table:
    """The figures of the registry, measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.name_registry", str(pairs), str(clusters)]
    ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return {"registry": json.loads(ended.stdout)}


def iso3(countries: Sequence[str]) -> list[str | None]:
    """ISO3 codes for ISO2 codes, None for the empty text; raises `KeyError` for any other."""
    codes: dict[str, str | None] = {country.iso2: code for code, country in known_countries().items()}
    return [codes[country] if country else None for country in countries]


def figures(cuts: Mapping[str, Cut]) -> dict[str, float]:
    """The figures of partitions by what they were made from."""
    return {
        f"{name}, {given}": value
        for given, one in cuts.items()
        for name, value in (
            ("B-cubed F1", one.f1),
            ("precision", one.precision),
            ("recall", one.recall),
            ("threshold", one.threshold),
        )
    }


def markdown(table: Table) -> str:
    """A table with a row a figure and a column a system, in Markdown."""
    rows = list(dict.fromkeys(name for column in table.values() for name in column))
    lines = [["", *table], ["---", *("---:" for _ in table)]]
    lines += [[row, *(written(column.get(row)) for column in table.values())] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def written(value: float | None) -> str:
    """A figure as people read it: thousands without decimals, others with three."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3f}"


def versions() -> dict[str, str]:
    """The versions of what was measured, without what is not installed."""
    packages = {package for modules, _ in PEERS.values() for package in modules.values()}
    found = {"dragoman": version("dragoman")}
    for package in sorted(packages):
        with contextlib.suppress(PackageNotFoundError):
            found[package] = version(package)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.names", description=__doc__.partition("\n")[0])
    folder = (shared() or Path("shared")) / "data" / "names"
    parser.add_argument("pairs", type=Path, nargs="?", default=folder / "pairs.dev.jsonl")
    parser.add_argument("clusters", type=Path, nargs="?", default=folder / "clusters.dev.jsonl")
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    options = parser.parse_args()
    for path in (options.pairs, options.clusters):
        if not path.is_file():
            parser.error(f"{path}: no such file")
    pairs, names = read_lines(options.pairs), read_lines(options.clusters)
    peers, missing = installed()
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}\n{len(pairs)} pairs, {len(names)} names\n{versions()}")
    for name, packages in missing.items():
        print(f"not measured: {name} (not installed: {', '.join(packages)})")
    parts: dict[str, Callable[[], Table]] = {
        "pairs": lambda: of_pairs(pairs, peers),
        "clusters": lambda: of_clusters(names, pairs, peers),
        "registry": lambda: of_registry(options.pairs, options.clusters),
    }
    tables = {}
    for part in PARTS:
        if options.only in (None, part):
            tables[part] = parts[part]()
            print(f"\n{part}\n\n{markdown(tables[part])}", flush=True)
    if options.json:
        report = {"machine": machine, "versions": versions(), "not installed": missing, **tables}
        options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
