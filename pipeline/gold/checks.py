"""What a gold article can have wrong though it has the right form."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from pipeline.data import countries, table
from pipeline.gold.model import PLACE_KEY, GoldArticle, GoldMention, GoldSpan
from pipeline.gold.problems import Problem

KINDS = {"PER": "person", "TITLE": "person", "ORG": "organization"}
"""The labels that name listed entities, and the kind of entity each names."""

ISO3 = re.compile(r"[A-Z]{3}")
Item = TypeVar("Item", bound=Hashable)
NAMES = ("PER", "ORG", "GPE")


def problems(article: GoldArticle, *, file: str, line: int | None = None) -> Iterator[Problem]:
    """Everything that is wrong with an article or, as warnings, probably is."""
    for check in CHECKS:
        for message in check(article):
            yield Problem(file, line, article.id, message)
    for check in WARNINGS:
        for message in check(article):
            yield Problem(file, line, article.id, message, warning=True)


def is_state(code: str) -> bool:
    """Is it the ISO3 code of a country?"""
    return code in countries()


def is_place(key: str) -> bool:
    """Is it a country's code, or `KEN:Nairobi` for a place of it?"""
    return PLACE_KEY.fullmatch(key) is not None and is_state(key[:3])


def _twice(items: Iterable[Item]) -> list[Item]:
    return [item for item, times in Counter(items).items() if times > 1]


def _at(mention: GoldMention) -> str:
    return f"{mention.label} {mention.text!r} at {mention.start}"


def _keys(article: GoldArticle) -> Iterator[str]:
    for key in _twice(entity.key for entity in article.entities):
        yield f"entities: the key {key} stands twice"
    for key in _twice(event.id for event in article.events):
        yield f"events: the id {key} stands twice"
    for entity in article.entities:
        if PLACE_KEY.fullmatch(entity.key):
            yield f"entities: the key {entity.key} looks like a country's or city's"
        if entity.country is not None and not is_state(entity.country):
            yield f"entities.{entity.key}.country: {entity.country} is no ISO3 code"


def _people(article: GoldArticle) -> Iterator[str]:
    if "PER" in article.annotates:
        named = {key for mention in article.mentions if mention.label == "PER" for key in mention.entities}
        for entity in article.entities:
            if entity.kind == "person" and entity.key not in named and not entity.aliases:
                yield f"entities.{entity.key}: no PER mention names this person"


def _mention_keys(article: GoldArticle) -> Iterator[str]:
    kinds = {entity.key: entity.kind for entity in article.entities}
    for mention in article.mentions:
        for key in mention.entities:
            if mention.label in KINDS:
                if key not in kinds:
                    yield f"{_at(mention)}: no entity has the key {key}"
                elif kinds[key] != KINDS[mention.label]:
                    yield f"{_at(mention)}: {key} is no {KINDS[mention.label]}"
            elif mention.label == "NOM":
                if key not in kinds and not is_place(key):
                    yield f"{_at(mention)}: {key} is neither an entity's key nor an ISO3 code"
            elif mention.label == "NORP" and not is_state(key):
                yield f"{_at(mention)}: {key} is no ISO3 code"
            elif mention.label == "GPE" and not is_place(key):
                yield f"{_at(mention)}: {key} is neither an ISO3 code nor one with a city (KEN:Nairobi)"
        if mention.label == "DATE" and mention.value is not None:
            yield from (f"{_at(mention)}: {reason}" for reason in _of_calendar(mention.value))


def _spans(article: GoldArticle) -> Iterator[str]:
    triggers = [(event.id, trigger) for event in article.events for trigger in event.triggers]
    spans: Iterator[tuple[str, GoldSpan]] = chain(((m.label, m) for m in article.mentions), triggers)
    for owner, span in spans:
        if span.text != span.text.strip():
            yield f"{owner} {span.text!r} at {span.start}: a blank at the edge"
    same = ((m.label, m.text, m.start, m.end, *m.entities, m.value) for m in article.mentions)
    yield from (f"the same mention twice: {what[0]} {what[1]!r} at {what[2]}" for what in _twice(same))
    marks = ((owner, t.text, t.start, t.end) for owner, t in triggers)
    yield from (f"events.{what[0]}: the same trigger twice: {what[1]!r} at {what[2]}" for what in _twice(marks))


