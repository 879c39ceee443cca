"""Value labels: a YAML file an article, and the article's text beside it.

Labels quote the text and say nothing of offsets; `article_of` finds them. The other way, `labels_of` keeps what value
labels can say: the mentions that are names or dates, positions, and events with their first trigger.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import CannotWrite, InputError
from pipeline.gold.model import GoldArticle, GoldEntity, GoldEvent, GoldMention, GoldRelation, GoldSpan, Layer
from pipeline.gold.problems import Problem, reasons
from pipeline.gold.quotes import Quotes
from pipeline.gold.values_file import ValueLabels, as_yaml
from pipeline.gold.yaml_event import gold_event
from pipeline.gold.yaml_text import BadYaml, load

ANNOTATES: list[Layer] = ["DATE", "FAC", "NEV", "ORG", "PER", "PLACE", "events", "holds_position"]
PLACES = ("GPE", "LOC", "PLACE")
NAMES = ("PER", "ORG")
LINE_BREAK = re.compile(r"\s*[\n\r]\s*")


def read(path: Path, *, texts: Path | None = None) -> Iterator[GoldArticle | Problem]:
    """The articles of a label file or of the `.yaml` files of a folder, and what is wrong with the others.

    The text of an article is `<id>.txt` in `texts`, else beside the labels, else in the folder above. Raises
    `InputError` for a folder without label files and for what cannot be read.
    """
    files = sorted(f for f in path.iterdir() if f.suffix in (".yaml", ".yml")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path}: no .yaml file in it")
    for file in files:
        try:
            labels = ValueLabels.model_validate(load(_read(file)))
            yield article_of(labels, _text(labels.id, [texts] if texts else [file.parent, file.parent.parent]))
        except BadYaml as error:
            yield Problem(str(file), error.line, file.stem, str(error))
        except ValidationError as error:
            for reason in reasons(error):
                yield Problem(str(file), None, file.stem, reason)
        except Unfounded as error:
            for reason in error.reasons:
                yield Problem(str(file), None, file.stem, reason)


class Unfounded(ValueError):
    """Labels that do not fit their text, or have none."""

    def __init__(self, reasons: Iterable[str]) -> None:
        super().__init__()
        self.reasons = tuple(reasons)


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadYaml(f"is no UTF-8: {error.reason} at byte {error.start}") from error
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from error


def _text(id: str, folders: list[Path]) -> str:
    for folder in folders:
        if (file := folder / f"{id}.txt").is_file():
            return _read(file)
    raise Unfounded([f"no text {id}.txt in {' or '.join(map(str, folders))}"])


@dataclass(frozen=True, slots=True)
class _Surface:
    """A name to find; `values` are of a date, one an occurrence and the last for all that follow."""

    quote: str
    label: str
    entity: str | None = None
    values: tuple[str, ...] = ()


def article_of(labels: ValueLabels, text: str) -> GoldArticle:
    """The gold article that value labels mean.

    Every whole-word occurrence of a surface becomes a mention, the longest surface first, and no two overlap; any
    run of white space in the text matches one in a quote. A person's or organisation's surface that only stands
    within longer ones becomes an alias; any other such surface is a mention within a mention. The trigger of an event
    is the first place of its quote that no earlier event has. Raises `Unfounded` for quotes that are not in the text
    and `pydantic.ValidationError` for what gold/1 does not allow.
    """
    places = Quotes(text)
    surfaces = list(_surfaces(labels))
    wrong = [f"{s.label}: not in the text: {s.quote!r}" for s in surfaces if not places.all(s.quote)]
    mentions: list[GoldMention] = []
    aliases: dict[str, list[str]] = {}
    if not wrong:
        for surface in sorted(surfaces, key=lambda s: -len(s.quote)):
            found = places.free(surface.quote)
            if not found and surface.entity is not None:
                aliases.setdefault(surface.entity, []).append(surface.quote)
                continue
            found = found or places.all(surface.quote)[:1]
            mentions += _mentions(text, surface, found)
    triggers, untriggered = _triggers(labels, places)
    wrong += untriggered
    if wrong:
        raise Unfounded(wrong)
    to_key = _keys(labels)
    return GoldArticle(
        id=labels.id,
        outlet=labels.outlet,
        url=labels.url,
        published=labels.published,
        title=labels.title,
        annotates=ANNOTATES,
        cited=[to_key(name, people=True) for name in labels.sources],
        text=text,
        entities=_entities(labels, aliases),
        mentions=sorted(mentions, key=lambda mention: (mention.start, -mention.end)),
        relations=[
            GoldRelation(
                type="holds_position",
                subject=person.key,
                object=position.of if position.of is None else to_key(position.of),
                title=position.title,
            )
            for person in labels.people
            for position in person.positions
        ],
        events=_events(labels, [_span(text, place) for place in triggers]),
    )


def _surfaces(labels: ValueLabels) -> Iterator[_Surface]:
    for person in labels.people:
        yield from (_Surface(quote, "PER", person.key) for quote in dict.fromkeys(person.surfaces))
    for org in labels.orgs:
        yield from (_Surface(quote, "ORG", org.key) for quote in dict.fromkeys(org.surfaces))
    for label, quotes in (("PLACE", labels.places), ("FAC", labels.facilities), ("NEV", labels.named_events)):
        yield from (_Surface(quote, label) for quote in dict.fromkeys(quotes))
    values: dict[str, list[str]] = {}
    for date in labels.dates:
        values.setdefault(date.text, []).append(date.value)
    yield from (_Surface(quote, "DATE", values=tuple(found)) for quote, found in values.items())


def _mentions(text: str, surface: _Surface, found: list[tuple[int, int]]) -> Iterator[GoldMention]:
    """A mention a place; a date with more values than places has the last of them there."""
    values = surface.values or (None,)
    places = found + found[-1:] * (len(values) - len(found))
    for number, place in enumerate(places):
        yield GoldMention.model_validate(
            {
                **_span(text, place).model_dump(),
                "label": surface.label,
                "entities": [] if surface.entity is None else [surface.entity],
                "value": values[min(number, len(values) - 1)],
            }
        )


def _span(text: str, place: tuple[int, int]) -> GoldSpan:
    return GoldSpan(start=place[0], end=place[1], text=text[place[0] : place[1]])


def _triggers(labels: ValueLabels, places: Quotes) -> tuple[list[tuple[int, int]], list[str]]:
    """The place of each event's trigger, and what is wrong with triggers."""
    found: list[tuple[int, int]] = []
    wrong = []
    for number, event in enumerate(labels.events):
        quote = event.get("trigger")
        options = places.all(quote) if isinstance(quote, str) else []
        if not options:
            wrong.append(f"events.{number}.trigger: not in the text: {quote!r}")
            continue
        found.append(next((place for place in options if place not in found), options[0]))
    return found, wrong


