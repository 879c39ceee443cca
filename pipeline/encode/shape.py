"""What an uncased encoder cannot see of a word: how it is written, and in what kind of line it stands."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from pipeline.document import Paragraph

SHAPES = ("lower", "title", "upper", "mixed", "letter", "number", "coded", "sign")
"""How words are written: "said", "Baku", "OSCE", "McCain", "J", "2025", "F16", ","."""

LINES = ("text", "lead", "headline", "loud")
"""Lines that words stand in: text, the first paragraph of it, a headline, a line in which capitals say nothing."""


@functools.lru_cache(maxsize=1 << 14)
def shape_of(word: str) -> int:
    """The number in `SHAPES` of how a word is written."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return SHAPES.index("number" if any(c.isdigit() for c in word) else "sign")
    if any(c.isdigit() for c in word):
        return SHAPES.index("coded")
    upper = sum(c.isupper() for c in letters)
    if not upper:
        return SHAPES.index("lower")
    if len(letters) == 1:
        return SHAPES.index("letter")
    if upper == len(letters):
        return SHAPES.index("upper")
    return SHAPES.index("title" if upper == 1 and letters[0].isupper() else "mixed")


def lines_of(starts: Sequence[int], shapes: Sequence[int], paragraphs: Sequence[Paragraph]) -> list[int]:
    """The number in `LINES` for each word; `starts` are the words' first characters in the text of the paragraphs."""
    found = [LINES.index("text")] * len(starts)
    lead = next((n for n, paragraph in enumerate(paragraphs) if not paragraph.headline), None)
    at = 0
    for n, paragraph in enumerate(paragraphs):
        first = at
        while at < len(starts) and starts[at] < paragraph.end:
            at += 1
        kind = "headline" if paragraph.headline else "lead" if n == lead else "text"
        if _is_loud(shapes[first:at]):
            kind = "loud"
        found[first:at] = [LINES.index(kind)] * (at - first)
    return found


def _is_loud(shapes: Sequence[int]) -> bool:
    """Whether nearly all words of a line begin with a capital."""
    words = [SHAPES[shape] for shape in shapes if SHAPES[shape] in ("lower", "title", "upper", "mixed")]
    return len(words) > 3 and sum(shape != "lower" for shape in words) > 0.75 * len(words)
