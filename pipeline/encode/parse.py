"""The parse of an article from what the encoder says of its words: tags, sentences and trees, as spaCy has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.attrs import DEP, HEAD, POS, SENT_START, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.data import abbreviated_titles
from pipeline.encode.windows import paragraphs_of
from pipeline.reading.heads import Floats, Heads, Ints
from pipeline.reading.reading import Reading


@dataclass(frozen=True, slots=True)
class Symbols:
    """The numbers that a vocabulary has for the labels of a model's parse, in the order of its outputs."""

    tags: Ints
    classes: Ints
    arcs: Ints
    root: int


def symbols_of(vocab: Vocab, heads: Heads) -> Symbols:
    """The symbols of a model's labels; those that are new to the vocabulary are added."""
    strings: StringStore = vocab.strings

    def numbers(names: Sequence[str]) -> Ints:
        return np.array([strings.add(name) for name in names], dtype=np.uint64).astype(np.int64)

    labels = heads.labels
    return Symbols(numbers(labels.tags), numbers(labels.classes), numbers(labels.arcs), strings.add("ROOT"))


def write_parse(doc: Doc, reading: Reading, symbols: Symbols, words: Sequence[str]) -> Doc:
    """The tokens of `doc`, which are `words`, with the tags, sentences and trees of a reading."""
    count = len(doc)
    columns = reading.columns
    opens = columns["break"][:, 1] > columns["break"][:, 0]
    opens[1:] &= ~np.array([word in abbreviated_titles() for word in words[:-1]], dtype=np.bool_)
    opens[paragraphs_of(words)] = True
    space = np.array([word.isspace() for word in words])
    opens &= ~space
    opens[0] = True
    starts = np.flatnonzero(opens)
    parents = np.arange(count)
    for start, end in zip(starts, [*starts[1:], count], strict=True):
        parents[start:end] = start + _tree(reading, int(start), int(end), space[start:end])
    labels = reading.heads.arc_labels(columns["dependent_label"], columns["head_label"][parents])
    labels[:, symbols.arcs == symbols.root] = -np.inf
    arcs = symbols.arcs[labels.argmax(-1)]
    arcs[parents == np.arange(count)] = np.int64(symbols.root)
    table = np.stack(
        [
            symbols.tags[columns["tag"].argmax(-1)],
            symbols.classes[columns["class"].argmax(-1)],
            parents - np.arange(count),
            arcs,
            np.where(opens, 1, -1),
        ],
        axis=1,
    )
    parsed: Doc = doc.from_array([TAG, POS, HEAD, DEP, SENT_START], table.astype(np.int64).view(np.uint64))  # type: ignore[arg-type]
    return parsed


def _tree(reading: Reading, start: int, end: int, space: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Ints:
    """The head of each word of a sentence, counted from its first: the best ones that make one tree."""
    columns = reading.columns
    scores: Floats = reading.heads.arcs(columns["dependent"][start:end], columns["head"][start:end])
    if not space.all():
        scores[:, space] = -np.inf
    root = int(np.diagonal(scores).argmax())
    np.fill_diagonal(scores, -np.inf)
    heads: Ints = scores.argmax(-1).astype(np.int64)
    heads[root] = root
    return _uncycled(heads, scores, root)


def _uncycled(heads: Ints, scores: Floats, root: int) -> Ints:
    """Heads without cycles: the word of a cycle that loses least by it gets the best head outside."""
    while True:
        reached = _reaches(heads, root)
        if reached.all():
            return heads
        cycle = np.flatnonzero(~reached)
        outside = np.where(reached[None, :], scores[cycle], np.float32(-np.inf))
        best = outside.argmax(-1)
        loss = scores[cycle, heads[cycle]] - outside[np.arange(len(cycle)), best]
        chosen = int(loss.argmin())
        heads[cycle[chosen]] = best[chosen]


def _reaches(heads: Ints, root: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether the way up from each word ends at the root."""
    at = heads
    for _ in range(max(1, len(heads).bit_length())):
        at = at[at]
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = at == root
    return found
