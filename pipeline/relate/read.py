"""Offices as the encoder links them: each title with its holder and with who gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.document import Document
from pipeline.reading.entities import choices, label_numbers
from pipeline.reading.heads import Floats
from pipeline.reading.reading import Reading


@dataclass(frozen=True, slots=True)
class Linked:
    """A title mention with the key of its holder and of who gives the office (None: nobody whom the text names)."""

    title: int
    holder: str
    holder_probability: float
    giver: str | None
    giver_probability: float


def link_titles(document: Document, reading: Reading) -> list[Linked]:
    """The titles that somebody named holds, in the order of the text."""
    mentions = document.mentions
    names = reading.heads.labels
    scores = reading.links([m.tokens for m in mentions], label_numbers((m.label for m in mentions), names))
    titles = [i for i, m in enumerate(mentions) if m.label == "title"]
    if not titles:
        return []
    people = {e.key: list(e.mentions) for e in document.entities if e.kind == "person"}
    holders = _best(scores[titles, :, names.links.index("holder")], people)
    givers = _best(scores[titles, :, names.links.index("giver")], _givers(document))
    return [
        Linked(title, holder, p, giver, q)
        for title, (holder, p), (giver, q) in zip(titles, holders, givers, strict=True)
        if holder is not None
    ]


def _givers(document: Document) -> Mapping[str, list[int]]:
    """Who may give an office, with the mentions that name it: states by code, organisations by key."""
    found: dict[str, list[int]] = {}
    for i, mention in enumerate(document.mentions):
        if mention.label in ("country", "nationality", "city") and mention.code:
            found.setdefault(mention.code, []).append(i)
    for entity in document.entities:
        if entity.kind == "organization":
            found[entity.key] = list(entity.mentions)
    return found


def _best(scores: Floats, groups: Mapping[str, list[int]]) -> list[tuple[str | None, float]]:
    """For each row the likeliest group with its probability, or nobody."""
    keys = [*groups, None]
    likely = choices(scores, list(groups.values()))
    return [(keys[n], float(row[n])) for row in likely for n in [int(row.argmax())]]
