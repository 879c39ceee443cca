"""One pass: the files of the inboxes through the line and into the store, commit by commit."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.config import Settings
from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.io.read import SourceReader
from pipeline.link.registry import open_registry
from pipeline.link.sqlite import MEMORY
from pipeline.match import build_matcher
from pipeline.record import RejectRecord
from pipeline.run.batch import linked_outcomes
from pipeline.run.chunks import Mark, Repeat, chunked, marked
from pipeline.run.judge import Judge, judge_of
from pipeline.run.telling import said, tell_reject
from pipeline.run.work import Work
from pipeline.schedule.inbox import inbox_files
from pipeline.schedule.inbox_file import InboxFile
from pipeline.schedule.intake import FileInHand, Intake
from pipeline.schedule.outcomes import Outcomes
from pipeline.schedule.retention import retain
from pipeline.schedule.settings import ScheduleSettings
from pipeline.store.folder import Store
from pipeline.store.troubles import Patience, Trouble, Troubles
from pipeline.store.where import Where, matches

REGISTRY = "entities.sqlite"


@dataclass(slots=True)
class Pass:
    """What one pass has at hand, run `number` of the store's history, which began at `now`; the rest is as for `sync`.

    `counts` is added to (`report.COUNTS`). Afterwards `unreachable` says which inboxes could not be listed, and
    `failed` which files and articles failed.
    """

    settings: ScheduleSettings
    base: Path
    line: Settings
    store: Store
    number: int
    now: dt.datetime
    counts: dict[str, int]
    log: logging.Logger
    stopped: Callable[[], bool]
    again: Where | None = None
    unreachable: list[str] = field(default_factory=list)
    failed: list[Trouble] = field(default_factory=list)

    @property
    def troubles(self) -> Troubles:
        """What failed, in this pass and before."""
        retry = self.settings.retry
        return Troubles(self.store.database, Patience(tries=retry.tries, wait=retry.wait))

    def run(self, start: Callable[[Settings], AbstractContextManager[Work]]) -> None:
        """Read and write all that is new. Raises `StopRun`."""
        database = self.store.database
        mark = self.line.run.duplicates == "mark"
        judge = judge_of(database, mark=mark, run=self.number, renew=True)
        ledger, duplicates = judge.ledger, judge.duplicates
        again = partial(matches, database, self.again) if self.again is not None else None
        intake = Intake(
            SourceReader(self.line.read), judge.ids, ledger, self.troubles, self.now, self.counts, self.stopped, again
        )
        with ExitStack() as stack:
            outcomes = Outcomes(
                self.store,
                ledger,
                self.troubles,
                duplicates,
                self.now,
                self._day,
                intake.redoes,
                self.line.run.keep_text,
                self.counts,
                partial(tell_reject, self.log),
                self.failed,
            )
            judged = _Again(judge, intake.redoes)
            chunks = marked(chunked(intake.items(self._files()), articles=self.line.segment.batch_size), judged)
            first = next(chunks, None)
            if first is not None:
                work = stack.enter_context(start(self.line))
                registry = stack.enter_context(
                    open_registry(registry_of(self.settings, self.base, self.line), matcher=build_matcher(self.line))
                )
                written = 0
                for chunk, results in work.outcomes(chain([first], chunks)):
                    for item, outcome in zip(chunk.items, linked_outcomes(results, registry), strict=True):
                        outcomes.take(item, outcome, intake.taken())
                    written += len(chunk.items)
                    if written >= self.settings.parts.articles:
                        self._commit(intake, outcomes)
                        written = 0
                        self.log.info(
                            "%d articles, %d events so far",
                            self.counts["articles"],
                            self.counts["events"],
                            extra=said("progress", **self.counts),
                        )
            self._commit(intake, outcomes)
            removed = retain(self.store, self.settings.retention, duplicates=duplicates, run=self.number, now=self.now)
        if removed:
            self.log.info("%d parts were removed as they are older than the records that are kept", removed)

    def _files(self) -> Iterator[InboxFile]:
        """The files of all inboxes; those that cannot be listed are noted."""
        for inbox in self.settings.inbox:
            try:
                for file in inbox_files(inbox, self.base, now=self.now, store=self.store.path):
                    if isinstance(file, RejectRecord):
                        self.unreachable.append(f"{file.input}: {file.message}")
                    else:
                        yield file
            except InputError as error:
                self.unreachable.append(str(error))
        self.counts["unreachable"] = len(self.unreachable)

    def _commit(self, intake: Intake, outcomes: Outcomes) -> None:
        """Make what was written since the last time part of the store."""
        done = list(intake.finished())
        for hand in done:
            trouble = outcomes.finish_file(hand)
            if trouble is not None:
                self.log.warning("%s: %s", trouble.name, trouble.message)
        self.store.commit(run=self.number, now=self.now)
        for hand in done:
            self._clear(hand)

    def _clear(self, hand: FileInHand) -> None:
        """Delete a file that is done, if its inbox wants that."""
        if hand.file.inbox.done == "delete" and hand.fault is None and hand.waits is None:
            try:
                hand.file.delete()
            except OSError as error:
                self.log.warning("%s: cannot be deleted: %s", hand.file.name, error)

    def _day(self, article: Article | None) -> dt.date:
        if self.settings.parts.by == "published" and article is not None and article.published is not None:
            return article.published
        return self.now.date()


def registry_of(settings: ScheduleSettings, base: Path, line: Settings) -> str:
    """Where the people and organisations of a store are remembered: in it, unless the settings say another place."""
    told = settings.registry
    if told is not None:
        return told if "://" in told else str(base / told)
    return str(base / settings.store / REGISTRY) if line.link.registry == MEMORY else line.link.registry


@dataclass(frozen=True, slots=True)
class _Again:
    """A judge that lets known articles through which are to be read again."""

    judge: Judge
    redoes: Callable[[Article], bool]

    def __call__(self, article: Article) -> Mark | None:
        if not self.redoes(article):
            return self.judge(article)
        if self.judge.duplicates is None:
            return None
        of = self.judge.duplicates.duplicate_of(article.doc_id, article.text)
        return None if of is None else Repeat(article, of)
