"""Are articles that repeat an earlier one found, and are others left alone?

``python -m benchmarks.duplicates FOLDER_OR_FILE… [--half tuning|report] [--seed N] [--nearest N]``

Articles are JSON Lines (gzipped or not, one object with `text` a line, `id` if it has one), gold files, or folders of
plain or marked texts. Half of them, drawn by their id, are for tuning, the other half is reported on. From each,
repeats are made by edits (benchmarks.duplicate_edits) and articles that are none by contrasts
(benchmarks.duplicate_contrasts); each is looked up among the articles as they are. An answer counts as right for a
repeat when it names the article, for the others when it names none. Printed are precision and recall with 95 %
intervals (Wilson, 1927), for all and for each kind, words a second, bytes an article, and with --nearest the nearest
pairs among the articles as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.articles import dump, raw_text
from benchmarks.duplicate_contrasts import CONTRASTS, Source, cast, differs
from benchmarks.duplicate_edits import EDITS
from pipeline.errors import InputError
from pipeline.gold.model import GoldArticle
from pipeline.gold.read import detect, read_gold
from pipeline.run.duplicates import Duplicates, DuplicateSettings
from pipeline.run.likeness import Likeness, likeness
from pipeline.run.wording import told

OTHERS = 4
"""The longest of so many articles of the other half lends its sentences, so that it mostly has enough of them."""
QUANTILE = 1.96
"""Of the normal distribution, for an interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Case:
    """A made text; `repeats` is the id of the article that it repeats, None when it repeats none."""

    kind: str
    source: str
    text: str
    repeats: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many texts of a kind were answered rightly."""

    right: int
    all: int

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share that is right; (0, 1) of nothing."""
        if not self.all:
            return 0.0, 1.0
        share, z2 = self.right / self.all, QUANTILE**2
        centre = (share + z2 / (2 * self.all)) / (1 + z2 / self.all)
        half = QUANTILE / (1 + z2 / self.all) * math.sqrt(share * (1 - share) / self.all + z2 / (4 * self.all**2))
        return max(0.0, centre - half), min(1.0, centre + half)

    def __str__(self) -> str:
        low, high = self.interval()
        share = self.right / self.all if self.all else math.nan
        return f"{share:.4f} [{low:.4f}, {high:.4f}] {self.right}/{self.all}"


def sources(path: Path) -> Iterator[Source]:
    """The articles of a file or folder; raises `ValueError` for a dump with a line without a text."""
    try:
        form = detect(path)
    except InputError:
        form = None
    if form in ("gold", "marked"):
        for item in read_gold(path, format=form):
            if isinstance(item, GoldArticle):
                yield Source(item.id, item.text, item)
    elif path.is_dir():
        yield from (Source(file.stem, raw_text(file)) for file in sorted(path.glob("*.txt")))
    else:
        for number, item in enumerate(dump(path), 1):
            yield Source(str(item.get("id") or f"{path.name}-{number}"), item["text"])


def in_half(source: Source, half: str) -> bool:
    """Whether an article is of a half, "tuning" or "report"; the same on every call."""
    return hashlib.sha256(source.id.encode()).digest()[0] % 2 == (half == "report")


def cases(articles: Sequence[Source], lenders: Sequence[Source], *, seed: int) -> Iterator[Case]:
    """One text of each kind made of each article, as far as it can be made, with sentences of the lenders."""
    renamed = cast(articles)
    for source in articles:
        for kind, edit in EDITS.items():
            text = edit(source.text, random.Random(f"{seed}/{kind}/{source.id}"))
            yield Case(kind, source.id, text, source.id)
        for kind, contrast in CONTRASTS.items():
            chance = random.Random(f"{seed}/{kind}/{source.id}")
            lender = max(chance.sample(lenders, min(len(lenders), OTHERS)), key=lambda other: len(other.text))
            made = contrast(source, lender, renamed, chance)
            if made is not None and differs(source, made):
                yield Case(kind, source.id, made, None)


