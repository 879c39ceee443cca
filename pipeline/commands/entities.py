"""`dragoman entities list` and `show`: what the registry has, for people and as JSON Lines."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Column, Table
from rich.text import Text

from pipeline.commands.terminal import visible
from pipeline.document import EntityKind
from pipeline.errors import InputError
from pipeline.link.registered import Decision, EntityLine, Evidence, Found, Page, RegisteredEntity
from pipeline.link.registry import Registry

PARTS = 20
"""How many entities are listed at most that have a name as a part of a form."""

_ID = re.compile(r"ent_[0-9a-f]{16}")


def is_id(text: str) -> bool:
    """Whether a text has the form of an entity id."""
    return _ID.fullmatch(text) is not None


def wanted(registry: Registry, id: str) -> RegisteredEntity:
    """The entity that an id or alias stands for; raises `InputError` when there is none."""
    entity = registry.get(id)
    if entity is None:
        raise InputError(f"{id}: no such entity in the registry")
    return entity


def found(registry: Registry, name: str, *, kind: EntityKind | None, country: str | None) -> RenderableType:
    """The only entity that a name can stand for, in full, or all of them in a table.

    When it can stand for none, those are taken that have it as a part of a form. Raises `InputError` for none.
    """
    hits = registry.search(name, kind=kind, country=country)
    lines = [hit.entity for hit in hits] or registry.page(kind=kind, text=name, limit=PARTS).entities
    if not lines:
        raise InputError(f"{name}: no entity of such a name in the registry")
    if len(lines) == 1:
        return card_of(registry, wanted(registry, lines[0].id))
    return hits_table(hits) if hits else lines_table(lines)


def page_of(page: Page) -> RenderableType:
    """A page of the list, with how many there are in all."""
    if not page.entities:
        return Text(f"none of {page.total:,}" if page.total else "no entities")
    last = page.offset + len(page.entities)
    more = f"; go on with --offset {last}" if last < page.total else ""
    return Group(lines_table(page.entities), Text(f"{page.offset + 1:,}–{last:,} of {page.total:,}{more}", "dim"))


def json_line(entity: EntityLine) -> str:
    """An entity in short as a JSON object on one line."""
    return json.dumps(
        {
            "id": entity.id,
            "kind": entity.kind,
            "name": entity.name,
            "country": entity.country,
            "wikidata": entity.wikidata,
            "first_seen": entity.first and entity.first.isoformat(),
            "last_seen": entity.last and entity.last.isoformat(),
            "documents": entity.documents,
        },
        ensure_ascii=False,
    )


def lines_table(entities: Iterable[EntityLine]) -> Table:
    """One row an entity."""
    table = Table(_id(), "kind", "name", "country", _number("articles"), "seen", "wikidata", header_style="bold")
    for entity in entities:
        _row(table, *_cells(entity))
    return table


def hits_table(hits: Iterable[Found]) -> Table:
    """What a search found: one row an entity, with the form that fits best and its probability."""
    table = Table(
        _number("prob."), "by", _id(), "kind", "name", "country", _number("articles"), "seen", header_style="bold"
    )
    for hit in hits:
        probability = "begins" if hit.probability is None else f"{hit.probability:.2f}"
        _row(table, probability, hit.form, *_cells(hit.entity)[:-1])
    return table


def card_of(registry: Registry, entity: RegisteredEntity) -> RenderableType:
    """All that the registry has of an entity, and the decisions that made it what it is."""
    grid = Table.grid(padding=(0, 2))
    facts = [
        ("kind", entity.kind),
        ("country", ", ".join(map(_counted, entity.countries)) or "—"),
        ("wikidata", ", ".join(entity.wikidata) or "—"),
        ("seen", f"{_articles(entity.documents)}, {_days(entity.first, entity.last) or 'no day known'}"),
        *((("formerly", ", ".join(entity.aliases)),) if entity.aliases else ()),
    ]
    for key, value in facts:
        grid.add_row(Text(key, "dim"), Text(visible(value)))
    parts: list[RenderableType] = [Text.assemble((entity.id, "bold"), "  ", visible(entity.name)), Text(), grid]
    decisions = decisions_on(registry, entity)
    for table in (_forms(entity), _positions(entity), _evidence(entity), _decisions(decisions)):
        if table.row_count:
            parts += [Text(), table]
    return Group(*parts)


def decisions_on(registry: Registry, entity: RegisteredEntity) -> list[Decision]:
    """The human decisions about an entity, the oldest first: those that name it, and splits of forms it has."""
    log = registry.decisions()
    now = registry.resolve(id for decision in log for id in decision.entities)
    forms = {form.text for form in entity.forms}
    return [
        decision
        for decision in log
        if entity.id in {now.get(id) for id in decision.entities} or not forms.isdisjoint(decision.forms)
    ]


def described(decision: Decision) -> str:
    """What was decided, in words."""
    match decision.action:
        case "merge":
            return f"merge of {' and '.join(decision.entities)}"
        case "split":
            return f"split of {'; '.join(decision.forms)} from {decision.entities[0]}"
        case "undo":
            return f"undo of decision {decision.target}"


def _forms(entity: RegisteredEntity) -> Table:
    table = Table("form", _number("count"), "seen", header_style="bold")
    for form in entity.forms:
        _row(table, form.text, f"{form.count:,}", _days(form.first, form.last))
    return table


def _positions(entity: RegisteredEntity) -> Table:
    table = Table("position", "of", _number("articles"), "seen", header_style="bold")
    for held in entity.positions:
        _row(table, held.title, held.of or "", f"{held.count:,}", _days(held.first, held.last))
    return table


def _evidence(entity: RegisteredEntity) -> Table:
    used: dict[Evidence, list[str]] = {}
    for form in entity.forms:
        for evidence in form.evidence:
            used.setdefault(evidence, []).append(form.text)
    table = Table("article", "day", "forms in it", header_style="bold")
    for evidence in sorted(used, key=lambda e: (e.day or dt.date.max, e.doc_id)):
        _row(table, evidence.doc_id, str(evidence.day or ""), "; ".join(used[evidence]))
    return table


def _decisions(decisions: Sequence[Decision]) -> Table:
    table = Table(_number("decision"), "day", "what", "note", header_style="bold")
    for decision in decisions:
        what = f"{described(decision)}{' (undone)' if decision.undone else ''}"
        _row(table, str(decision.number), f"{decision.at:%Y-%m-%d}", what, decision.note)
    return table


def _cells(entity: EntityLine) -> tuple[str, ...]:
    return (
        entity.id,
        entity.kind,
        entity.name,
        entity.country or "",
        f"{entity.documents:,}",
        _days(entity.first, entity.last),
        entity.wikidata or "",
    )


def _row(table: Table, *cells: str) -> None:
    table.add_row(*(Text(visible(cell)) for cell in cells))


def _id() -> Column:
    return Column("id", no_wrap=True)


def _number(header: str) -> Column:
    return Column(header, justify="right")


def _counted(country: tuple[str, int]) -> str:
    code, articles = country
    return f"{code} ({_articles(articles)})" if articles else code


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"


def _days(first: dt.date | None, last: dt.date | None) -> str:
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first}…{last}"
