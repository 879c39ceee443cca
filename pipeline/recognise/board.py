"""The board on which the recognisers claim text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.document import MentionLabel
from pipeline.lookup.words import Words


class Found(NamedTuple):
    """A stretch of text and what it is; characters and tokens are half-open ranges of the view."""

    start: int
    end: int
    i: int
    j: int
    label: MentionLabel
    source: str
    code: str | None = None
    name: str | None = None


@dataclass(slots=True)
class Board:
    """What has been claimed so far; first come, first served."""

    words: Words
    found: list[Found] = field(default_factory=list)
    _taken: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self._taken = bytearray(len(self.words.whole))

    def free(self, i: int, j: int) -> bool:
        """Whether no character of the tokens is claimed."""
        return not any(self._taken[self.words.starts[i] : self.words.ends[j - 1]])

    def claim(
        self, i: int, j: int, label: MentionLabel, source: str, *, code: str | None = None, name: str | None = None
    ) -> bool:
        """Claim whole tokens; False when some of them are taken."""
        return self.claim_characters(
            Found(self.words.starts[i], self.words.ends[j - 1], i, j, label, source, code, name)
        )

    def claim_characters(self, found: Found) -> bool:
        """Claim a stretch; False when some of it is taken."""
        if any(self._taken[found.start : found.end]):
            return False
        self._taken[found.start : found.end] = b"\1" * (found.end - found.start)
        self.found.append(found)
        return True