def _relations(article: GoldArticle) -> Iterator[str]:
    kinds = {entity.key: entity.kind for entity in article.entities}
    for number, relation in enumerate(article.relations):
        at = f"relations.{number} ({relation.type})"
        if relation.subject not in kinds:
            yield f"{at}: no entity has the key {relation.subject}"
        elif relation.type == "holds_position" and kinds[relation.subject] != "person":
            yield f"{at}: {relation.subject} is no person"
    for what in _twice((r.type, r.subject, r.object, r.title) for r in article.relations):
        yield f"the same relation twice: {what[0]} of {what[1]}"


def _events(article: GoldArticle) -> Iterator[str]:
    known = {entity.key for entity in article.entities}
    contexts = _contexts()
    for event in article.events:
        at = f"events.{event.id}"
        for role in ("actors", "recipients", "optional"):
            for key in getattr(event, role):
                if key not in known and not is_state(key):
                    yield f"{at}.{role}: {key} is neither an entity's key nor an ISO3 code"
        yield from (f"{at}.contexts: no such context: {name}" for name in event.contexts if name not in contexts)
        if event.place.country is not None and not is_state(event.place.country):
            yield f"{at}.place.country: {event.place.country} is no ISO3 code"
        if event.date is not None:
            yield from (f"{at}.date: {reason}" for reason in _of_calendar(event.date))


def _contexts() -> set[str]:
    rules = table("contexts")["rules"]
    return (table("contexts").keys() - {"rules"}) | {rules["default"]}


def _of_calendar(value: str) -> Iterator[str]:
    """What is wrong with a value of the right form: days that no calendar has, ranges that end before they begin."""
    ends = value.split("/")
    for end in ends:
        try:
            dt.date.fromisoformat(end + "0001-01-01"[len(end) :])
        except ValueError:
            yield f"{end} is in no calendar"
            return
    if len(ends) == 2 and ends[0] > ends[1]:
        yield f"{value} ends before it begins"


def _dates(article: GoldArticle) -> Iterator[str]:
    for event in article.events:
        basis = event.date_basis
        if event.date is None and basis != "none":
            yield f"events.{event.id}: the date basis is {basis}, but there is no date"
        elif event.date is not None and basis == "none":
            yield f"events.{event.id}: there is a date, but the date basis is none"
        elif basis == "publication" and article.published is not None and event.date != article.published.isoformat():
            yield f"events.{event.id}: the date is the publication's, but not {article.published}"


def _roles(article: GoldArticle) -> Iterator[str]:
    for event in article.events:
        both = (key for key in event.actors if key in event.recipients)
        yield from (f"events.{event.id}: {key} is both actor and recipient" for key in both)
        listed = {*event.actors, *event.recipients}
        yield from (f"events.{event.id}: {key} is optional and listed" for key in event.optional if key in listed)


def _codes(article: GoldArticle) -> Iterator[str]:
    """Objects and sources that look like a country's code and are none."""
    keys = {entity.key for entity in article.entities}
    objects = [(f"relations.{n}.object", relation.object or "") for n, relation in enumerate(article.relations)]
    for where, code in (*objects, *(("cited", code) for code in article.cited)):
        if ISO3.fullmatch(code) and code not in keys and not is_state(code):
            yield f"{where}: {code} is no ISO3 code"


def _nameless(article: GoldArticle) -> Iterator[str]:
    for mention in article.mentions:
        if mention.label in ("PER", "GPE", "NOM") and not mention.entities:
            yield f"{_at(mention)}: names nobody"
        elif mention.label == "DATE" and mention.value is None:
            yield f"{_at(mention)}: has no value"


def _unmarked(article: GoldArticle) -> Iterator[str]:
    """Marked names that stand elsewhere in the text without a mark."""
    spans = (*article.mentions, *(trigger for event in article.events for trigger in event.triggers))
    marked = sorted((span.start, span.end) for span in spans)
    names = {m.text: m.label for m in article.mentions if m.label in NAMES and m.label in article.annotates}
    for name, label in sorted(names.items()):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", article.text):
            start, end = found.span()
            if not any(a <= start and end <= b for a, b in marked):
                yield f"{label} {name!r} is not marked at {start}: {_around(article.text, start, end)}"


def _around(text: str, start: int, end: int) -> str:
    return repr(" ".join(text[max(0, start - 25) : end + 15].split()))


Check = Callable[[GoldArticle], Iterator[str]]
CHECKS: tuple[Check, ...] = (_keys, _people, _mention_keys, _spans, _relations, _events)
WARNINGS: tuple[Check, ...] = (_dates, _roles, _codes, _nameless, _unmarked)
