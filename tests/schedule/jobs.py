"""A line that needs no model, passes over inboxes with it, and what a store holds afterwards."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Settings
from pipeline.document import Article
from pipeline.link.identify import text_digest
from pipeline.record import EventRecord, Records
from pipeline.run.chunks import Chunk
from pipeline.run.work import CRASHED, Outcome, Work
from pipeline.schedule import sync as module
from pipeline.schedule.report import Report
from pipeline.schedule.settings import ScheduleSettings
from pipeline.stage import Rejection
from pipeline.store.folder import read_parts, reading
from pipeline.store.where import Where
from tests.records import document_record, entity, event_values


class Killed(BaseException):
    """Stands for a kill: nothing in the pass can catch it."""


@dataclass
class Line:
    """Finds one event and one person in each article.

    It dies in the article `dies`, articles that `crash` kill a process of it, those in "bad" are rejected. `model`
    makes the events of one release differ from those of another.
    """

    dies: str | None = None
    crash: Collection[str] = ()
    model: str = ""
    read: list[str] = field(default_factory=list)
    models: Mapping[str, str] = field(default_factory=dict)

    @contextmanager
    def start(self, settings: Settings) -> Iterator[Work]:
        yield self

    def outcomes(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        for chunk in chunks:
            yield (
                chunk,
                [
                    chunk.marks.get(n) or self._one(item) if isinstance(item, Article) else item
                    for n, item in enumerate(chunk.items)
                ],
            )

    def _one(self, article: Article) -> Records | Rejection:
        if article.doc_id == self.dies:
            raise Killed
        self.read.append(article.doc_id)
        if article.doc_id in self.crash:
            return Rejection(article, "run", CRASHED, "the process that read it died")
        if article.text.startswith("bad"):
            return Rejection(article, "clean", "language", "no English")
        digest = text_digest(article.text)
        values = event_values(id="evt_" + hashlib.sha256((digest + self.model).encode()).hexdigest()[:16])
        values["source"] |= {"doc_id": article.doc_id, "sha256": digest}
        event = EventRecord.model_validate(values)
        document = document_record(article.doc_id, entity(1, "person", "Ann Lee", "Ann Lee"), events=(event.id,))
        return Records(document.model_copy(update={"sha256": digest, "published": article.published}), (event,))


@dataclass
class Job:
    """A scheduled job in a folder, with an inbox `inbox` and a store `store`; every pass comes an hour later."""

    path: Path
    monkeypatch: pytest.MonkeyPatch
    settings: dict[str, Any] = field(default_factory=dict)
    now: dt.datetime = dt.datetime(2030, 5, 2, 12, tzinfo=dt.UTC)
    line: Line = field(default_factory=Line)

    def __post_init__(self) -> None:
        (self.path / "inbox").mkdir()
        self.settings = {"inbox": [{"path": "inbox"}], **self.settings}
        line = self.path / "line.toml"
        line.write_text("[segment]\nbatch_size = 2\n")
        self.settings["line"] = "line.toml"

    def file(self, name: str, *articles: Mapping[str, object]) -> Path:
        """A file of the inbox with articles, one a line."""
        path = self.path / "inbox" / name
        path.write_text("".join(json.dumps(article) + "\n" for article in articles))
        return path

    def sync(
        self, *, hours: float = 1, stops_after: int | None = None, again: Where | None = None, **options: Any
    ) -> Report:
        self.now += dt.timedelta(hours=hours)
        asked = 0

        def stopped() -> bool:
            nonlocal asked
            asked += 1
            return stops_after is not None and asked > stops_after

        with self.monkeypatch.context() as patch:
            patch.setattr(module, "_now", lambda: self.now)
            return module.sync(
                ScheduleSettings.model_validate(self.settings),
                self.path,
                log=logging.getLogger("test"),
                stopped=stopped,
                again=again,
                start=self.line.start,
                **options,
            )

    def records(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind in the order of their commits, after a check that the manifest is right."""
        found = []
        with reading(self.path / "store") as database:
            parts = [part for part in read_parts(database) if part.kind == kind]
        manifest = (self.path / "store/manifest.sha256").read_text().splitlines() if parts else []
        for part in parts:
            raw = (self.path / "store" / part.path).read_bytes()
            assert f"{hashlib.sha256(raw).hexdigest()}  {part.path}" in manifest
            found += [json.loads(line) for line in raw.splitlines()]
        on_disk = {p.relative_to(self.path / "store").as_posix() for p in (self.path / "store" / kind).rglob("*.jsonl")}
        assert on_disk == {part.path for part in parts}
        return found

    def documents(self) -> list[str]:
        return [record["doc_id"] for record in self.records("documents")]