def _keys(labels: ValueLabels) -> Callable[..., str]:
    """From the name of exactly one organisation, or with `people` of exactly one person or organisation, to its key."""
    organisations = Counter(org.name for org in labels.orgs)
    everyone = organisations + Counter(person.name for person in labels.people)
    keys = {person.name: person.key for person in labels.people} | {org.name: org.key for org in labels.orgs}

    def key(name: str, *, people: bool = False) -> str:
        return keys[name] if (everyone if people else organisations)[name] == 1 else name

    return key


def _entities(labels: ValueLabels, aliases: dict[str, list[str]]) -> list[GoldEntity]:
    people = [
        GoldEntity(key=person.key, kind="person", name=person.name, aliases=aliases.get(person.key, []))
        for person in labels.people
    ]
    return people + [
        GoldEntity(
            key=org.key, kind="organization", name=org.name, aliases=aliases.get(org.key, []), country=org.country
        )
        for org in labels.orgs
    ]


def _events(labels: ValueLabels, triggers: list[GoldSpan]) -> list[GoldEvent]:
    events, wrong = [], []
    for number, (event, trigger) in enumerate(zip(labels.events, triggers, strict=True)):
        fields = {name: value for name, value in event.items() if name != "trigger"}
        try:
            events.append(gold_event(fields, id=f"e{number + 1}", triggers=[trigger.model_dump()]))
        except ValidationError as error:
            wrong += [f"events.{number}.{reason}" for reason in reasons(error)]
    if wrong:
        raise Unfounded(wrong)
    return events


def write(articles: Iterable[GoldArticle], out: Path) -> None:
    """Write `<id>.yaml` and `<id>.txt` of each article into a folder; what value labels do not know is left out.

    Raises `CannotWrite` for an id that cannot be a file's name.
    """
    out.mkdir(parents=True, exist_ok=True)
    for article in articles:
        file = out / f"{article.id}.yaml"
        if file.parent != out or file.name != f"{article.id}.yaml":
            raise CannotWrite(article.id, "the id cannot be a file's name")
        file.write_bytes(as_yaml(labels_of(article)).encode())
        (out / f"{article.id}.txt").write_bytes(article.text.encode())


def labels_of(article: GoldArticle) -> ValueLabels:
    """The value labels of an article."""
    names = {entity.key: entity.name for entity in article.entities}
    organisations = {entity.key: entity.name for entity in article.entities if entity.kind == "organization"}
    people, orgs = [], []
    for entity in article.entities:
        of = {_one_line(m.text): None for m in article.mentions if entity.key in m.entities and m.label in NAMES}
        item: dict[str, Any] = {"key": entity.key, "name": entity.name, "surfaces": [*of, *entity.aliases]}
        if entity.kind == "organization":
            orgs.append({**item, "country": entity.country})
            continue
        held = [r for r in article.relations if r.type == "holds_position" and r.subject == entity.key]
        positions = [{"title": r.title, "of": organisations.get(r.object or "", r.object)} for r in held]
        people.append({**item, "positions": positions})
    dates = {(_one_line(m.text), m.value): None for m in article.mentions if m.label == "DATE" and m.value}
    return ValueLabels.model_validate(
        {
            "id": article.id,
            "outlet": article.outlet,
            "url": article.url,
            "published": None if article.published is None else article.published.isoformat(),
            "title": article.title,
            "sources": [names.get(who, who) for who in article.cited],
            "people": people,
            "orgs": orgs,
            "places": _texts(article, *PLACES),
            "facilities": _texts(article, "FAC"),
            "named_events": _texts(article, "NEV"),
            "dates": [{"text": text, "value": value} for text, value in dates],
            "events": [_event(event) for event in article.events],
        }
    )


def _texts(article: GoldArticle, *labels: str) -> list[str]:
    found = (mention for label in labels for mention in article.mentions if mention.label == label)
    return list(dict.fromkeys(_one_line(mention.text) for mention in found))


def _one_line(text: str) -> str:
    return LINE_BREAK.sub(" ", text)


def _event(event: GoldEvent) -> dict[str, Any]:
    fields = event.model_dump(exclude={"id", "triggers", "core"})
    first = min(event.triggers, key=lambda trigger: trigger.start)
    return {**fields, "trigger": _one_line(first.text), "core": event.core}
