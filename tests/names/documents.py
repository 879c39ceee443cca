"""Documents of plain words and mentions."""

from __future__ import annotations

import spacy

from pipeline.document import Article, Document, Mention, MentionLabel, Span

NLP = spacy.blank("en")
Part = str | tuple[str, MentionLabel] | tuple[str, MentionLabel, str]
"""Plain words, or a mention: words, label, ISO3 code."""


def document(*parts: Part) -> Document:
    """A document of plain words and mentions (words, label, ISO3 code), joined by blanks."""
    text, mentions, spans = "", [], []
    for part in parts:
        words = part if isinstance(part, str) else part[0]
        start = len(text)
        text += words + " "
        if not isinstance(part, str):
            spans.append((start, start + len(words), part[1], part[2] if len(part) > 2 else None))
    parse = NLP(text.strip())
    for start, end, label, code in spans:
        span = parse.char_span(start, end, alignment_mode="expand")
        assert span is not None
        mentions.append(Mention(Span(start, end), (span.start, span.end), label, text[start:end], "test", code))
    return Document(Article("a", text), parse=parse, mentions=tuple(mentions))
