"""Accuracy against hand labels, by the reference scorer.

``python -m benchmarks.accuracy [GOLD_DIR [--texts DIR] [--published]]`` runs `dragoman run` over the texts of a folder
of labels (`<id>.yaml` beside `<id>.txt`, or the texts in a folder of their own) and prints what the reference scorer
`score.py` says. Without GOLD_DIR it measures the seeds and the two development parts of the marked-up corpus.

The line gets the text alone. With `--published` it also gets the labels' day of publication, as from a dump that has
it beside the text; so it does for `statedept-dev`, whose texts do not show theirs.

Scorer and corpus are no part of this repository. They are looked for in the folder that the environment variable
DRAGOMAN_SHARED names, else in `shared` beside the checkout; where there is none, this says so and ends with 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from benchmarks.articles import SEEDS, raw_text, shared

HELD_OUT = {"dev": False, "statedept-dev": True}
"""Parts of the corpus that nothing is tuned on, and whether the day of publication comes beside the text."""


def score(scorer: Path, labels: Path, texts: Path, *, published: bool) -> None:
    """Run the line over the labelled texts and let the scorer print.

    Raises `FileNotFoundError` for a label without its text and for a folder without labels.
    """
    articles = []
    for path in sorted(labels.glob("*.yaml")):
        label = yaml.safe_load(path.read_text(encoding="utf-8"))
        article = {"id": label["id"], "text": raw_text(texts / f"{path.stem}.txt")}
        if published and label["published"]:
            article["published"] = str(label["published"])
        articles.append(json.dumps(article) + "\n")
    if not articles:
        raise FileNotFoundError(f"no labels in {labels}")
    with tempfile.TemporaryDirectory() as scratch:
        source, out = Path(scratch, "articles.jsonl"), Path(scratch, "out")
        source.write_text("".join(articles), encoding="utf-8")
        command = [sys.executable, "-m", "pipeline", "run", "--quiet", str(source), "--out", str(out)]
        subprocess.run(command, check=True)
        subprocess.run([sys.executable, str(scorer), str(labels), str(out)], check=True)
        counts = json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]
        print(f"{counts['rejects']} of {counts['articles']} articles rejected", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__.partition("\n")[0])
    parser.add_argument("gold", type=Path, nargs="?", metavar="GOLD_DIR")
    parser.add_argument("--texts", type=Path, help="the folder of the texts, if it is not GOLD_DIR")
    parser.add_argument("--published", action="store_true", help="give the day of publication beside the text")
    options = parser.parse_args()
    reference = shared()
    if reference is None or not (scorer := reference / "gold" / "score.py").is_file():
        print("The reference scorer is not here (DRAGOMAN_SHARED); nothing was measured.")
        return 0
    if options.gold:
        score(scorer, options.gold, options.texts or options.gold, published=options.published)
        return 0
    print("== seeds", flush=True)
    score(scorer, SEEDS / "gold", SEEDS, published=False)
    compiler = reference / "corpus" / "corpus.py"
    for part, published in HELD_OUT.items():
        articles = sorted(map(str, (reference / "corpus" / part).glob("*.txt")))
        if not articles:
            continue
        with tempfile.TemporaryDirectory() as labels:
            command = [sys.executable, str(compiler), "labels", labels, *articles]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            print(f"== {part}", flush=True)
            score(scorer, Path(labels), Path(labels), published=published)
    return 0


if __name__ == "__main__":
    sys.exit(main())
