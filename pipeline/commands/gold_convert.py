"""`dragoman gold convert`: gold from one format into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import CannotWrite
from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem
from pipeline.gold.read import check, read_gold
from pipeline.gold.write import unwritable, write_gold


def convert(
    source: Path, out: Path, *, target_format: str, source_format: str | None = None, texts: Path | None = None
) -> tuple[int, list[Problem]]:
    """Write to `out` what `source` holds; how many articles were written, and why the others were not.

    The formats are keys of `pipeline.gold.read.FORMATS`, the source's by default what is detected. Articles that
    cannot be read, that repeat an id, or that the target cannot hold are left out. Raises `InputError` when nothing
    can be read and `OutputError` when nothing can be written.
    """
    check(target_format)
    faults: list[Problem] = []
    articles = list(_articles(read_gold(source, format=source_format, texts=texts), source, faults))
    try:
        write_gold(articles, out, format=target_format)
    except CannotWrite:
        refused = {error.article: error.reason for error in unwritable(articles, format=target_format)}
        faults += [Problem(str(source), None, id, f"{target_format}: {reason}") for id, reason in refused.items()]
        articles = [article for article in articles if article.id not in refused]
        write_gold(articles, out, format=target_format)
    return len(articles), faults


def _articles(found: Iterable[GoldArticle | Problem], source: Path, faults: list[Problem]) -> Iterator[GoldArticle]:
    seen = set()
    for item in found:
        if isinstance(item, Problem):
            faults.append(item)
        elif item.id in seen:
            faults.append(Problem(str(source), None, item.id, "the id stands twice; only the first article is taken"))
        else:
            seen.add(item.id)
            yield item
