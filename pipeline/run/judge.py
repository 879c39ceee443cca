"""Judge: whether an article is to be read, by what came before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.document import Article
from pipeline.run.chunks import Again, Mark, Repeat
from pipeline.run.duplicates import Duplicates
from pipeline.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells the articles that are not read; `duplicates` is None when repeats are read like any.

    Both are told of every article, in order.
    """

    ledger: Ledger
    duplicates: Duplicates | None = None

    def __call__(self, article: Article) -> Mark | None:
        """Why an article is not read; None when it is."""
        verdict = self.ledger.judge(article)
        if verdict.kind != "new":
            return Again(article, same=verdict.kind == "again")
        if self.duplicates is None:
            return None
        if verdict.older is not None:
            self.duplicates.forget(verdict.older)
        of = self.duplicates.duplicate_of(article.doc_id, article.text)
        return None if of is None else Repeat(article, of)

    def save(self) -> None:
        """Keep what is known by now."""
        if self.duplicates is not None:
            self.duplicates.save()
        self.ledger.save()


@contextmanager
def judging(place: Callable[[str], Path], *, mark: bool) -> Iterator[Judge]:
    """A judge that remembers what it is told in files, whose paths `place` gives by name, when it is told to save.

    Repeats are found only if they are to be marked. Raises `InputError` for files that are something else.
    """
    with ExitStack() as stack:
        ledger = Ledger.opened(place("ledger"))
        stack.callback(ledger.close)
        yield Judge(ledger, stack.enter_context(Duplicates.opened(place("duplicates"))) if mark else None)
