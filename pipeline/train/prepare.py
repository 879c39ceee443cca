"""Prepare: gold as examples that `pipeline.train.fit` reads again and again.

python -m pipeline.train.prepare GOLD… --out FILE
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline.train.examples import make_examples, write_examples
from pipeline.train.gold_files import read_articles


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the gold, clean and parse its articles, and keep the examples in the file `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    count = write_examples(make_examples(read_articles(options.gold)), options.out)
    print(f"{options.out}: {count} examples")


if __name__ == "__main__":
    main()
