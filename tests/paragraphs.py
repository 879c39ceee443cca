"""The paragraphs of a text that is its own view."""

from __future__ import annotations

from pipeline.document import Paragraph


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Every line that is not blank."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(start, start + len(line)))
        start += len(line) + 1
    return tuple(found)
