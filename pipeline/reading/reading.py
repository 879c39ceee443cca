"""A reading: what the encoder made of one article, asked for words, spans and pairs of spans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.heads import Floats, Heads, Ints
from pipeline.reading.pairs import distances
from pipeline.reading.tags import spans_of

Range = tuple[int, int]
"""Half-open range of words of the parse."""


@dataclass(frozen=True, slots=True)
class Read:
    """A span that the tags mark: its words, the number of its label, and how probable its tags are."""

    tokens: Range
    label: int
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """`columns` are what the layer over words gave, by part, words x size; `windows` the ranges of words that were read
    together."""

    columns: Mapping[str, Floats]
    windows: tuple[Range, ...]
    heads: Heads

    def mentions(self) -> tuple[Read, ...]:
        """The mentions that the tags mark; `label` numbers `labels.mentions`.

        Neighbours of one label with nothing between them are one mention ("Gen." and "Ana Lopez").
        """
        found: list[Read] = []
        for read in self._marked("mention"):
            if found and found[-1].label == read.label and found[-1].tokens[1] == read.tokens[0]:
                last = found.pop()
                tokens = (last.tokens[0], read.tokens[1])
                read = Read(tokens, read.label, min(last.probability, read.probability))
            found.append(read)
        return tuple(found)

    def triggers(self) -> tuple[Read, ...]:
        """The triggers that the tags mark; their label is 0."""
        return tuple(self._marked("trigger"))

    def _marked(self, part: str) -> Iterator[Read]:
        steps = self.heads.weights.get(f"chain.{part}.steps")
        for start, end in self.windows:
            for a, b, label, probability in spans_of(self.columns[part][start:end], steps):
                yield Read((start + a, start + b), label, probability)

    def spans(self, part: str, where: Sequence[Range]) -> Floats:
        """The numbers of spans as triggers (`trigger`) or as mentions (`mention`), n x size."""
        starts = [start for start, _ in where]
        ends = [end - 1 for _, end in where]
        found: Floats = np.maximum(self.columns[f"{part}_start"][starts] + self.columns[f"{part}_end"][ends], 0)
        return found

    def roles(self, triggers: Sequence[Range], mentions: Sequence[Range], labels: Ints) -> Floats:
        """Scores of what each mention is to each trigger, n x m x `labels.roles`."""
        return self._pairs("role", self.spans("trigger", triggers), triggers, mentions, labels)

    def together(self, left: Sequence[Range], right: Sequence[Range]) -> NDArray[np.bool_]:
        """Whether spans begin in one window, n x m."""
        edges = [start for start, _ in self.windows]
        a, b = (np.searchsorted(edges, _starts(part), side="right") for part in (left, right))
        found: NDArray[np.bool_] = a[:, None] == b[None, :]
        return found

    def links(self, linked: Sequence[Range], mentions: Sequence[Range], labels: Ints) -> Floats:
        """Scores of what each mention is to those that have a link, n x m x `labels.links`."""
        return self._pairs("link", self.spans("mention", linked), linked, mentions, labels)

    def _pairs(
        self, name: str, left: Floats, where: Sequence[Range], mentions: Sequence[Range], labels: Ints
    ) -> Floats:
        size = self.heads.weights[f"{name}.by_label"].shape[1]
        if not len(where) or not mentions:
            return np.zeros((len(where), len(mentions), size), dtype=np.float32)
        gap = distances(_starts(where), _starts(mentions))
        return self.heads.pairs(name, left, self.spans("mention", mentions), labels, gap)

    def same(self, triggers: Sequence[Range]) -> Floats:
        """Scores of two triggers naming one event, n x n."""
        if not triggers:
            return np.zeros((0, 0), dtype=np.float32)
        return self.heads.same(self.spans("trigger", triggers), _starts(triggers))


def _starts(where: Sequence[Range]) -> Ints:
    return np.array([start for start, _ in where], dtype=np.int64)
