"""Counts: how often and when each form and position was seen, and in which articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.link.placing import Placed
from pipeline.link.schema import EVIDENCE_CAP
from pipeline.link.sighting import Node, Office, one_line
from pipeline.link.store import Store
from pipeline.names.fold import fold

_DAYS = """first_day = CASE WHEN {table}.first_day IS NULL OR excluded.first_day < {table}.first_day
                        THEN excluded.first_day ELSE {table}.first_day END,
       last_day = CASE WHEN {table}.last_day IS NULL OR excluded.last_day > {table}.last_day
                       THEN excluded.last_day ELSE {table}.last_day END"""
_ADD_FORM = f"""INSERT INTO form VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (node, text) DO UPDATE SET
       own = CASE WHEN form.own = 1 THEN 1 ELSE excluded.own END,
       count = form.count + excluded.count, {_DAYS.format(table="form")},
       articles = CASE WHEN form.kept < {EVIDENCE_CAP} THEN form.articles || ' ' || excluded.articles
                       ELSE form.articles END,
       kept = form.kept + excluded.kept"""
_ADD_OFFICE = f"""INSERT INTO office VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (node, title, body) DO UPDATE SET
       count = office.count + excluded.count, {_DAYS.format(table="office")}"""


@dataclass(slots=True)
class _Seen:
    own: bool = False
    count: int = 0
    days: set[str] = field(default_factory=set)
    articles: list[int] = field(default_factory=list)

    @property
    def first(self) -> str | None:
        return min(self.days, default=None)

    @property
    def last(self) -> str | None:
        return max(self.days, default=None)


class Tally:
    """Adds up the forms and positions of many sightings, to write them at once. `numbers` are those of the nodes."""

    def __init__(self, numbers: Mapping[Node, int]) -> None:
        self._numbers = numbers
        self._forms: dict[tuple[int, str], _Seen] = {}
        self._offices: dict[tuple[int, str, str], _Seen] = {}
        self._sightings: set[tuple[int, int]] = set()

    def add(self, placed: Placed, offices: Iterable[Office], article: int, day: dt.date | None) -> None:
        """Count a sighting in an article."""
        days = {day.isoformat()} if day else set()
        for form in placed.forms:
            seen = self._form(form.node, form.text, form.own)
            seen.count += form.count
            seen.days |= days
            if len(seen.articles) < EVIDENCE_CAP and article not in seen.articles:
                seen.articles.append(article)
        for office in offices:
            seen = self._office(placed, office)
            seen.count += 1
            seen.days |= days
        self._sightings.update((self._numbers[node], article) for node in placed.nodes)

    def add_unseen(self, placed: Placed, offices: Iterable[Office]) -> None:
        """Note forms and positions that are not to be counted."""
        for form in placed.forms:
            self._form(form.node, form.text, form.own)
        for office in offices:
            self._office(placed, office)

    def write(self, store: Store) -> None:
        """Add everything to what the registry has."""
        store.run_many(
            _ADD_FORM,
            [
                (node, text, fold(text), int(s.own), s.count, s.first, s.last, len(s.articles), _numbers(s.articles))
                for (node, text), s in sorted(self._forms.items())
            ],
        )
        store.run_many(_ADD_OFFICE, [(*key, s.count, s.first, s.last) for key, s in sorted(self._offices.items())])
        store.run_many("INSERT INTO sighting VALUES (?, ?)", sorted(self._sightings))

    def _form(self, node: Node, text: str, own: bool) -> _Seen:
        seen = self._forms.setdefault((self._numbers[node], text), _Seen())
        seen.own |= own
        return seen

    def _office(self, placed: Placed, office: Office) -> _Seen:
        title, body = one_line(office.title), one_line(office.of or "")
        return self._offices.setdefault((self._numbers[placed.nodes[0]], title, body), _Seen())


def _numbers(articles: Iterable[int]) -> str:
    return " ".join(map(str, articles))
