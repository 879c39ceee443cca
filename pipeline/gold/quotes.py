"""Where quotes stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(slots=True)
class Quotes:
    """Where quotes stand in a text, and which of its spans are taken."""

    text: str
    taken: list[tuple[int, int]] = field(default_factory=list)

    def all(self, quote: str) -> list[tuple[int, int]]:
        """The spans that are the quote: whole words, or when there are none, parts of words."""
        pattern = r"\s+".join(map(re.escape, quote.split()))
        if not pattern:
            return []
        whole = [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", self.text)]
        return whole or [m.span() for m in re.finditer(pattern, self.text)]

    def free(self, quote: str) -> list[tuple[int, int]]:
        """Those that overlap no taken span; they are taken now."""
        found = [(a, b) for a, b in self.all(quote) if not any(a < end and start < b for start, end in self.taken)]
        self.taken += found
        return found
