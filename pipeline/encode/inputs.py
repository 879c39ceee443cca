"""Inputs: an article as the arrays that the encoder reads, window by window, in training as at run time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from pipeline.document import Paragraph
from pipeline.encode.known import UNKNOWN, known_of
from pipeline.encode.pieces import Speller
from pipeline.encode.shape import SHAPES, lines_of, shape_of
from pipeline.encode.windows import Range, cut
from pipeline.lookup.words import read_words
from pipeline.reading.heads import Ints

NO_SHAPE = len(SHAPES)
"""The shape of pieces that are no words."""
PER_PIECE = ("pieces", "mask", "shapes", "lines", "known")


@dataclass(frozen=True, slots=True)
class Seen:
    """The words of an article and what the encoder sees of them beside their letters: shapes and lines as
    `pipeline.encode.shape` numbers them, what is known of them as `pipeline.encode.known` does."""

    words: Sequence[str]
    shapes: Sequence[int]
    lines: Sequence[int]
    known: Sequence[int]


def seen_in(doc: Doc, paragraphs: tuple[Paragraph, ...]) -> Seen:
    """What the encoder sees of the tokens of a text with these paragraphs."""
    words = read_words(doc, paragraphs)
    shapes = [shape_of(word) for word in words.text]
    return Seen(words.text, shapes, lines_of(words.starts, shapes, paragraphs), known_of(words))


@dataclass(frozen=True, slots=True)
class Inputs:
    """A window as arrays over its pieces (number; shape, line and what is known of the word), and the first piece of
    each word."""

    pieces: Ints
    shapes: Ints
    lines: Ints
    known: Ints
    first: Ints


def inputs_of(seen: Seen, speller: Speller, *, limit: int) -> list[tuple[Range, Inputs]]:
    """The windows of an article, each of at most `limit` pieces: which words it reads, and its arrays."""
    spelled = speller.spell(seen.words)
    found = []
    for start, end in cut(seen.words, [len(word) for word in spelled], limit):
        pieces, shapes, lines, known, first = [speller.first], [NO_SHAPE], [0], [UNKNOWN], []
        for n in range(start, end):
            first.append(len(pieces))
            pieces += spelled[n]
            shapes += [NO_SHAPE if seen.words[n].isspace() else seen.shapes[n]] * len(spelled[n])
            lines += [seen.lines[n]] * len(spelled[n])
            known += [seen.known[n]] * len(spelled[n])
        inputs = Inputs(
            np.array([*pieces, speller.last]),
            np.array([*shapes, NO_SHAPE]),
            np.array([*lines, 0]),
            np.array([*known, UNKNOWN]),
            np.array(first),
        )
        found.append(((start, end), inputs))
    return found


def padded(windows: Sequence[Inputs]) -> dict[str, Ints]:
    """Windows as one batch: arrays by name, windows x pieces (`first`: windows x words), filled up with zeros.

    `mask` is 1 for the pieces of a window and 0 for what fills it up.
    """
    pieces = max(len(window.pieces) for window in windows)
    words = max(len(window.first) for window in windows)
    batch = {name: np.zeros((len(windows), pieces), dtype=np.int64) for name in PER_PIECE}
    batch["first"] = np.zeros((len(windows), words), dtype=np.int64)
    for row, window in enumerate(windows):
        size = len(window.pieces)
        batch["pieces"][row, :size] = window.pieces
        batch["mask"][row, :size] = 1
        batch["shapes"][row, :size] = window.shapes
        batch["lines"][row, :size] = window.lines
        batch["known"][row, :size] = window.known
        batch["first"][row, : len(window.first)] = window.first
    return batch
