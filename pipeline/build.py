"""Build: from settings to the visible list of stages. The only module that loads models."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version

from pipeline.config import Settings
from pipeline.document import Article, Document
from pipeline.encode.encode import Encode, make_encode
from pipeline.encode.model import load_encoder
from pipeline.errors import RejectArticle
from pipeline.events.assemble import Assemble
from pipeline.events.detect import Detect
from pipeline.ground.dates import GroundDates
from pipeline.ground.describe import Describe
from pipeline.ground.settle import GroundEvents
from pipeline.io.articles import check_unicode
from pipeline.io.published import parse_published
from pipeline.link.identify import text_digest
from pipeline.link.records import to_records
from pipeline.names.refer import Refer
from pipeline.names.resolve import Resolve
from pipeline.reading.decisions import read_decisions
from pipeline.recognise.recognise import Recognise
from pipeline.record import Extractor as ExtractorRecord
from pipeline.record import Records
from pipeline.relate.positions import Relate
from pipeline.stage import Rejection, Stage, check_order, run_stages
from pipeline.text.clean import Clean
from pipeline.text.segment import Segment, load_model, load_tokenizer
from pipeline.weights import BASELINE, model_folder

TOGETHER = 2
"""How many articles an encoder and the stages behind it take at a time. It reads each window alone, so with more the
records are the same, no sooner, and take some 5 MB of memory an article."""
LEARNT = 10_000
"""How many words of the articles an extractor keeps in its vocabulary for good: with those the next articles, which
have most of them, are parted into words sooner."""


@dataclass(frozen=True, slots=True)
class Result(Records):
    """What one article gave: its lines, and how they came about."""

    article: Article
    trace: Document


def build_stages(settings: Settings) -> tuple[tuple[Stage, ...], dict[str, str]]:
    """The line in order, and the models it uses with their versions. Raises `ModelError`."""
    decisions = None
    chosen = settings.model
    if chosen.name == BASELINE:
        nlp = load_model(settings.segment)
        parsing: Stage = Segment(nlp, settings.segment.batch_size)
    else:
        folder = model_folder(chosen.name)
        nlp = load_tokenizer(settings.segment)
        parsing = make_encode(nlp, load_encoder(folder, threads=chosen.threads, runtime=chosen.runtime))
        decisions = read_decisions(folder / "decisions.json")
    stages: tuple[Stage, ...] = (
        Clean(settings.clean),
        parsing,
        Recognise(),
        Resolve(),
        Relate(),
        Refer(),
        Detect(),
        GroundDates(),
        GroundEvents(),
        Assemble(settings.detect, decisions),
        Describe(),
    )
    check_order(stages)
    return stages, {"recogniser": chosen.name, "spacy": f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"}


def build_segmenter(settings: Settings | None = None) -> tuple[Stage, ...]:
    """The stages that clean an article and parse it with spaCy. Raises `ModelError`."""
    settings = settings or Settings()
    return Clean(settings.clean), Segment(load_model(settings.segment), settings.segment.batch_size)


class Extractor:
    """The whole line, ready to read articles."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.stages, self.models = build_stages(settings)
        self._nlp = next(stage.nlp for stage in self.stages if isinstance(stage, Segment | Encode))
        self._loaded = len(self._nlp.vocab.strings)
        self._extractor = ExtractorRecord(version=version("dragoman"), model=settings.model.name)

    def __call__(
        self,
        text: str,
        *,
        published: str | dt.date | None = None,
        title: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
        doc_id: str | None = None,
    ) -> Result:
        """Read one article.

        `published` is the publication day, in any form that `parse_published` reads; `doc_id` is
        made from the text when none is given. Raises `RejectArticle` when the article cannot be
        processed, or `published` is no day.
        """
        check_unicode(text, "text")
        key = doc_id or f"doc_{text_digest(text)[:16]}"
        article = Article(key, text, title=title, published=parse_published(published), url=url, outlet=outlet)
        (result,) = self.run([article])
        if isinstance(result, Rejection):
            raise RejectArticle(result.code, f"{result.stage}: {result.message}")
        return result

    def run(self, articles: Iterable[Article]) -> Iterator[Result | Rejection]:
        """Read many articles; yields a result or a rejection for each, in order."""
        together = self.settings.segment.batch_size
        if self.settings.model.name != BASELINE:
            together = min(together, TOGETHER)
        return run_stages(self.stages, articles, batch_size=together, finish=self._finish)

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Articles that are read inside leave no words behind, once `LEARNT` are known: a process that reads articles
        for ever would keep every word of them.

        Results that come inside must not be used outside, but for their records: their parses are invalid there (see
        `spacy.language.Language.memory_zone`).
        """
        if len(self._nlp.vocab.strings) - self._loaded < LEARNT:
            yield
            return
        with self._nlp.memory_zone():
            yield

    def _finish(self, document: Document) -> Result:
        record, events = to_records(document, extractor=self._extractor)
        return Result(record, events, document.article, document)


def load(settings: Settings | None = None) -> Extractor:
    """An extractor with these settings, by default with the defaults. Raises `ModelError`."""
    return Extractor(settings or Settings())
