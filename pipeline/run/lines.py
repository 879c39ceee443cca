"""Lines: the records of articles that are not read."""

from __future__ import annotations

from pipeline.io.articles import reject
from pipeline.link.identify import text_digest
from pipeline.record import DocumentRecord, RejectRecord
from pipeline.run.chunks import Again, Repeat
from pipeline.stage import Rejection
from pipeline.text.language import language_code


def repeat_line(repeat: Repeat) -> DocumentRecord:
    """The line of an article that is not read, as an earlier one says the same."""
    article = repeat.article
    return DocumentRecord(
        doc_id=article.doc_id,
        outlet=article.outlet,
        url=article.url,
        title=article.title,
        published=article.published,
        language=language_code(article.language) if article.language else None,
        cited=[],
        sha256=text_digest(article.text),
        duplicate_of=repeat.of,
        entities=[],
        dates=[],
        relations=[],
        events=[],
    )


def again_line(again: Again) -> RejectRecord:
    """The reject of an article with the id of another one, or of one that comes again."""
    article = again.article
    which = "the same" if again.same else "another"
    message = f"{which} article with the id {article.doc_id[:200]!r} came before"
    return reject(article.input, article.line, article.doc_id, "duplicate_id", message)


def rejection_line(rejection: Rejection) -> RejectRecord:
    """The reject of an article that a stage cannot process."""
    article = rejection.article
    return RejectRecord(
        doc_id=article.doc_id,
        input=article.input,
        line=article.line,
        stage=rejection.stage,
        error=rejection.code,
        message=rejection.message,
    )