def known(articles: Iterable[Source], settings: DuplicateSettings) -> tuple[Duplicates, list[tuple[str, str]]]:
    """The articles in order, and the pairs of ids of those that repeat one, the earlier one first."""
    duplicates = Duplicates.opened(None, settings)
    found = []
    for article in articles:
        earlier = duplicates.duplicate_of(article.id, article.text)
        if earlier is not None:
            found.append((earlier, article.id))
    return duplicates, found


def nearest(articles: Sequence[Source], settings: DuplicateSettings) -> Iterator[tuple[Likeness, str, str]]:
    """The pairs of articles that have at least a third of the least containment, those with the most first."""
    size, longest = settings.shingle, settings.longest
    loose = replace(
        settings, contained=settings.contained / 3, own=0.0, replaced=1.0, conflicts=sys.maxsize, news=sys.maxsize
    )
    wordings = {article.id: found.prose for article in articles if (found := told(article.text, longest=longest))}
    for earlier, later in known(articles, loose)[1]:
        measured = likeness(wordings[earlier], wordings[later], size=size, least=0.0)
        if measured is not None:
            yield measured, earlier, later


def report(made: Sequence[Case], answers: Sequence[str | None]) -> Iterator[str]:
    """Lines of figures: precision and recall of all, the share of right answers of each kind."""
    pairs = list(zip(made, answers, strict=True))
    right = sum(case.repeats is not None and answer == case.repeats for case, answer in pairs)
    yield f"  precision          {Tally(right, sum(answer is not None for answer in answers))}"
    yield f"  recall             {Tally(right, sum(case.repeats is not None for case in made))}"
    for name, kinds in (("found", EDITS), ("left alone", CONTRASTS)):
        for kind in kinds:
            of_kind = [(case, answer) for case, answer in pairs if case.kind == kind]
            tally = Tally(sum(answer == case.repeats for case, answer in of_kind), len(of_kind))
            yield f"  {name:10} {kind:18} {tally}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duplicates", description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=Path, nargs="+", metavar="FOLDER_OR_FILE")
    parser.add_argument("--half", choices=("tuning", "report"), default="report", help="(report)")
    parser.add_argument("--seed", type=int, default=1, help="(1)")
    parser.add_argument("--nearest", type=int, default=0, metavar="N", help="print the N nearest pairs (0)")
    parser.add_argument("--wrong", action="store_true", help="print the texts that were answered wrongly")
    options = parser.parse_args(arguments)
    settings = DuplicateSettings()
    every = [article for path in options.articles for article in sources(path)]
    articles = [article for article in every if in_half(article, options.half)]
    lenders = [article for article in every if not in_half(article, options.half)]
    told("Ready.", longest=1)
    began = time.perf_counter()
    duplicates, found = known(articles, settings)
    seconds = time.perf_counter() - began
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words} words; {words / seconds:,.0f} words/s, ", end="")
    print(f"{len(duplicates.dumped()) / max(1, len(articles)):,.0f} bytes an article")
    print(f"repeats among the articles as they are: {len(found)}")
    for earlier, later in found:
        print(f"  {later} repeats {earlier}")
    repeats = {later for _, later in found}
    made = list(cases([article for article in articles if article.id not in repeats], lenders, seed=options.seed))
    answers = [duplicates.find(case.text) for case in made]
    for line in report(made, answers):
        print(line)
    for case, answer in zip(made, answers, strict=True):
        if options.wrong and answer != case.repeats:
            print(f"wrong: {case.kind}: made of {case.source}, said to repeat {answer}:\n{case.text}\n")
    if options.nearest:
        ranked = sorted(nearest(every, settings), key=lambda pair: -pair[0].contained)
        for measured, earlier, later in ranked[: options.nearest]:
            shares = f"{measured.own:.2f} own, {measured.replaced:.2f} replaced, {measured.dropped:.2f} dropped"
            counts = f"{measured.conflicts()} conflicts, {measured.news()} news"
            print(f"{measured.contained:.2f} {later} {earlier} {shares}, {counts}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
