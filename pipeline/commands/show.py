"""`dragoman show`: the records of an output folder, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.commands.kept_texts import kept_texts
from pipeline.commands.terminal import visible
from pipeline.errors import InputError
from pipeline.io.records import read_records
from pipeline.record import DateRecord, DocumentRecord, EventRecord, Participant, PlaceRecord, SpanRecord

CONTEXT = 400
"""The most characters of the text that are shown before and behind a sentence."""

TRIGGER, ACTOR, RECIPIENT = "bold reverse", "bold cyan", "bold magenta"


def read_events(folder: Path) -> Iterator[EventRecord]:
    """The events of an output folder, or of a file; raises `InputError` for what is no event."""
    return read_records(folder / "events.jsonl" if folder.is_dir() else folder, EventRecord)


def reprints(folder: Path, event: EventRecord) -> list[str]:
    """Where else the article of an event came, by outlet and address or id; none when only events are at hand."""
    path = folder / "documents.jsonl" if folder.is_dir() else folder.with_name("documents.jsonl")
    if not path.is_file():
        return []
    found = read_records(path, DocumentRecord)
    return [_source(document) for document in found if document.duplicate_of == event.source.doc_id]


def _source(document: DocumentRecord) -> str:
    return ", ".join(filter(None, (document.outlet, document.url or document.doc_id)))


def is_type(event: EventRecord, wanted: str | None) -> bool:
    """Whether the event has the type `CONSULT` or the type and mode `CONSULT/visit`, in any case."""
    return wanted is None or wanted.casefold() in (event.type.casefold(), kind_of(event).casefold())


def kind_of(event: EventRecord) -> str:
    """`CONSULT/visit`, or the type alone."""
    return f"{event.type}/{event.mode}" if event.mode else event.type


def table_of(events: Iterable[EventRecord]) -> Table:
    """One row an event."""
    table = Table("id", "date", "event", "actors", "recipients", "place", "conf.", "article", header_style="bold")
    for event in events:
        cells = (
            event.id,
            day_of(event.date),
            kind_of(event) if event.status == "occurred" else f"{kind_of(event)} ({event.status})",
            _names(event.actors),
            _names(event.recipients),
            place_of(event.place),
            f"{event.confidence:.2f}",
            event.source.doc_id,
        )
        table.add_row(*(Text(visible(cell)) for cell in cells))
    return table


def text_of(folder: Path, doc_id: str) -> str | None:
    """The text of an article, if the documents.jsonl beside the events has it. Raises `InputError`."""
    path = (folder if folder.is_dir() else folder.parent) / "documents.jsonl"
    try:
        return next((text for _, id, text in kept_texts(path) if id == doc_id), None) if path.exists() else None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def card_of(event: EventRecord, text: str | None = None, *, also: Sequence[str] = ()) -> RenderableType:
    """One event in full: its evidence with trigger and participants marked, then its values.

    With the article's `text` the evidence stands in its paragraph; where the article came `also` is listed.
    """
    grid = Table.grid(padding=(0, 2))
    rows = [
        ("event", f"{kind_of(event)}, {event.status}"),
        ("date", f"{day_of(event.date)} ({event.date.basis})"),
        ("place", place_of(event.place) or "—"),
        *(("actor", _described(actor)) for actor in event.actors),
        *(("recipient", _described(recipient)) for recipient in event.recipients),
        ("contexts", ", ".join(event.contexts) or "—"),
        ("trigger", f"“{event.trigger.text}” at {event.trigger.start}–{event.trigger.end}"),
        ("confidence", f"{event.confidence:.2f}"),
        ("article", event.source.doc_id),
        *((key, value) for key in ("title", "outlet", "url") if (value := getattr(event.source, key))),
        *(("also in", source) for source in also),
        ("published", str(event.source.published or "—")),
        ("cited", ", ".join(event.source.cited) or "—"),
        ("cluster", event.cluster),
    ]
    for key, value in rows:
        grid.add_row(Text(key, "dim"), Text(visible(value)))
    sentences = [in_context(span, event, text) for span in event.evidence]
    return Group(Text(event.id, "bold"), Text(), *sentences, Text(), grid)


def in_context(sentence: SpanRecord, event: EventRecord, text: str | None) -> Text:
    """A sentence in quotes, between what its paragraph has before and behind it where the text is known."""
    quoted = Text.assemble(("“", "dim"), marked(sentence, event), ("”", "dim"))
    if text is None:
        return quoted
    before = text[max(0, sentence.start - CONTEXT) : sentence.start].rpartition("\n\n")[2].lstrip()
    after = text[sentence.end : sentence.end + CONTEXT].partition("\n\n")[0].rstrip()
    return Text.assemble((visible(before), "dim"), quoted, (visible(after), "dim"))


def marked(sentence: SpanRecord, event: EventRecord) -> Text:
    """A sentence with the event's trigger and participants in colour."""
    text = Text(visible(sentence.text))
    marks = [(event.trigger, TRIGGER)]
    marks += [(mention, ACTOR) for who in event.actors for mention in who.mentions]
    marks += [(mention, RECIPIENT) for who in event.recipients for mention in who.mentions]
    for span, style in marks:
        start, end = max(span.start, sentence.start), min(span.end, sentence.end)
        if start < end:
            text.stylize(style, start - sentence.start, end - sentence.start)
    return text


def day_of(date: DateRecord) -> str:
    """`2025-05-02`, `2025-05-02…2025-05-04`, `2025-05` or a dash."""
    if date.start is None or date.end is None:
        return "—"
    match date.precision:
        case "year":
            return f"{date.start:%Y}"
        case "month":
            return f"{date.start:%Y-%m}"
    return str(date.start) if date.start == date.end else f"{date.start}…{date.end}"


def place_of(place: PlaceRecord) -> str:
    """Facility, city and country, as far as known."""
    return ", ".join(part for part in (place.facility, place.city, place.country) if part)


def _names(participants: Iterable[Participant]) -> str:
    return ", ".join(who.name for who in participants)


def _described(who: Participant) -> str:
    posts = "; ".join(f"{post.title} of {post.of}" if post.of else post.title for post in who.positions)
    known = [part for part in (posts, who.country, who.sector) if part]
    return f"{who.name} ({', '.join(known)})" if known else who.name
