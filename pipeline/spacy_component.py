"""dragoman as a component of a spaCy pipeline: `nlp.add_pipe("dragoman")`.

Sets on each `Doc`:

- `doc._.dragoman_events`: list of event records as dicts, in the form of a line of events.jsonl
- `doc._.dragoman_reject`: why the text was not processed, or None

`doc._.dragoman_published` (ISO day or None) can be set before the component runs; otherwise the
component's option `published` counts, and otherwise what the text says of itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.config import load_settings
from pipeline.document import Article
from pipeline.io.articles import digest_id
from pipeline.io.published import parse_published
from pipeline.stage import Rejection

if TYPE_CHECKING:
    from pipeline.build import Extractor

EXTENSIONS: dict[str, list[object] | None] = {
    "dragoman_events": [],
    "dragoman_reject": None,
    "dragoman_published": None,
}


class DragomanComponent:
    """Runs the whole line over `doc.text`, with its own model: the parse of the `Doc` is not used."""

    def __init__(self, extractor: Extractor, published: str | None) -> None:
        self._extractor = extractor
        self._published = parse_published(published)

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.pipe([doc], batch_size=1)))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The documents of `stream` in order, with the extensions set."""
        documents = iter(stream)
        while docs := list(itertools.islice(documents, batch_size)):
            for doc, outcome in zip(docs, self._extractor.run(map(self._article, docs)), strict=True):
                if isinstance(outcome, Rejection):
                    doc._.dragoman_events, doc._.dragoman_reject = [], outcome.message
                else:
                    doc._.dragoman_events = [event.model_dump(mode="json") for event in outcome.events]
                    doc._.dragoman_reject = None
                yield doc

    def _article(self, doc: Doc) -> Article:
        published = parse_published(doc._.dragoman_published) or self._published
        return Article(doc_id=digest_id(doc.text), text=doc.text, published=published)


@Language.factory("dragoman", default_config={"published": None, "config": None})
def create(nlp: Language, name: str, published: str | None, config: str | None) -> DragomanComponent:
    """The component; `published` is an ISO day, `config` the path of a settings file.

    Raises `SettingsError`, `ModelError`, and `RejectArticle` for a bad `published`.
    """
    from pipeline.build import load  # spaCy imports this module on every spacy.load: keep that cheap

    for extension, default in EXTENSIONS.items():
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=default)
    return DragomanComponent(load(load_settings(Path(config) if config else None)), published)
