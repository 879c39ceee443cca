"""Clean: from raw text to the article's own prose, with what the page says about itself."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pipeline.config import CleanSettings
from pipeline.document import Article, Document, Furniture, Paragraph, Span, Stamp, View
from pipeline.errors import RejectArticle
from pipeline.text.attribution import find_cited, find_outlet
from pipeline.text.language import detect_language, language_code, language_name
from pipeline.text.normalise import Normalised, normalise
from pipeline.text.page import Page, read_page
from pipeline.text.published import Place, Shown, publication_day, settle, shown_in_line

FOREIGN_WORDS = 5
"""Fewest words of a paragraph whose language is told by itself; names alone are like any language."""


@dataclass(frozen=True, slots=True)
class Clean:
    """Fills view, furniture, stamps, publication day, outlet, headline, cited sources and language.

    Metadata that came with the article goes before what the page shows, but for a language that nobody knows. Raises
    `RejectArticle` with code "empty" when no prose is left and "language" when it is in a language that is not read.
    """

    settings: CleanSettings

    name: ClassVar[str] = "clean"
    reads: ClassVar[frozenset[str]] = frozenset({"article"})
    writes: ClassVar[frozenset[str]] = frozenset(
        {"view", "furniture", "stamps", "published", "outlet", "headline", "cited", "language"}
    )

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [self._clean(document) for document in documents]

    def _clean(self, document: Document) -> Document:
        article = document.article
        source = normalise(article.text, fix_mojibake=self.settings.fix_mojibake)
        page = read_page(source.text, article.title, foreign=self._is_foreign)
        view = _view(source, page)
        foreign = "\n\n".join(page.of(part) for part in page.parts if part.kind == "foreign")
        language = self._language(article, view.text if len(view.text) >= len(foreign) else foreign)
        if foreign and not _has_words(view.text):
            page = read_page(source.text, article.title)
            view = _view(source, page)
        if not _has_words(view.text):
            raise RejectArticle("empty", "no prose is left when page furniture is taken away")
        told = settle(_shown(page), view.text)
        paragraphs = [page.of(part) for part in page.prose() if not part.headline]
        outlet = article.outlet or find_outlet(
            paragraphs,
            [(part.kind, page.of(part)) for part in page.parts if part.kind],
            [part.dateline.agency for part in page.parts if part.dateline and part.dateline.agency],
        )
        headline = next((page.of(part) for part in page.parts if part.headline), None)
        return replace(
            document,
            view=view,
            furniture=tuple(
                Furniture(_raw(source, part.start, part.end), part.kind) for part in page.parts if part.kind
            ),
            stamps=tuple(Stamp(_raw(source, shown.start, shown.end), day) for shown, day in told),
            published=article.published or publication_day(told),
            outlet=outlet,
            headline=article.title or headline,
            cited=find_cited(paragraphs, outlet),
            language=language,
        )

    def _language(self, article: Article, text: str) -> str | None:
        declared = language_code(article.language) if article.language else None
        found = declared or detect_language(text)
        if found is not None and found not in self.settings.languages:
            read = " and ".join(self.settings.languages)
            raise RejectArticle("language", f"the text is in {language_name(found)} ({found}); only {read} is read")
        return found

    def _is_foreign(self, text: str) -> bool:
        found = detect_language(text) if len(text.split()) >= FOREIGN_WORDS else None
        return found is not None and found not in self.settings.languages


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _raw(source: Normalised, start: int, end: int) -> Span:
    return Span(source.starts[start], source.ends[end - 1])


def _view(source: Normalised, page: Page) -> View:
    """The prose of the page, paragraphs joined by blank lines that stand for what is between them."""
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    paragraphs: list[Paragraph] = []
    for part in page.prose():
        if pieces:
            pieces.append("\n\n")
            starts.extend([ends[-1]] * 2)
            ends.extend([source.starts[part.start]] * 2)
        paragraphs.append(Paragraph(len(starts), len(starts) + part.end - part.start, part.headline))
        pieces.append(page.of(part))
        starts.extend(source.starts[part.start : part.end])
        ends.extend(source.ends[part.start : part.end])
    return View("".join(pieces), starts, ends, tuple(paragraphs))


def _shown(page: Page) -> list[Shown]:
    """The dates of date lines, bylines, datelines and signatures."""
    prose = [i for i, part in enumerate(page.parts) if part.kind is None]
    shown: list[Shown] = []
    for i, part in enumerate(page.parts):
        if part.kind == "dateline" and part.dateline and part.dateline.day:
            day = part.dateline.day
            shown.append(Shown(part.start + day.start, part.start + day.end, day, Place.DATELINE))
        elif part.kind in ("stamp", "byline", "outlet", "credit"):
            shown += shown_in_line(page.of(part), part.start, bottom=not prose or i > prose[-1])
    return shown
