"""Batch: a run over inputs that can be stopped anywhere, and goes on where its last checkpoint was."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.link.registry import Registry
from pipeline.linker import linked_together, remember
from pipeline.record import RejectRecord
from pipeline.run.chunks import Again, Item, Repeat, chunked, marked
from pipeline.run.judge import Judge
from pipeline.run.settle import settle
from pipeline.run.tally import Tally
from pipeline.run.work import Outcome, Work

SECONDS = 2.0
"""How long a run goes on without a checkpoint, at least."""


@dataclass(slots=True)
class Place:
    """How far a run is in its input: how many items it has dealt with, and a digest of all of them."""

    items: int = 0
    digest: str = ""

    def move(self, items: Iterable[Item]) -> None:
        """Go past some items."""
        for item in items:
            self.items += 1
            said = item.text if isinstance(item, Article) else item.message
            told = f"{self.digest}\n{item.doc_id}\n{said}".encode("utf-8", "surrogatepass")
            self.digest = hashlib.blake2b(told, digest_size=16).hexdigest()


@dataclass(slots=True)
class Batch:
    """One run: chunks of articles through the line, their entities through the registry, and into the output folder.

    `size` is how many articles make a chunk, `watch` is called with the tally after each. `stopped` tells whether
    the input ended early, `judge` which articles are not read. With `keep_text` the lines of documents have the
    articles' texts.
    """

    tally: Tally
    registry: Registry
    size: int
    watch: Callable[[Tally], None]
    stopped: Callable[[], bool]
    judge: Judge
    keep_text: bool = False
    place: Place = field(default_factory=Place)
    seconds: float = 0.0
    """How long the runs took that this one goes on from."""

    def resume(self, items: Iterator[Item]) -> None:
        """Go on where the run before left off: its records count as this one's, its items are taken off the input.

        Raises `InputError` when the input begins in another way than it did then, and `KeyboardInterrupt` when it
        is stopped meanwhile: there is nothing to keep yet.
        """
        note = self.tally.folder.left
        if note is None:
            return
        left = Place(**note["place"])
        self.seconds = note["seconds"]
        remember(self.tally.again(note["counts"]), self.registry)
        self.place.move(islice(items, left.items))
        if self.stopped():
            raise KeyboardInterrupt
        if self.place != left:
            raise InputError("the input is not what it was when the run was stopped: call with --restart to begin anew")

    def run(self, items: Iterable[Item], work: Work) -> None:
        """Write what the items give, with a checkpoint now and then, and one where the run was stopped."""
        began = last = time.monotonic()
        chunks = marked(chunked(items, articles=self.size), self.judge)
        for chunk, outcomes in work.outcomes(chunks):
            if not chunk.full and self.stopped():
                self._checkpoint(began)
            for item, outcome in zip(chunk.items, linked_outcomes(outcomes, self.registry), strict=True):
                if isinstance(item, Article):
                    self.tally.add(outcome, text=item.text if self.keep_text else None)
                    for tombstone in settle(self.judge.ledger, item, outcome):
                        self.tally.bury(tombstone)
                else:
                    self.tally.add(outcome)
            self.watch(self.tally)
            if chunk.full:
                self.place.move(chunk.items)
                if time.monotonic() - last >= SECONDS:
                    self._checkpoint(began)
                    last = time.monotonic()
            elif self.stopped():
                return
        if self.stopped():
            self._checkpoint(began)

    def _checkpoint(self, began: float) -> None:
        if not self.place.items:
            return
        self.judge.save()
        note: dict[str, Any] = {
            "place": {"items": self.place.items, "digest": self.place.digest},
            "counts": self.tally.counts,
            "seconds": self.seconds + time.monotonic() - began,
        }
        self.tally.folder.checkpoint(note)


def linked_outcomes(outcomes: Sequence[Outcome], registry: Registry) -> Iterator[Outcome]:
    """The outcomes with the registry's ids, all told to it together. Raises `RegistryError`."""
    unread = RejectRecord | Repeat | Again
    known = linked_together([outcome for outcome in outcomes if not isinstance(outcome, unread)], registry)
    for outcome in outcomes:
        yield outcome if isinstance(outcome, unread) else next(known)
