"""From the surface forms of one entity to the nodes that are linked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.document import EntityKind
from pipeline.link.matcher import Matcher
from pipeline.link.sighting import Node, one_line


@dataclass(frozen=True, slots=True)
class PlacedForm:
    """A surface form with its count and the node that keeps it; `own` when it is the node's normal form."""

    node: Node
    text: str
    count: int
    own: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """The nodes of one entity, the one that stands for it first, and its forms."""

    nodes: tuple[Node, ...]
    forms: tuple[PlacedForm, ...]


def place(kind: EntityKind, forms: Iterable[tuple[str, int]], country: str | None, matcher: Matcher) -> Placed:
    """The nodes of one entity as an article or a reference list names it.

    Every full form is a node; without one, the longest form is. The most frequent node comes first (ties: the longer,
    then the later in code point order); short forms are kept with it. Raises `ValueError` when the matcher finds
    nothing in a form.
    """
    counts: dict[str, int] = {}
    for form, count in forms:
        text = one_line(form)
        counts[text] = counts.get(text, 0) + count
    normals = {text: matcher.normal(kind, text) for text in counts}
    if not all(normals.values()):
        raise ValueError(f"no name in {[text for text, normal in normals.items() if not normal]}")
    own = {text for text, normal in normals.items() if matcher.is_full(kind, normal)}
    if not own:
        longest = max(counts, key=lambda text: (len(text.split()), len(text), text))
        own = {text for text, normal in normals.items() if normal == normals[longest]}
    weights: dict[str, int] = {}
    for text in own:
        weights[normals[text]] = weights.get(normals[text], 0) + counts[text]
    ranked = sorted(weights, key=lambda normal: (weights[normal], len(normal), normal), reverse=True)
    nodes = {normal: Node(kind, normal, country) for normal in ranked}
    first = nodes[ranked[0]]
    return Placed(
        tuple(nodes.values()),
        tuple(
            PlacedForm(nodes[normals[text]] if text in own else first, text, count, text in own)
            for text, count in counts.items()
        ),
    )
