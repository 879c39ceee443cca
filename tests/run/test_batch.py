"""A run that is stopped anywhere and called again ends as one that was not stopped."""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.io.articles import reject
from pipeline.io.write import OutputFolder
from pipeline.link.identify import text_digest
from pipeline.link.registry import open_registry
from pipeline.match import build_matcher
from pipeline.record import EventRecord, Records, RunRecord
from pipeline.run import batch as module
from pipeline.run.batch import Batch
from pipeline.run.chunks import Chunk, Item
from pipeline.run.judge import judging
from pipeline.run.tally import Tally
from pipeline.run.work import Outcome
from pipeline.stage import Rejection
from tests.records import document_record, entity, event_values, ident

ITEMS: list[Item] = [
    reject("in", n, None, "broken_json", "no JSON") if n % 7 == 3 else Article(str(n), f"text {n % 15}")
    for n in range(23)
]
ITEMS[6:6] = [Article("5", "text 5"), Article("4", "another text")]
VERSIONS = {4: "a", 11: "a", 12: "b", 13: "b", 19: "a", 21: "b"}
"""By number of an article its address: versions of two articles."""
ITEMS[:] = [
    replace(item, url=f"https://a.example/{VERSIONS[int(item.doc_id)]}")
    if isinstance(item, Article) and int(item.doc_id) in VERSIONS
    else item
    for item in ITEMS
]
PEOPLE = ("Ann Lee", "Ali Nur", "Ann Lee")


class Killed(BaseException):
    """Stands for a kill: nothing in the run can catch it."""


class Line:
    """Finds one event and one person in each article, and dies in the article `dies`.

    With `chance` chunks overtake up to three others.
    """

    models = {"spacy": "none"}  # noqa: RUF012

    def __init__(self, dies: str | None = None, *, chance: random.Random | None = None) -> None:
        self._dies = dies
        self._chance = chance

    def outcomes(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
        for chunk in chunks if self._chance is None else overtaking(chunks, self._chance):
            yield chunk, [self._outcome(n, item, chunk) for n, item in enumerate(chunk.items)]

    def _outcome(self, number: int, item: Item, chunk: Chunk) -> Outcome:
        if isinstance(item, Article):
            return chunk.marks.get(number) or self._one(item)
        return item

    def _one(self, article: Article) -> Records | Rejection:
        if article.doc_id == self._dies:
            raise Killed
        if article.doc_id == "5":
            return Rejection(article, "clean", "language", "no English")
        number = int(article.doc_id)
        values = event_values(id=ident(number, "evt"))
        values["source"]["doc_id"] = article.doc_id
        event = EventRecord.model_validate(values)
        person = entity(1, "person", PEOPLE[number % 3], PEOPLE[number % 3])
        document = document_record(article.doc_id, person, events=(event.id,))
        return Records(document.model_copy(update={"sha256": f"{number:064x}"}), (event,))


def overtaking(chunks: Iterable[Chunk], chance: random.Random) -> Iterator[Chunk]:
    stream = iter(chunks)
    waiting = list(itertools.islice(stream, 4))
    while waiting:
        yield waiting.pop(chance.choice([n for n, chunk in enumerate(waiting) if chunk.full] or [0]))
        waiting += itertools.islice(stream, 1)


def run(
    out: Path, line: Line, *, items: Sequence[Item] = ITEMS, stops_after: int | None = None, keep: bool = True
) -> None:
    """One run, by default one that keeps texts; after `stops_after` items it is told to stop."""
    stopped = False

    def stream() -> Iterator[Item]:
        nonlocal stopped
        for number, item in enumerate(items):
            if number == stops_after:
                stopped = True
                return
            yield item

    with (
        OutputFolder(out, key="a") as folder,
        open_registry(":memory:", matcher=build_matcher()) as known,
        judging(folder.scratch, mark=True) as judge,
    ):
        tally = Tally(folder, lambda _: None)
        batch = Batch(tally, known, 2, lambda _: None, lambda: stopped, judge, keep)
        given = stream()
        batch.resume(given)
        batch.run(given, line)
        tally.close(known.resolve(tally.entities.ids()))
        folder.commit(
            RunRecord(
                dragoman="1", python="3", models={}, settings={}, inputs=["-"], counts=tally.counts, timings={},
                finished=not stopped,
            )
        )  # fmt: skip


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.fixture(autouse=True, scope="module")
def _checkpoints_always() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SECONDS", 0.0)
        yield


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, bytes]:
    run(tmp_path / "whole", Line())
    return contents(tmp_path / "whole")


def test_texts_are_kept_of_repeats_too(tmp_path: Path, whole: dict[str, bytes]) -> None:
    given = {(item.doc_id, item.text) for item in ITEMS if isinstance(item, Article)}
    documents = [json.loads(line) for line in whole["documents.jsonl"].splitlines()]
    assert len(documents) == 20
    assert all((document["doc_id"], document["text"]) in given for document in documents)
    run(tmp_path / "without", Line(), keep=False)
    assert [json.loads(line) for line in contents(tmp_path / "without")["documents.jsonl"].splitlines()] == [
        {key: value for key, value in document.items() if key != "text"} for document in documents
    ]


def test_repeats_are_not_read(whole: dict[str, bytes]) -> None:
    counts = RunRecord.model_validate_json(whole["run.json"]).counts
    assert counts == {
        "articles": 25, "documents": 20, "duplicates": 5, "superseded": 5, "events": 15, "entities": 2, "rejects": 5,
    }  # fmt: skip


