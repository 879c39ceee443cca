"""How long does an evaluation take, next to the extraction of what it evaluates?

``python -m benchmarks.evaluation [--gold FILE] [--count N] [--rounds N]``

Predictions for N gold articles (those of the file, repeated under other names) are made with the line; then they are
scored, with bootstrap, and the reports are written. Both are timed, models loaded, in one process.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.articles import ROOT
from pipeline import load
from pipeline.commands.evaluate import GoldSet, evaluated, load_gold, predict, write_reports


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evaluation", description=__doc__.partition("\n")[0])
    parser.add_argument("--gold", type=Path, default=ROOT / "tests" / "gold" / "dev.jsonl")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    labelled = load_gold([options.gold])
    articles = tuple(
        article.model_copy(update={"id": f"{article.id}-{number}"})
        for number, article in enumerate(itertools.islice(itertools.cycle(labelled.articles), options.count))
    )
    gold = GoldSet(articles, labelled.files)
    extractor = load()
    print(f"{len(articles)} articles, {sum(len(article.text.split()) for article in articles)} words")
    ratios = []
    for number in range(1, options.rounds + 1):
        began = time.perf_counter()
        predictions = predict(extractor, articles, give=())
        extracted = time.perf_counter()
        report = evaluated(gold, predictions, extractor={})
        with tempfile.TemporaryDirectory() as scratch:
            write_reports(Path(scratch), report, articles, predictions)
        done = time.perf_counter()
        line, evaluation = extracted - began, done - extracted
        ratios.append(evaluation / line)
        print(f"  round {number}  extraction {line:.1f} s  evaluation {evaluation:.1f} s  ratio {ratios[-1]:.2f}")
    print(f"  median ratio {statistics.median(ratios):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
