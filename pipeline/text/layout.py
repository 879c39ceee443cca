"""Layout: the blocks of a page, with hard-wrapped lines put together again."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

SHORTEST_WRAPPED = 40
WIDEST_WRAPPED = 120
_SENTENCE_ENDS = ".!?:;…\"')"

Block = tuple[int, int]
"""Half-open range of a normalised text: a paragraph, headline, date line, caption …"""


def blocks(text: str) -> list[Block]:
    """The blocks of a normalised text: its lines, or its paragraphs where the text is hard-wrapped.

    A text counts as hard-wrapped when most breaks between its long lines stand inside sentences.
    """
    runs = list(_runs(text))
    wrapped = _is_wrapped(text, runs)
    found: list[Block] = []
    for lines in runs:
        found.append(lines[0])
        for line in lines[1:]:
            start, end = found[-1]
            if wrapped and _goes_on(text, (text.rfind("\n", start, end) + 1 or start, end), line, wrapped):
                found[-1] = (start, line[1])
            else:
                found.append(line)
    return found


def _runs(text: str) -> Iterator[list[Block]]:
    """Lines without a blank line between them."""
    at = 0
    for paragraph in text.split("\n\n"):
        lines = []
        for line in paragraph.split("\n"):
            if line:
                lines.append((at, at + len(line)))
            at += len(line) + 1
        at += 1
        if lines:
            yield lines


def _is_wrapped(text: str, runs: Sequence[Sequence[Block]]) -> int:
    """The width that the text is wrapped at, 0 when it is not."""
    breaks = [(a, b) for lines in runs for a, b in itertools.pairwise(lines)]
    long = [(a, b) for a, b in breaks if a[1] - a[0] >= SHORTEST_WRAPPED]
    if len(long) < 2 or len(long) < len(breaks) / 2:
        return 0
    width = max(line[1] - line[0] for lines in runs for line in lines)
    inside = sum(text[a[1] - 1] not in _SENTENCE_ENDS for a, b in long)
    starts_low = any(text[b[0]].islower() for _, b in long)
    return width if width <= WIDEST_WRAPPED and starts_low and inside >= 0.6 * len(long) else 0


def _goes_on(text: str, line: Block, following: Block, width: int) -> bool:
    """Whether the following line continues the paragraph: the line breaks off or was full."""
    length = line[1] - line[0]
    if text[following[0]].islower() or (text[line[1] - 1] not in _SENTENCE_ENDS and length > 0.5 * width):
        return True
    word = text[following[0] : following[1]].split(" ", 1)[0]
    return length + 1 + len(word) > 0.75 * width
