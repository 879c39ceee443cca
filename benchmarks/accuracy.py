"""Accuracy against hand labels, by the reference scorer.

``python -m benchmarks.accuracy [GOLD_DIR [--texts DIR]]`` runs `dragoman run` over the texts of a folder of labels
(`<id>.yaml` beside `<id>.txt`, or the texts in a folder of their own) and prints what the reference scorer `score.py`
says. Without GOLD_DIR it measures the seeds and the two development parts of the marked-up corpus.

Scorer and corpus are no part of this repository. They are looked for in the folder that the environment variable
DRAGOMAN_SHARED names, else in `shared` beside the checkout; where there is none, this says so and ends with 0.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.articles import SEEDS, shared

HELD_OUT = ("dev", "statedept-dev")


def score(scorer: Path, labels: Path, texts: Path) -> None:
    """Run the line over the labelled texts and let the scorer print; raises `FileNotFoundError` for a missing text."""
    inputs = [texts / f"{label.stem}.txt" for label in sorted(labels.glob("*.yaml"))]
    missing = [str(path) for path in inputs if not path.is_file()]
    if missing or not inputs:
        raise FileNotFoundError(", ".join(missing) or f"no labels in {labels}")
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(
            [sys.executable, "-m", "pipeline", "run", "--quiet", *map(str, inputs), "--out", out], check=True
        )
        subprocess.run([sys.executable, str(scorer), str(labels), out], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__.partition("\n")[0])
    parser.add_argument("gold", type=Path, nargs="?", metavar="GOLD_DIR")
    parser.add_argument("--texts", type=Path, help="the folder of the texts, if it is not GOLD_DIR")
    options = parser.parse_args()
    reference = shared()
    if reference is None or not (scorer := reference / "gold" / "score.py").is_file():
        print("The reference scorer is not here (DRAGOMAN_SHARED); nothing was measured.")
        return 0
    if options.gold:
        score(scorer, options.gold, options.texts or options.gold)
        return 0
    print("== seeds", flush=True)
    score(scorer, SEEDS / "gold", SEEDS)
    for part in HELD_OUT:
        articles = sorted(map(str, (reference / "corpus" / part).glob("*.txt")))
        if not articles:
            continue
        with tempfile.TemporaryDirectory() as labels:
            compiler = reference / "corpus" / "corpus.py"
            subprocess.run(
                [sys.executable, str(compiler), "labels", labels, *articles], check=True, stdout=subprocess.DEVNULL
            )
            print(f"== {part}", flush=True)
            score(scorer, Path(labels), Path(labels))
    return 0


if __name__ == "__main__":
    sys.exit(main())