def test_a_newer_version_withdraws_the_records_of_the_one_before(whole: dict[str, bytes]) -> None:
    found = [json.loads(line) for line in whole["tombstones.jsonl"].splitlines()]
    digests = {i.doc_id: text_digest(i.text) for i in ITEMS if isinstance(i, Article) and i.text != "another text"}
    digests["4, later"] = text_digest("another text")
    pairs = [("4", "4, later"), ("4, later", "11"), ("12", "13"), ("11", "19"), ("13", "21")]
    assert [(line["sha256"], line["replaced_by"]) for line in found] == [(digests[a], digests[b]) for a, b in pairs]
    assert [line["events"] for line in found[2:]] == [[ident(n, "evt")] for n in (12, 11, 13)]
    assert {line["before_part"] for line in found} == {None}


@pytest.mark.parametrize("dies", [0, 1, 2, 6, 9, 14])
def test_after_a_kill(tmp_path: Path, whole: dict[str, bytes], dies: int) -> None:
    with pytest.raises(Killed):
        run(tmp_path / "out", Line(str(dies)))
    run(tmp_path / "out", Line())
    assert contents(tmp_path / "out") == whole


@pytest.mark.parametrize("number", range(len(ITEMS) + 1))
def test_after_a_stop(tmp_path: Path, whole: dict[str, bytes], number: int) -> None:
    run(tmp_path / "out", Line(), stops_after=number)
    shown = RunRecord.model_validate_json(contents(tmp_path / "out")["run.json"])
    assert shown.finished is (number == len(ITEMS))
    assert shown.counts["articles"] == number
    run(tmp_path / "out", Line())
    assert contents(tmp_path / "out") == whole


def test_after_a_kill_at_every_article(tmp_path: Path, whole: dict[str, bytes]) -> None:
    for item in ITEMS[:15]:
        if isinstance(item, Article):
            with pytest.raises(Killed):
                run(tmp_path / "out", Line(item.doc_id))
    run(tmp_path / "out", Line())
    assert contents(tmp_path / "out") == whole


def test_a_stop_while_finding_the_place_loses_nothing(tmp_path: Path, whole: dict[str, bytes]) -> None:
    run(tmp_path / "out", Line(), stops_after=12)
    before = contents(tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "out", Line(), stops_after=3)
    assert contents(tmp_path / "out").keys() == before.keys()
    run(tmp_path / "out", Line())
    assert contents(tmp_path / "out") == whole


@pytest.mark.parametrize("items", [ITEMS[1:], ITEMS[:3], [Article("0", "other"), *ITEMS[1:]]])
def test_another_input_is_told(tmp_path: Path, items: Sequence[Item]) -> None:
    run(tmp_path / "out", Line(), stops_after=12)
    with pytest.raises(InputError, match="--restart"):
        run(tmp_path / "out", Line(), items=items)


def test_an_input_that_has_grown_is_read_on(tmp_path: Path) -> None:
    run(tmp_path / "out", Line(), items=ITEMS, stops_after=12)
    longer = [*ITEMS, *(Article(str(n), f"text {n}") for n in range(30, 33))]
    run(tmp_path / "out", Line(), items=longer)
    run(tmp_path / "whole", Line(), items=longer)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def lines(out: Path) -> dict[str, list[bytes]]:
    """The lines of the files; which of several newer versions a tombstone names depends on which was read first."""
    found = {name: raw.splitlines() for name, raw in contents(out).items() if name != "run.json"}
    stones = [re.sub(rb'"replaced_by.*', b"", line) for line in found["tombstones.jsonl"]]
    return {name: sorted(some) for name, some in {**found, "tombstones.jsonl": stones}.items()}


def counts(out: Path) -> dict[str, int]:
    return RunRecord.model_validate_json((out / "run.json").read_bytes()).counts


KILLS = st.lists(st.sampled_from([item.doc_id for item in ITEMS if isinstance(item, Article)]), max_size=4)


@settings(max_examples=20)
@given(kills=KILLS, stop=st.integers(0, len(ITEMS)), chance=st.randoms(use_true_random=False))
def test_whatever_overtakes_nothing_is_lost_or_doubled(
    whole_lines: dict[str, list[bytes]], kills: list[str], stop: int, chance: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out")
        for dies in kills:
            with contextlib.suppress(Killed):
                run(out, Line(dies, chance=chance))
        with contextlib.suppress(KeyboardInterrupt):  # stopped before it is where the run before was
            run(out, Line(chance=chance), stops_after=stop)
        run(out, Line(chance=chance))
        assert lines(out) == whole_lines
        assert counts(out)["articles"] == len(ITEMS)
        assert not [path for path in out.iterdir() if path.name.startswith(".")]


@pytest.fixture(scope="module")
def whole_lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bytes]]:
    out = tmp_path_factory.mktemp("whole") / "out"
    run(out, Line())
    return lines(out)


@pytest.mark.parametrize("items", [ITEMS[:9], [*ITEMS[:8], Article("8", "other"), *ITEMS[9:]]])
def test_another_input_beyond_the_place_is_told(tmp_path: Path, items: Sequence[Item]) -> None:
    with pytest.raises(Killed):
        run(tmp_path / "out", Line("1", chance=Last(1)))
    with pytest.raises(InputError, match="--restart"):
        run(tmp_path / "out", Line(), items=items)


class Last(random.Random):
    """Chooses the last."""

    def choice(self, values: Sequence[int]) -> int:  # type: ignore[override]
        return values[-1]


def test_checkpoints_are_not_made_for_every_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = itertools.count()
    original = OutputFolder.checkpoint
    monkeypatch.setattr(module, "SECONDS", 60.0)
    monkeypatch.setattr(OutputFolder, "checkpoint", lambda self, note: (next(made), original(self, note))[1])
    run(tmp_path / "out", Line())
    assert next(made) == 0
