"""Labels by value matched with what the line found in their articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.document import Article, Document, Entity, Event
from pipeline.gold.values import labels_of
from pipeline.names.fold import fold
from pipeline.train.gold_files import read_articles

ENOUGH = 0.5
"""Share of participants (F1) from which an event counts as found."""

_SMALL_WORDS = frozenset("the of for and a an in to on at by".split())


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article and its labels by value, as `pipeline.gold.values` has them."""

    article: Article
    label: Mapping[str, Any]


def read_labelled(paths: Sequence[Path]) -> Iterator[LabelledArticle]:
    """The articles of gold files and folders of any format; raises `InputError` for gold that cannot be read."""
    for gold in read_articles(paths):
        label = labels_of(gold).model_dump(mode="json")
        yield LabelledArticle(Article(gold.id, gold.text, published=gold.published), label)


def names_of(label: Mapping[str, Any]) -> dict[str, str]:
    """Folded names and surface forms of people and organisations, each with its label key."""
    found: dict[str, str] = {}
    for item in (*(label.get("people") or ()), *(label.get("orgs") or ())):
        for name in (item["name"], *item["surfaces"]):
            found.setdefault(fold(name), item["key"])
    return found


def key_of(document: Document, entity: Entity, names: Mapping[str, str]) -> str | None:
    """The label key of an entity by its name or one of its mentions; None when the labels do not have it."""
    said = [entity.name, *(document.mentions[i].text for i in entity.mentions)]
    return next((names[fold(s)] for s in said if fold(s) in names), None)


def overlap(a: str, b: str) -> float:
    """How far two names or titles agree: F1 of their folded words, small words left out."""
    left, right = (set(fold(text).split()) - _SMALL_WORDS for text in (a, b))
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _participants(document: Document, event: Event, names: Mapping[str, str]) -> set[str]:
    """Label keys of an event's participants; states by code, unknown ones by a name of their own."""
    entities = {e.key: e for e in document.entities}
    found = set()
    for key in (*event.actors, *event.recipients):
        entity = entities.get(key)
        if entity is None or entity.kind == "country":
            found.add(key)
        else:
            found.add(key_of(document, entity, names) or f"?{entity.name}")
    return found


def _agreement(gold: Mapping[str, Any], who: set[str]) -> float:
    wanted = {*(gold.get("actors") or ()), *(gold.get("recipients") or ())}
    given = who - set(gold.get("optional") or ()) | (who & wanted)
    return 2 * len(wanted & given) / (len(wanted) + len(given)) if wanted or given else 0.0


def _nothing_more(gold: Mapping[str, Any], event: Event) -> float:
    return 0.0


def pair(
    document: Document,
    events: Sequence[Event],
    label: Mapping[str, Any],
    *,
    nearness: Callable[[Mapping[str, Any], Event], float] = _nothing_more,
) -> list[tuple[Mapping[str, Any], int, bool]]:
    """Labelled events with the event found for each, of the same type, one to one, best participants first.

    Gives the label, the number of the event, and whether it is the same event: mode and enough of
    the participants agree. `nearness` says what else, beside participants and mode, makes a label
    and an event more of a pair.
    """
    names = names_of(label)
    golds = list(label.get("events") or ())
    who = [_participants(document, event, names) for event in events]
    scored = sorted(
        ((_agreement(g, who[j]) + 0.6 * (g.get("mode") == e.mode) + nearness(g, e), i, j)
         for i, g in enumerate(golds) for j, e in enumerate(events)
         if g["type"] == e.type and _agreement(g, who[j]) > 0),
        key=lambda found: (-found[0], found[1], found[2]),
    )  # fmt: skip
    pairs: list[tuple[Mapping[str, Any], int, bool]] = []
    used: set[int] = set()
    taken: set[int] = set()
    for _, i, j in scored:
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            gold = golds[i]
            same = gold.get("mode") == events[j].mode and _agreement(gold, who[j]) >= ENOUGH
            pairs.append((gold, j, same))
    return pairs


def judge(document: Document, events: Sequence[Event], label: Mapping[str, Any]) -> list[bool | None]:
    """For each event whether the labels have it; None where they neither ask for it nor forbid it.

    What is negated takes no part, in the labels and among the events.
    """
    stated = [j for j, event in enumerate(events) if event.status != "negated"]
    verdicts: list[bool | None] = [None if e.status == "negated" else False for e in events]
    asked = {**label, "events": [g for g in label.get("events") or () if g["status"] != "negated"]}
    for gold, n, same in pair(document, [events[j] for j in stated], asked):
        verdicts[stated[n]] = same if gold["core"] else None
    return verdicts
