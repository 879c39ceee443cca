"""Offices as the encoder links them: each title with its holder and with who gives it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from pipeline.document import Document
from pipeline.reading.entities import choices, label_numbers
from pipeline.reading.heads import Floats
from pipeline.reading.reading import Range, Reading

_BESIDE = 3
"""How many tokens that are in no mention are at most between a title and a name beside it."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A title mention with the key of its holder, whether it stands beside a name of the holder, and how probable each
    giver of the office is (None: nobody whom the text names)."""

    title: int
    holder: str
    beside: bool
    probability: float
    givers: Mapping[str | None, float]


def link_titles(document: Document, reading: Reading) -> list[Linked]:
    """The titles that somebody named holds, in the order of the text."""
    mentions = document.mentions
    names = reading.heads.labels
    titles = [i for i, m in enumerate(mentions) if m.label == "title"]
    if not titles:
        return []
    where = [m.tokens for m in mentions]
    scores = reading.links([where[i] for i in titles], where, label_numbers((m.label for m in mentions), names))
    people = {e.key: list(e.mentions) for e in document.entities if e.kind == "person"}
    holders = _chances(scores[..., names.links.index("holder")], people)
    givers = _chances(scores[..., names.links.index("giver")], _givers(document))
    inside = {token for mention in mentions for token in range(*mention.tokens)}
    found = []
    for title, by_holder, by_giver in zip(titles, holders, givers, strict=True):
        holder = max(by_holder, key=lambda key: by_holder[key])
        if holder is not None:
            beside = any(_is_beside(document, inside, where[title], where[name]) for name in people[holder])
            found.append(Linked(title, holder, beside, by_holder[holder], by_giver))
    return found


def _is_beside(document: Document, inside: Set[int], title: Range, name: Range) -> bool:
    """Whether a title and a name stand in one sentence with little between them; `inside` are tokens of mentions."""
    end, start = min(title[1], name[1]), max(title[0], name[0])
    if document.parse is None or sum(i not in inside for i in range(end, start)) > _BESIDE:
        return False
    return not any(document.parse[i].is_sent_start for i in range(end, start + 1))


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


def _chances(scores: Floats, groups: Mapping[str, list[int]]) -> list[dict[str | None, float]]:
    """For each row the probability of each group, and of nobody."""
    keys = [*groups, None]
    likely = choices(scores, list(groups.values()))
    return [dict(zip(keys, map(float, row), strict=True)) for row in likely]
