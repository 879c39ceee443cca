"""Tokens put together to text with the blanks that English has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

REPLACED = {
    "``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}",
    "\\/": "/", "\\*": "*", "\\[": "[", "\\]": "]",
}  # fmt: skip
WINDOWS = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
"""Signs of Windows that were read as Latin-1."""
NO_BLANK_BEFORE = frozenset(". , ; : ! ? ) ] } % ... ..".split())
NO_BLANK_AFTER = frozenset("( [ { $ £ € #".split())
CLITICS = frozenset("'s 're 've 'll 'd 'm 't n't".split())


class Labelled(NamedTuple):
    """Tokens `i` up to `j` of a sentence with a label of the source."""

    i: int
    j: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source: its text, where each token stands in it, and what is labelled."""

    text: str
    offsets: tuple[tuple[int, int], ...]
    labelled: tuple[Labelled, ...]

    def words(self, span: Labelled) -> list[str]:
        """The tokens of a span."""
        return [self.text[a:b] for a, b in self.offsets[span.i : span.j]]


def detokenised(tokens: Sequence[str], labelled: Sequence[Labelled] = ()) -> Sentence:
    """The sentence that tokens make: quotes close at their words, no blanks before commas and behind brackets."""
    text = ""
    offsets: list[tuple[int, int]] = []
    glued = True
    quoted = {'"': False, "'": False}
    written = [REPLACED.get(token, token).translate(WINDOWS) for token in tokens]
    for number, token in enumerate(written):
        before = written[number - 1] if number else ""
        after = written[number + 1] if number + 1 < len(written) else ""
        clitic = token.replace("’", "'").lower() in CLITICS
        closes = split = False
        if token in quoted:
            split = token == "'" and f"'{after}" in CLITICS
            possessive = token == "'" and before.endswith("s") and written[number:].count("'") % 2 == 1
            closes = quoted[token] or split or possessive
            if not closes or (quoted[token] and not split):
                quoted[token] = not quoted[token]
        if not glued and not closes and token not in NO_BLANK_BEFORE and not clitic:
            text += " "
        offsets.append((len(text), len(text) + len(token)))
        text += token
        glued = split or token in NO_BLANK_AFTER or (token in quoted and not closes)
    return Sentence(text, tuple(offsets), tuple(labelled))


def aligned(text: str, tokens: Sequence[str], labelled: Sequence[Labelled]) -> Sentence:
    """The sentence of a text whose tokens are known; raises `ValueError` when one is not there in order."""
    offsets, at = [], 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0:
            raise ValueError(f"{token!r} is not in {text!r} after {at}")
        at = start + len(token)
        offsets.append((start, at))
    return Sentence(text, tuple(offsets), tuple(labelled))


def spans_of(tags: Sequence[str]) -> Iterator[Labelled]:
    """The spans of BIO tags, and of IO tags, where neighbours of one label are one span."""
    start, label = 0, ""
    for number, tag in enumerate([*tags, "O"]):
        kind = tag.partition("-")[2]
        if label and (tag.startswith("B-") or kind != label):
            yield Labelled(start, number, label)
            label = ""
        if kind and not label:
            start, label = number, kind
