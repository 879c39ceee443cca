"""Plans of sentences as they stand in models/corpus/plans (README.md there tells how they are written)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.train.synthesis_syntax import BadPlan, EventPlan, Plan, Role, check_letters, clauses, parse_plan

VOCABULARY = "vocabulary.toml"


@dataclass(frozen=True, slots=True)
class Scene:
    """What an article can be about: its people and events, headlines, opening sentences and further ones."""

    name: str
    weight: float
    roles: tuple[Role, ...]
    events: tuple[EventPlan, ...]
    headlines: tuple[Plan, ...]
    leads: tuple[Plan, ...]
    follows: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class PlanBook:
    """All plans of a folder, and the vocabulary for their slots.

    `sides` tell of other events than the main one, `fillers` of none, `talks` neither and only fit where people met;
    `titles` are headlines of articles without events.
    """

    scenes: tuple[Scene, ...]
    sides: tuple[Plan, ...]
    fillers: tuple[Plan, ...]
    talks: tuple[Plan, ...]
    titles: tuple[Plan, ...]
    vocabulary: Mapping[str, Any]

    def sentences(self) -> Iterator[Plan]:
        """Every plan but the headlines."""
        for scene in self.scenes:
            yield from (*scene.leads, *scene.follows)
        yield from (*self.sides, *self.fillers, *self.talks)


def read_plans(folder: Path) -> PlanBook:
    """The plans in the `.toml` files of a folder.

    Raises `InputError` that names the file and the plan for one that is malformed.
    """
    files = sorted(file for file in folder.glob("*.toml") if file.name != VOCABULARY)
    if not files:
        raise InputError(f"{folder}: no plans in it")
    vocabulary = _table(folder / VOCABULARY)
    scenes: list[Scene] = []
    pools: dict[str, list[Plan]] = {"sides": [], "fillers": [], "talks": [], "titles": []}
    for file in files:
        content = _table(file)
        for number, item in enumerate(content.pop("scene", []), 1):
            scenes.append(_scene(file.name, f"scene {item.get('name', number)}", item))
        for name, texts in content.items():
            if name not in pools:
                raise InputError(f"{file}: {name}: there are scene, {', '.join(pools)}")
            pools[name] += _plans(file.name, name, texts, (), ())
    _distinct([plan for scene in scenes for plan in (*scene.leads, *scene.follows)] + list(chain(*pools.values())))
    return PlanBook(tuple(scenes), **{name: tuple(plans) for name, plans in pools.items()}, vocabulary=vocabulary)


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{file}: is no TOML: {error}") from error


def _distinct(plans: Iterable[Plan]) -> None:
    seen: dict[str, str] = {}
    for plan in plans:
        if (first := seen.setdefault(plan.text, plan.where)) != plan.where:
            raise InputError(f"{plan.where}: the same text as {first}")


def _scene(file: str, where: str, item: Mapping[str, Any]) -> Scene:
    wrong = item.keys() - {"name", "weight", "cast", "headlines", "leads", "follows"}
    if wrong or not {"name", "cast", "leads"} <= item.keys():
        raise InputError(f"{file}: {where}: has name, cast, leads, weight, headlines and follows, not {sorted(wrong)}")
    try:
        roles, events, _ = clauses(item["cast"])
        check_letters(roles, events)
    except BadPlan as error:
        raise InputError(f"{file}: {where}: cast: {error}") from error
    pools = {
        name: tuple(_plans(file, f"{where}, {name}", item.get(name, ()), roles, events))
        for name in ("headlines", "leads", "follows")
    }
    return Scene(item["name"], float(item.get("weight", 1)), roles, events, **pools)


def _plans(
    file: str, where: str, texts: Iterable[str], roles: tuple[Role, ...], events: tuple[EventPlan, ...]
) -> Iterator[Plan]:
    for number, text in enumerate(texts, 1):
        place = f"{file}: {where} {number}"
        try:
            yield parse_plan(text, place, roles, events)
        except BadPlan as error:
            raise InputError(f"{place}: {error}: {text[:60]!r}") from error
