"""The nouns that say what a capitalised phrase names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from pipeline.data import table

Label = Literal["organization", "facility", "event", "document"]


@dataclass(frozen=True, slots=True)
class Heads:
    """heads.toml: what a phrase is by its last word (`label`), also in lower case (`lower`), or by
    its first (`first`); `weak` heads need a name beside them; the rest are the rules of one label."""

    label: dict[str, Label]
    lower: dict[str, Label]
    first: dict[str, Label]
    weak: frozenset[tuple[Label, str]]
    after: dict[Label, frozenset[str]]
    organization: dict[str, frozenset[str]]
    facility: dict[str, frozenset[str]]


@cache
def heads() -> Heads:
    """The head nouns of heads.toml."""
    data = table("heads")
    label: dict[str, Label] = {}
    lower: dict[str, Label] = {}
    first: dict[str, Label] = {}
    labels: tuple[Label, ...] = get_args(Label)
    for kind in labels:
        for head in data[kind]["heads"]:
            label.setdefault(head, kind)
        lower |= dict.fromkeys(data[kind].get("lower", ()), kind)
        first |= dict.fromkeys(data[kind].get("before", ()), kind)
    return Heads(
        label,
        lower,
        first,
        frozenset((kind, head) for kind in labels for head in data[kind].get("weak", ())),
        {kind: frozenset(data[kind].get("after", ())) for kind in labels},
        {key: frozenset(value) for key, value in data["organization"].items()},
        {key: frozenset(value) for key, value in data["facility"].items()},
    )


def head_label(word: str) -> Label | None:
    """What a capitalised phrase is that this lower-case word closes."""
    return heads().label.get(word)
