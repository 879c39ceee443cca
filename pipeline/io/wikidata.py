"""Office-holders of a Wikidata dump in JSON (https://www.wikidata.org/wiki/Wikidata:Database_download).

The form of an entity: https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html. Properties: P17 country,
P27 country of citizenship, P31 instance of, P39 position held, P570 date of death, P580 start, P582 end, P1001 applies
to jurisdiction.
"""

from __future__ import annotations

import datetime as dt
import pickle
import re
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ValidationError

from pipeline.data import lines
from pipeline.io.articles import reject
from pipeline.io.dump_lines import Line, Watch, bad_line, dump_lines
from pipeline.io.office import Days, OfficeHolder, Post, country_of, days_of, held_office, parted
from pipeline.io.sources import printable
from pipeline.record import RejectRecord

HUMAN = "Q5"
LANGUAGES = ("en", "mul", "en-gb", "en-us", "en-ca")
"""The languages of the usual name and of titles, the first that there is; without any the first of the item."""

_ID = re.compile(rb'\{\s*(?:"type"\s*:\s*"\w+"\s*,\s*)?"id"\s*:\s*"([A-Z]\d+)"')
_TIME = re.compile(r"\+0*(\d{1,4})-(\d\d)-(\d\d)T")
_DAY, _MONTH, _YEAR = 11, 10, 9

# PHP writes an empty object as an empty array.
_Object = BeforeValidator(lambda value: {} if value == [] else value)


class _Term(BaseModel):
    value: str


class _Value(BaseModel):
    id: str | None = None
    time: str | None = None
    precision: int | None = None


class _DataValue(BaseModel):
    value: _Value


class _Snak(BaseModel):
    datavalue: _DataValue | None = None


class _Qualifiers(BaseModel):
    P580: list[_Snak] = []
    P582: list[_Snak] = []


class _Statement(BaseModel):
    mainsnak: _Snak
    rank: Literal["preferred", "normal", "deprecated"] = "normal"
    qualifiers: Annotated[_Qualifiers, _Object] = _Qualifiers()


class _Claims(BaseModel):
    P17: list[_Statement] = []
    P27: list[_Statement] = []
    P31: list[_Statement] = []
    P39: list[_Statement] = []
    P570: list[_Statement] = []
    P1001: list[_Statement] = []


class _Item(BaseModel):
    id: str
    labels: Annotated[dict[str, _Term], _Object] = {}
    aliases: Annotated[dict[str, list[_Term]], _Object] = {}
    claims: Annotated[_Claims, _Object] = _Claims()


@dataclass(frozen=True, slots=True)
class _Person:
    """A person whose offices are still ids."""

    line: int
    id: str
    names: tuple[str, ...]
    citizenships: frozenset[str]
    held: tuple[tuple[str, Days | None, Days | None], ...]
    died: dt.date | None


def read_wikidata(path: Path, watch: Watch) -> Iterator[OfficeHolder | RejectRecord]:
    """The people of a dump who hold or held a position; lines that cannot be read are rejects.

    The dump is read twice, because positions may come after those who hold them; people wait in a temporary file.
    An office is of the state of its jurisdiction, else its country. Deprecated statements are left out.
    """
    wanted: set[str] = set()
    count = 0
    with tempfile.TemporaryFile() as waiting:
        for line in dump_lines(path, lambda done: watch(done / 2)):
            if isinstance(line, RejectRecord):
                yield line
            elif b'"P39"' in line.text:
                try:
                    item = _Item.model_validate_json(line.text)
                except ValidationError as error:
                    yield bad_line(path, line, error)
                    continue
                person = _person(item, line.number)
                if person is not None and not person.names:
                    yield reject(printable(path), line.number, item.id, "no_name", "a person without a name")
                elif person is not None:
                    pickle.dump(person, waiting)
                    count += 1
                    wanted.update(id for id, *_ in person.held)
        offices, bad = _offices(path, wanted, watch)
        yield from bad
        waiting.seek(0)
        for _ in range(count):
            yield _holder(printable(path), pickle.load(waiting), offices)


