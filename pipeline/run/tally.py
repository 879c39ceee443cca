"""Tally: writes what comes out of the line and counts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.io.write import OutputFolder
from pipeline.link.entities import EntityTable
from pipeline.record import DocumentRecord, RejectRecord, TombstoneRecord
from pipeline.run.chunks import Again, Repeat
from pipeline.run.lines import again_line, rejection_line, repeat_line
from pipeline.run.work import Outcome
from pipeline.stage import Rejection

COUNTS = ("articles", "documents", "duplicates", "superseded", "events", "entities", "rejects")


@dataclass(slots=True)
class Tally:
    """The records of a run and their numbers; `rejected` is told of every article that the line rejects."""

    folder: OutputFolder
    rejected: Callable[[RejectRecord], None]
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    entities: EntityTable = field(default_factory=EntityTable)

    @property
    def done(self) -> int:
        """How many articles have come out, as documents or as rejects."""
        return self.counts["documents"] + self.counts["rejects"]

    def add(self, outcome: Outcome, *, text: str | None = None) -> None:
        """Write the records of one article, with its `text` if that is to be kept, or why there are none."""
        self.counts["articles"] += 1
        if isinstance(outcome, RejectRecord):
            self._reject(outcome)
        elif isinstance(outcome, Rejection | Again):
            record = again_line(outcome) if isinstance(outcome, Again) else rejection_line(outcome)
            self._reject(record)
            self.rejected(record)
        elif isinstance(outcome, Repeat):
            self._document(repeat_line(outcome), text)
            self.counts["duplicates"] += 1
        else:
            self._document(outcome.record, text)
            self.entities.add(outcome.record)
            for event in outcome.events:
                self.folder.write("events.jsonl", event)
            self.counts["events"] += len(outcome.events)

    def bury(self, tombstone: TombstoneRecord) -> None:
        """Write that the records of an older version hold no longer."""
        self.folder.write("tombstones.jsonl", tombstone)
        self.counts["superseded"] += 1

    def again(self, counts: Mapping[str, int]) -> Iterator[DocumentRecord]:
        """Take over what an earlier run left in the folder: its numbers, and the documents it read, which are given."""
        self.counts.update(counts)
        for line in self.folder.written("documents.jsonl"):
            record = DocumentRecord.model_validate_json(line)
            if record.duplicate_of is None:
                self.entities.add(record)
                yield record

    def close(self, now: Mapping[str, str]) -> None:
        """Write the entities, each under the id that it is known by `now`."""
        for entity in self.entities.records(now):
            self.folder.write("entities.jsonl", entity)
            self.counts["entities"] += 1

    def _document(self, record: DocumentRecord, text: str | None) -> None:
        self.folder.write("documents.jsonl", record.model_copy(update={"text": text}))
        self.counts["documents"] += 1

    def _reject(self, record: RejectRecord) -> None:
        self.folder.write("rejects.jsonl", record)
        self.counts["rejects"] += 1
