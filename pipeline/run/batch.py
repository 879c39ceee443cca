"""Batch: a run over inputs that can be stopped anywhere, and goes on where its last checkpoint was."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Any, Self

from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.link.registry import Registry
from pipeline.linker import linked_together, remember
from pipeline.record import RejectRecord
from pipeline.run.chunks import Again, Chunk, Item, Repeat, chunked, marked
from pipeline.run.judge import Judge
from pipeline.run.settle import settle
from pipeline.run.tally import Tally
from pipeline.run.work import Outcome, Work

SECONDS = 2.0
"""How long a run goes on without a checkpoint, at least."""

CHANGED = "the input is not what it was when the run was stopped: call with --restart to begin anew"


@dataclass(slots=True)
class Place:
    """How far a run is in its input: so many chunks and items have been dealt with, and a digest of all of them.

    `ahead` are the chunks beyond it that have been dealt with too: by number, how many items each has and its digest.
    """

    chunks: int = 0
    items: int = 0
    digest: str = ""
    ahead: dict[int, tuple[int, str]] = field(default_factory=dict)

    def move(self, chunk: Chunk) -> None:
        """Note a chunk as dealt with."""
        self.ahead[chunk.number] = len(chunk.items), chunk.digest
        while self.chunks in self.ahead:
            items, digest = self.ahead.pop(self.chunks)
            self.chunks += 1
            self.items += items
            self.digest = hashlib.blake2b(f"{self.digest}\n{digest}".encode(), digest_size=16).hexdigest()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The place that `values` gave, after a way through JSON."""
        return cls(
            values["chunks"],
            values["items"],
            values["digest"],
            {int(number): (items, digest) for number, (items, digest) in values["ahead"].items()},
        )

    def values(self) -> dict[str, Any]:
        """The place as JSON can hold it."""
        return asdict(self)


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
        left = Place.of(note["place"])
        self.seconds = note["seconds"]
        self.judge.ledger.go_back(note["ledger"])
        remember(self.tally.again(note["counts"]), self.registry)
        for chunk in chunked(islice(items, left.items), articles=self.size):
            self.place.move(chunk)
        if self.stopped():
            raise KeyboardInterrupt
        if replace(left, ahead={}) != self.place:
            raise InputError(CHANGED)
        self.place = left

    def run(self, items: Iterable[Item], work: Work) -> None:
        """Write what the items give, with a checkpoint now and then, and one where the run was stopped."""
        began = last = time.monotonic()
        chunks = marked(self._left(chunked(items, articles=self.size, first=self.place.chunks)), self.judge)
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
                self.place.move(chunk)
                if time.monotonic() - last >= SECONDS:
                    self._checkpoint(began)
                    last = time.monotonic()
            elif self.stopped():
                return
        if self.stopped():
            self._checkpoint(began)

    def _left(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """The chunks without those that the run before has dealt with."""
        before = dict(self.place.ahead)
        for chunk in chunks:
            dealt_with = before.pop(chunk.number, None)
            if dealt_with is None:
                yield chunk
            elif dealt_with != (len(chunk.items), chunk.digest) and not self.stopped():
                raise InputError(CHANGED)
        if before and not self.stopped():
            raise InputError(CHANGED)

    def _checkpoint(self, began: float) -> None:
        if not self.place.items and not self.place.ahead:
            return
        note: dict[str, Any] = {
            "place": self.place.values(),
            "ledger": self.judge.ledger.save(),
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
