"""Prepare: everything that `pipeline.train.fit` reads, as examples, from gold and what can be made of it.

    python -m pipeline.train.prepare GOLD… --out build/train [--copies 2] [--synthetic 1600] [--public FOLDER NAME…]
        [--plain FILE.jsonl]

One article in ten is held out, by the digest of its id: `held_out.jsonl` and `held_out.pkl.gz`. The others make
`kept.jsonl` and `gold.pkl.gz`, their changed copies `copies.pkl.gz`. `synthetic.pkl.gz` comes from the plans,
`public.pkl.gz` from public corpora that label a part of what we do, and `plain.pkl.gz` from lines of JSON with a
`text`, which only teach the parse.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.gold.model import GoldArticle
from pipeline.train.augment import augment, load_pools
from pipeline.train.examples import make_examples, write_examples
from pipeline.train.gold_files import read_articles
from pipeline.train.sources import read_source
from pipeline.train.synthesis import load_plans, synthesise

CORPUS = Path("models/corpus")


def is_held_out(article: GoldArticle) -> bool:
    """Whether an article is kept for calibration: one in ten, the same ones for ever."""
    return int(hashlib.sha256(article.id.encode()).hexdigest(), 16) % 10 == 0


def copies(articles: Sequence[GoldArticle], number: int) -> Iterator[GoldArticle]:
    """So many changed copies of each article."""
    pools = load_pools(CORPUS, articles)
    for n in range(number):
        for article in articles:
            yield augment(article, pools, random.Random(f"{article.id}:{n}"))


def synthetic(number: int) -> Iterator[GoldArticle]:
    """So many articles from the plans."""
    plans = load_plans(CORPUS / "plans")
    for n in range(number):
        yield synthesise(plans, random.Random(n), id=f"synthetic-{n}")


def plain(path: Path) -> Iterator[GoldArticle]:
    """Texts without labels from lines of JSON."""
    with path.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            yield GoldArticle(
                id=f"plain-{n}", annotates=[], cited=[], text=json.loads(line)["text"],
                entities=[], mentions=[], relations=[], events=[],
            )  # fmt: skip


def write(name: str, articles: Iterable[GoldArticle], out: Path) -> None:
    """Write the examples of articles to the file of a name; says how many."""
    count = write_examples(make_examples(articles), out / f"{name}.pkl.gz")
    print(f"{name}: {count} examples", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the files of examples to the folder `--out`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--synthetic", type=int, default=0)
    parser.add_argument("--public", nargs="+", default=[])
    parser.add_argument("--plain", type=Path)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    articles = list(read_articles(options.gold))
    kept = [article for article in articles if not is_held_out(article)]
    held_out = [article for article in articles if is_held_out(article)]
    for name, some in (("kept", kept), ("held_out", held_out)):
        lines = "".join(article.model_dump_json() + "\n" for article in some)
        (options.out / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    write("held_out", held_out, options.out)
    write("gold", kept, options.out)
    if options.copies:
        write("copies", copies(kept, options.copies), options.out)
    if options.synthetic:
        write("synthetic", synthetic(options.synthetic), options.out)
    if options.public:
        folder, *names = options.public
        write("public", (a for name in names for a in read_source(name, Path(folder) / name)), options.out)
    if options.plain:
        write("plain", plain(options.plain), options.out)


if __name__ == "__main__":
    main()