def _person(item: _Item, line: int) -> _Person | None:
    """The person that an item is about; None for no human, or one without a position."""
    if HUMAN not in _ids(item.claims.P31):
        return None
    names = tuple(dict.fromkeys(filter(None, (name.strip() for name in _names(item)))))
    held = tuple(
        (id, _days(s.qualifiers.P580), _days(s.qualifiers.P582)) for s in _valid(item.claims.P39) for id in _ids([s])
    )
    if not held:
        return None
    now = [s for s in _best(item.claims.P27) if not s.qualifiers.P582] or _best(item.claims.P27)
    died = max((days[1] for s in _best(item.claims.P570) if (days := _days([s.mainsnak]))), default=None)
    return _Person(line, item.id, names, frozenset(_states(_ids(now))), held, died)


def _names(item: _Item) -> Iterator[str]:
    """All labels and aliases, the usual name first."""
    if (usual := _label(item)) is not None:
        yield usual
    for term in item.labels.values():
        yield term.value
    for terms in item.aliases.values():
        for term in terms:
            yield term.value


def _label(item: _Item) -> str | None:
    terms = [item.labels[language] for language in LANGUAGES if language in item.labels] or [*item.labels.values()]
    return terms[0].value if terms else None


def _offices(path: Path, wanted: Collection[str], watch: Watch) -> tuple[dict[str, Post], list[RejectRecord]]:
    """Title and state of those positions that the dump has items of, and the lines of them that cannot be read."""
    found: dict[str, Post] = {}
    bad: list[RejectRecord] = []
    if not wanted:
        return found, bad
    for line in dump_lines(path, lambda done: watch((1 + done) / 2)):
        if isinstance(line, RejectRecord) or not _may_be(line, wanted):
            continue
        try:
            item = _Item.model_validate_json(line.text)
        except ValidationError as error:
            if b'"P39"' not in line.text:  # else it is a reject already
                bad.append(bad_line(path, line, error))
            continue
        label = _label(item)
        if item.id in wanted and label and label.strip():
            found[item.id] = parted(label, _only(_best(item.claims.P1001)) or _only(_best(item.claims.P17)))
            if len(found) == len(wanted):
                break
    return found, bad


def _may_be(line: Line, wanted: Collection[str]) -> bool:
    """Whether a line may be one of the wanted items, without reading it if its id comes first, as in full dumps."""
    start = _ID.match(line.text)
    return start is None or start[1].decode() in wanted


def _holder(input: str, person: _Person, offices: Mapping[str, Post]) -> OfficeHolder:
    held = tuple(held_office(offices.get(id), start, end) for id, start, end in person.held)
    country = country_of(held, person.citizenships)
    return OfficeHolder(input, person.line, person.names, country, held, person.id, person.died)


def _valid(statements: Sequence[_Statement]) -> list[_Statement]:
    return [s for s in statements if s.rank != "deprecated"]


def _best(statements: Sequence[_Statement]) -> list[_Statement]:
    """The preferred statements, or all that are valid."""
    return [s for s in statements if s.rank == "preferred"] or _valid(statements)


def _ids(statements: Sequence[_Statement]) -> list[str]:
    """The items that statements name; none for "unknown" and "no value"."""
    values = [s.mainsnak.datavalue.value.id for s in _valid(statements) if s.mainsnak.datavalue]
    return [id for id in values if id is not None]


def _only(statements: Sequence[_Statement]) -> str | None:
    """The state that statements name, if it is only one."""
    states = _states(_ids(statements))
    return next(iter(states)) if len(states) == 1 else None


def _states(ids: Collection[str]) -> set[str]:
    """The ISO3 codes of those items that are countries."""
    return {code for id in ids if (code := _country_items().get(id)) is not None}


@cache
def _country_items() -> dict[str, str]:
    """ISO3 code by Wikidata item (country_items.tsv)."""
    rows = (line.split("\t") for line in lines("country_items.tsv")[1:])
    return {item: code for code, items in rows for item in items.split("|")}


def _days(snaks: Sequence[_Snak]) -> Days | None:
    """The days that the first date stands for; None without one, and for one less exact than a year or before 1."""
    for snak in snaks:
        value: Any = snak.datavalue and snak.datavalue.value
        if value and value.time and value.precision and (found := _TIME.match(value.time)):
            year, month, day = map(int, found.groups())
            if value.precision >= _YEAR:
                return days_of(
                    year, month if value.precision >= _MONTH else None, day if value.precision >= _DAY else None
                )
    return None
