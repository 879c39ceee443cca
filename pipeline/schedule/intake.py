"""Intake: the articles in the inboxes that the store does not know, and how far each file is."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.document import Article
from pipeline.io.articles import reject
from pipeline.io.read import SourceReader
from pipeline.record import RejectRecord
from pipeline.run.chunks import Item
from pipeline.schedule.inbox_file import InboxFile
from pipeline.store.digest_ids import DigestIds
from pipeline.store.ledger import Ledger, text_key
from pipeline.store.troubles import Troubles

PASSING = ("unreadable", "missing_package")
"""Codes of rejects whose reason can be gone the next time, so that the file is tried again."""


@dataclass(slots=True)
class FileInHand:
    """A file that is being read: how many of its items are with the line, what went wrong with the file, and until
    when one of its articles is to wait."""

    file: InboxFile
    items: int = 0
    ended: bool = False
    fault: RejectRecord | None = None
    waits: dt.datetime | None = None
    reason: str = ""

    def wait(self, until: dt.datetime, reason: str) -> None:
        """An article of it is to be tried again then."""
        if self.waits is None or until > self.waits:
            self.waits, self.reason = until, reason


@dataclass(slots=True)
class Intake:
    """Goes through files and gives what is new in them, until it is `stopped`.

    `counts` is added to (`report.COUNTS`). `again` tells of a known article whether it is to be read all the same.
    Every item that is given is noted in `given`, for `taken` to tell whose it is; items come back in their order.
    """

    reader: SourceReader
    ids: DigestIds
    ledger: Ledger
    troubles: Troubles
    now: dt.datetime
    counts: dict[str, int]
    stopped: Callable[[], bool]
    again: Callable[[Article], bool] | None = None
    given: deque[FileInHand] = field(default_factory=deque)
    ended: list[FileInHand] = field(default_factory=list)
    redone: set[tuple[str, bytes]] = field(default_factory=set)
    """Id and digest of the known articles that are being read again."""

    def items(self, files: Iterable[InboxFile]) -> Iterator[Item]:
        """The new articles, and the rejects of reading, file by file."""
        for file in files:
            if self.stopped():
                return
            if self.again is None and not self.troubles.wants_file(file.name, file.fingerprint, self.now):
                continue
            self.counts["files"] += 1
            hand = FileInHand(file)
            try:
                with file.opened() as source:
                    for item in map(self.ids, self.reader.read(source, said=file.inbox)):
                        if self.stopped():
                            return
                        if self._is_new(item, hand):
                            hand.items += 1
                            self.given.append(hand)
                            yield item
            except OSError as error:
                hand.fault = reject(file.name, None, None, "unreadable", f"cannot be fetched: {error}")
            hand.ended = True
            self.ended.append(hand)

    def taken(self) -> FileInHand:
        """The file of the next item that comes back from the line."""
        hand = self.given.popleft()
        hand.items -= 1
        return hand

    def redoes(self, article: Article) -> bool:
        """Whether an article that was given is a known one."""
        return bool(self.redone) and (article.doc_id, text_key(article.text)) in self.redone

    def finished(self) -> Iterator[FileInHand]:
        """The files of which everything has come back; each is given once."""
        done = [hand for hand in self.ended if not hand.items]
        self.ended = [hand for hand in self.ended if hand.items]
        yield from done

    def _is_new(self, item: Item, hand: FileInHand) -> bool:
        if isinstance(item, RejectRecord):
            if item.error in PASSING and item.input == hand.file.name:
                hand.fault = item
                return False
            return True
        self.counts["articles"] += 1
        if self.ledger.knows(item):
            key = (item.doc_id, text_key(item.text))
            if self.again is not None and key not in self.redone and self.again(item):
                self.redone.add(key)
                return True
            self.counts["known"] += 1
            return False
        until = self.troubles.article_waits_until(item)
        if until is not None and until > self.now:
            hand.wait(until, f"{item.doc_id}: waits to be tried again")
            return False
        return True
