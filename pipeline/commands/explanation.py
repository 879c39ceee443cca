"""What made an article's records, in tables: the trace of the line beside what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pipeline.commands.show import card_of
from pipeline.commands.terminal import visible
from pipeline.document import Document, Entity, Event, EventMention, Mention, Span
from pipeline.record import EventRecord

if TYPE_CHECKING:
    from pipeline.build import Result

QUOTE_CHARACTERS = 120
EVENT_MENTION = ("event", "status", "frame", "cues", "at", "text")


def of_article(result: Result) -> RenderableType:
    """The article's furniture, facts and unused event mentions, then every event record."""
    trace = result.trace
    facts = [
        ("published", str(trace.published or "—")),
        ("outlet", trace.outlet or "—"),
        ("language", trace.language or "—"),
        ("headline", trace.headline or "—"),
        ("cited", ", ".join(trace.cited) or "—"),
    ]
    used = {index for event in trace.events for index in event.mentions}
    unused = [mention for index, mention in enumerate(trace.event_mentions) if index not in used]
    furniture = [(piece.kind, *_place(trace, piece.span)) for piece in trace.furniture]
    stamps = [(str(stamp.day), *_place(trace, stamp.span)) for stamp in trace.stamps]
    parts = [
        Rule(Text(visible(result.article.doc_id))),
        *_table("", (), facts),
        *_table("page furniture", ("kind", "at", "text"), furniture),
        *_table("dates of the page", ("day", "at", "text"), stamps),
        *_table("event mentions in no record", EVENT_MENTION, [_event_mention(trace, one) for one in unused]),
    ]
    for event in result.events:
        parts += [Text(), of_event(result, event)]
    return Group(*parts)


def of_event(result: Result, record: EventRecord) -> RenderableType:
    """The record, and the event mentions, entity mentions and relations that made it."""
    trace = result.trace
    event = _traced(result, record)
    keys = (*event.actors, *event.recipients)
    by_key = {entity.key: entity for entity in trace.entities}
    entities = [by_key[key] for key in keys if key in by_key]
    named = [
        (entity.name, entity.country or "", mention) for entity in entities for mention in _mentions(trace, entity)
    ]
    for role, index in (("date", event.date.mention), ("place", event.place.mention)):
        if index is not None:
            named.append((f"({role})", "", trace.mentions[index]))
    relations = [
        (
            relation.type,
            _name(by_key, relation.subject),
            _name(by_key, relation.object),
            relation.title or "",
            f"{relation.confidence:.2f}",
            *_place(trace, relation.span),
        )
        for relation in trace.relations
        if relation.subject in keys or relation.object in keys
    ]
    return Group(
        Rule(),
        card_of(record),
        *_table(
            "made by the event mentions",
            EVENT_MENTION,
            [_event_mention(trace, trace.event_mentions[index]) for index in event.mentions],
        ),
        *_table(
            "as the encoder read them",
            ("text", "trigger", "kind", "status", "parties", "date", "country", "same event"),
            [_guess(trace, index) for index in event.mentions if trace.event_mentions[index].guess is not None],
        ),
        *_table(
            "with the mentions",
            ("entity", "country", "label", "rule", "at", "text"),
            [(name, country, m.label, m.source, *_place(trace, m.span)) for name, country, m in named],
        ),
        *_table(
            "and the relations",
            ("relation", "subject", "object", "title", "conf.", "at", "text"),
            relations,
        ),
    )


def _event_mention(trace: Document, mention: EventMention) -> tuple[str, ...]:
    kind = f"{mention.type}/{mention.mode}" if mention.mode else mention.type
    return kind, mention.status, mention.frame, " ".join(sorted(mention.cues)), *_place(trace, mention.span)


def _guess(trace: Document, index: int) -> tuple[str, ...]:
    """What the encoder said of an event mention, the likeliest first."""
    mention = trace.event_mentions[index]
    guess = mention.guess
    if guess is None:
        return ()
    names = {entity.key: entity.name for entity in trace.entities}
    parties = {
        f"{names.get(key, key)} {role}": chance
        for key, chances in guess.roles.items()
        for role, chance in zip(("actor", "recipient", "optional"), chances, strict=True)
    }
    dates = {trace.mentions[number].text: chance for number, chance in guess.dates.items()}
    same = {
        visible(trace.article.text[m.span.start : m.span.end]): guess.same.get(n, 0.0)
        for n, m in enumerate(trace.event_mentions)
        if n != index
    }
    quote = trace.article.text[mention.span.start : mention.span.end]
    likely = (guess.kinds, guess.statuses, parties, dates, guess.countries, same)
    return quote, f"{guess.probability:.2f}", *map(_likeliest, likely)


def _likeliest(chances: Mapping[str, float]) -> str:
    """What is likelier than one in ten, in a line."""
    ranked = sorted(chances.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {chance:.2f}" for name, chance in ranked[:5] if chance >= 0.1)


def _traced(result: Result, record: EventRecord) -> Event:
    """The event of the trace that the record writes down."""
    wanted = record.type, record.mode, record.trigger.start, record.trigger.end
    for event in result.trace.events:
        if (event.type, event.mode, event.trigger.start, event.trigger.end) == wanted:
            return event
    raise LookupError(f"{record.id} is of no event in the trace")


def _mentions(trace: Document, entity: Entity) -> Iterator[Mention]:
    for index in sorted({*entity.mentions, *entity.referring}):
        yield trace.mentions[index]


def _name(by_key: dict[str, Entity], key: str) -> str:
    return by_key[key].name if key in by_key else key


def _place(trace: Document, span: Span) -> tuple[str, str]:
    text = trace.article.text[span.start : span.end]
    quote = text if len(text) <= QUOTE_CHARACTERS else text[: QUOTE_CHARACTERS - 1] + "…"
    return f"{span.start}–{span.end}", quote


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[RenderableType]:
    """A table with its title; nothing when it has no rows."""
    rows = list(rows)
    if not rows:
        return []
    table = Table(*columns, show_header=bool(columns), header_style="dim", box=None, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    return [Text(), Text(title, "bold"), table] if title else [table]
