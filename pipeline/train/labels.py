"""Value labels (the YAML files of seeds/gold) matched with what the line found in their articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.document import Article, Document, Event
from pipeline.names.fold import fold

ENOUGH = 0.5
"""Share of participants (F1) from which an event counts as found."""


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article and its labels as the YAML file has them."""

    article: Article
    label: Mapping[str, Any]


def read_labelled(folders: Sequence[Path]) -> Iterator[LabelledArticle]:
    """The articles of folders that hold `<id>.txt` beside `<id>.yaml`, in the order of their names."""
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            label = yaml.safe_load(path.read_text(encoding="utf-8"))
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            yield LabelledArticle(Article(label["id"], text, published=label["published"]), label)


def _names(label: Mapping[str, Any]) -> dict[str, str]:
    """Folded names and surface forms of people and organisations, each with its label key."""
    found: dict[str, str] = {}
    for item in (*(label.get("people") or ()), *(label.get("orgs") or ())):
        for name in (item["name"], *item["surfaces"]):
            found.setdefault(fold(name), item["key"])
    return found


def _participants(document: Document, event: Event, names: Mapping[str, str]) -> set[str]:
    """Label keys of an event's participants; states by code, unknown ones by a name of their own."""
    entities = {e.key: e for e in document.entities}
    found = set()
    for key in (*event.actors, *event.recipients):
        entity = entities.get(key)
        if entity is None or entity.kind == "country":
            found.add(key)
            continue
        said = [entity.name, *(document.mentions[i].text for i in entity.mentions)]
        found.add(next((names[fold(s)] for s in said if fold(s) in names), f"?{entity.name}"))
    return found


def _agreement(gold: Mapping[str, Any], who: set[str]) -> float:
    wanted = {*(gold.get("actors") or ()), *(gold.get("recipients") or ())}
    given = who - set(gold.get("optional") or ()) | (who & wanted)
    return 2 * len(wanted & given) / (len(wanted) + len(given)) if wanted or given else 0.0


def judge(document: Document, events: Sequence[Event], label: Mapping[str, Any]) -> list[bool | None]:
    """For each event whether the labels have it; None where they neither ask for it nor forbid it.

    Events are paired with labels of the same type one to one, best participants first.
    """
    names = _names(label)
    golds = [g for g in label.get("events") or () if g["status"] != "negated"]
    who = [_participants(document, event, names) for event in events]
    pairs = sorted(
        ((_agreement(g, who[j]) + 0.6 * (g.get("mode") == e.mode), i, j)
         for i, g in enumerate(golds) for j, e in enumerate(events)
         if g["type"] == e.type and e.status != "negated" and _agreement(g, who[j]) > 0),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )  # fmt: skip
    verdicts: list[bool | None] = [None if e.status == "negated" else False for e in events]
    used: set[int] = set()
    taken: set[int] = set()
    for _, i, j in pairs:
        if i in used or j in taken:
            continue
        used.add(i)
        taken.add(j)
        gold = golds[i]
        good = gold.get("mode") == events[j].mode and _agreement(gold, who[j]) >= ENOUGH
        verdicts[j] = good if gold["core"] else None
    return verdicts
