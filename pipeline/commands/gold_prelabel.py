"""`dragoman gold prelabel`: the system's own reading of articles, in the format of an annotation tool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline import load
from pipeline.config import load_settings
from pipeline.document import Article
from pipeline.gold.model import GoldArticle
from pipeline.gold.prelabel import prelabel as draft
from pipeline.gold.problems import Problem
from pipeline.gold.read import check
from pipeline.gold.write import unwritable, write_gold
from pipeline.io.articles import parse_mapping
from pipeline.io.read import Reader
from pipeline.record import RejectRecord
from pipeline.stage import Rejection


def prelabel(
    inputs: Sequence[str],
    out: Path,
    *,
    format: str = "gold",
    config: Path | None = None,
    mapping: str | None = None,
) -> tuple[int, list[Problem]]:
    """Write drafts of the gold of `inputs` (as `dragoman run` takes them) to `out`.

    Returns how many articles were written, and a Problem for each that could not be processed or that the format
    cannot hold. Raises `InputError` for a missing input and an unknown format, `SettingsError`, `ModelError`,
    `OutputError`.
    """
    check(format)
    settings = load_settings(config)
    reader = Reader(inputs, settings.read, mapping=parse_mapping(mapping))
    problems: list[Problem] = []
    extractor = load(settings)
    drafts: list[GoldArticle] = []
    for outcome in extractor.run(_articles(reader, problems)):
        if isinstance(outcome, Rejection):
            article = outcome.article
            problems.append(Problem(article.input, article.line, article.doc_id, f"{outcome.stage}: {outcome.message}"))
        else:
            drafts.append(draft(outcome.trace, outcome.record, outcome.events))
    refused = {error.article: error.reason for error in unwritable(drafts, format=format)}
    problems += [Problem(str(out), None, article, reason) for article, reason in refused.items()]
    kept = [draft for draft in drafts if draft.id not in refused]
    write_gold(kept, out, format=format)
    return len(kept), problems


def _articles(reader: Reader, problems: list[Problem]) -> Iterator[Article]:
    """The articles; what cannot be read, and the second article with an id, goes to `problems`."""
    seen: set[str] = set()
    for item in reader:
        if isinstance(item, RejectRecord):
            problems.append(Problem(item.input, item.line, item.doc_id, item.message))
        elif item.doc_id in seen:
            problems.append(Problem(item.input, item.line, item.doc_id, "another article with this id came before"))
        else:
            seen.add(item.doc_id)
            yield item
