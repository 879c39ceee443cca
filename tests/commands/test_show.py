"""Records as people see them."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from pipeline.commands.show import (
    ACTOR,
    TRIGGER,
    card_of,
    day_of,
    is_type,
    marked,
    read_events,
    reprints,
    table_of,
    text_of,
)  # fmt: skip
from pipeline.commands.terminal import visible
from pipeline.errors import InputError
from pipeline.record import DateRecord
from tests.records import TEXT, document_record, event_record, ident, participant, span


def printed(what: RenderableType) -> str:
    console = Console(width=200, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    with console.file:
        console.print(what)
    return console.export_text()


def test_a_table_has_a_row_an_event() -> None:
    text = printed(table_of([event_record(), event_record(id=ident(2, "evt"), status="planned", mode=None)]))
    assert "2025-05-05" in text
    assert "CONSULT/meeting " in text
    assert "CONSULT (planned)" in text
    assert "Ann Lee, Bo Rask" in text
    assert "Oslo, NOR" in text


def test_a_card_has_everything() -> None:
    text = printed(card_of(event_record(recipients=[participant("Bo Rask", 3, kind="organization", country=None)])))
    for part in ("“Foreign Minister Ann Lee met with", "Foreign Minister of NOR", "relative", "met with", "recipient"):
        assert part in text


def test_a_card_lists_where_else_the_article_came(tmp_path: Path) -> None:
    event = event_record()
    copy = document_record("copy").model_copy(
        update={"duplicate_of": event.source.doc_id, "outlet": "Wire", "url": "https://w.example/1"}
    )
    other = document_record("other").model_copy(update={"duplicate_of": "something else"})
    assert reprints(tmp_path, event) == []
    lines = [document_record("plain"), copy, other, copy.model_copy(update={"outlet": None, "url": None})]
    (tmp_path / "documents.jsonl").write_text("".join(line.model_dump_json() + "\n" for line in lines))
    found = ["Wire, https://w.example/1", "copy"]
    assert reprints(tmp_path, event) == reprints(tmp_path / "events.jsonl", event) == found
    assert "also in" in printed(card_of(event, also=found))


def test_evidence_stands_in_its_paragraph_where_the_text_is_kept(tmp_path: Path) -> None:
    text = f"A headline\n\nBefore it. {TEXT} Behind it.\n\nAnother paragraph."
    place = text.index(TEXT)
    event = event_record(evidence=[{"text": TEXT, "start": place, "end": place + len(TEXT)}])
    line = document_record("doc").model_copy(update={"text": text}).model_dump_json()
    assert text_of(tmp_path, "doc") is None
    (tmp_path / "documents.jsonl").write_text(document_record("other").model_dump_json() + "\n" + line + "\n")
    assert text_of(tmp_path, "other") is None
    assert text_of(tmp_path / "events.jsonl", "doc") == text
    shown = printed(card_of(event, text))
    assert f"Before it. “{TEXT}” Behind it." in " ".join(shown.split())
    assert "headline" not in shown
    assert "Another" not in shown


def test_trigger_and_participants_are_marked_in_the_evidence() -> None:
    event = event_record()
    text = marked(event.evidence[0], event)
    assert {(text.plain[s.start : s.end], s.style) for s in text.spans} == {
        ("met with", TRIGGER),
        ("Ann Lee", ACTOR),
        ("Bo Rask", ACTOR),
    }


def test_marks_outside_the_sentence_are_left_out() -> None:
    event = event_record(evidence=[span("in Oslo on Monday.")])
    assert marked(event.evidence[0], event).spans == []


def test_articles_cannot_steer_the_terminal() -> None:
    hostile = "a\x1b[31m\nb\x9b\x7f[red]"
    assert len(visible(hostile)) == len(hostile)
    assert visible(hostile).isprintable()
    text = printed(card_of(event_record(contexts=["[bold]\x1b]0;x\x07"])))
    assert "\x1b]0" not in text
    assert "[bold]" in text


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [(None, True), ("consult", True), ("CONSULT/meeting", True), ("CONSULT/visit", False), ("AID", False)],
)
def test_types(wanted: str | None, expected: bool) -> None:
    assert is_type(event_record(), wanted) is expected


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        (None, None, None, "—"),
        ("2025-05-02", "2025-05-02", "day", "2025-05-02"),
        ("2025-05-02", "2025-05-04", "range", "2025-05-02…2025-05-04"),
        ("2025-05-01", "2025-05-31", "month", "2025-05"),
        ("2025-01-01", "2025-12-31", "year", "2025"),
    ],
)
def test_days(start: str | None, end: str | None, precision: str | None, expected: str) -> None:
    values = {"start": start, "end": end, "precision": precision, "basis": "none", "mention": None}
    assert day_of(DateRecord.model_validate(values)) == expected


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(event_record().model_dump_json() + "\n{}\n")
    with pytest.raises(InputError, match=r"events.jsonl:2: "):
        list(read_events(tmp_path))
    with pytest.raises(InputError, match="cannot be read"):
        list(read_events(tmp_path / "nowhere"))
