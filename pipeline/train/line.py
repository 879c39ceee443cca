"""Labelled articles taken along the line up to the stage that is trained."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline.build import build_stages
from pipeline.config import ModelSettings, Settings
from pipeline.document import Document
from pipeline.stage import Rejection, run_stages
from pipeline.train.labels import LabelledArticle, read_labelled
from pipeline.weights import BASELINE, path_of


def parse_command(description: str | None, name: str, arguments: Sequence[str] | None) -> argparse.Namespace:
    """What every training command is given: `gold` files or folders, `out` for the weights `name`."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=path_of(name))
    return parser.parse_args(arguments)


def read_until(stage: str, gold: Sequence[Path], *, model: str = BASELINE) -> list[tuple[LabelledArticle, Document]]:
    """The labelled articles of some gold, each as a document that all stages before `stage` have filled with a model.

    Raises `InputError` for gold that cannot be read, and `SystemExit` when there is none or the line rejects an
    article: labels that are silently left out would change what is learned.
    """
    labelled = list(read_labelled(gold))
    if not labelled:
        raise SystemExit(f"no labelled articles in {', '.join(map(str, gold))}")
    settings = Settings(model=ModelSettings(name=model))
    stages, _ = build_stages(settings)
    before = stages[: [s.name for s in stages].index(stage)]
    found = []
    articles = [item.article for item in labelled]
    size = settings.segment.batch_size
    for item, document in zip(
        labelled, run_stages(before, articles, batch_size=size, finish=lambda document: document), strict=True
    ):
        if isinstance(document, Rejection):
            raise SystemExit(f"{item.article.doc_id}: {document.message}")
        found.append((item, document))
    return found
