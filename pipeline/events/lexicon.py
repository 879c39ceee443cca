"""The trigger lexicon: which words name which events, under which conditions."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.data import lines, table


@dataclass(frozen=True, slots=True)
class Condition:
    """`kind` is one of those that triggers.tsv explains; `negative` conditions must not hold."""

    kind: str
    words: frozenset[str]
    negative: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of triggers.tsv for one lemma. `actors`, `recipients` and `goals` are slot names."""

    id: str
    verb: bool
    lemma: str
    type: str
    mode: str | None
    frame: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    goals: tuple[str, ...]
    conditions: tuple[Condition, ...]


def _conditions(text: str) -> tuple[Condition, ...]:
    found = []
    for part in filter(None, text.strip().split(";")):
        kind, _, words = part.partition("=")
        found.append(Condition(kind.lstrip("-"), frozenset(words.split("/")), kind.startswith("-")))
    return tuple(found)


@functools.cache
def entries() -> Mapping[tuple[bool, str], tuple[Entry, ...]]:
    """Entries by (is a verb, lemma), in the order of the file."""
    frames = table("detect")["frames"]
    found: dict[tuple[bool, str], list[Entry]] = {}
    for number, line in enumerate(lines("triggers.tsv")[1:], 1):
        pos, lemmas, kind, mode, frame, conditions = line.split("\t")
        for lemma in lemmas.split("/"):
            entry = Entry(
                id=f"{pos}:{lemma}:{kind}/{mode or '-'}:{number}",
                verb=pos == "v",
                lemma=lemma,
                type=kind,
                mode=mode or None,
                frame=frame,
                actors=tuple(frames[frame]["actors"]),
                recipients=tuple(frames[frame].get("recipients", ())),
                goals=tuple(frames[frame].get("goals", ())),
                conditions=_conditions(conditions),
            )
            found.setdefault((pos == "v", lemma), []).append(entry)
    return {key: tuple(value) for key, value in found.items()}
