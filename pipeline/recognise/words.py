"""The tokens of a parse as the recognisers look at them, and the board on which they claim text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.document import MentionLabel, Paragraph

_ENDS = frozenset('.!?:"|')


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists over the tokens of `doc`; `whole` is the text of the parse.

    `lower` is lower-cased text; `capital` tells tokens whose first letter is upper case (after an
    apostrophe or not); `upper` tells tokens of two letters and more in capitals; `opens` tells the
    first word of a sentence or quotation, after punctuation; `title_case` tells words of headlines
    in which capitals mean nothing; `glued` tells tokens without a blank before them; `starts` and
    `ends` are character offsets.
    """

    doc: Doc
    whole: str
    text: list[str]
    lower: list[str]
    pos: list[str]
    starts: list[int]
    ends: list[int]
    capital: list[bool]
    upper: list[bool]
    opens: list[bool]
    title_case: list[bool]
    glued: list[bool]

    def __len__(self) -> int:
        return len(self.text)

    def at(self, char: int) -> int:
        """The token that holds the character."""
        return bisect_right(self.starts, char) - 1

    def hyphenated(self, i: int) -> bool:
        """Whether token i is a hyphen or slash that glues its neighbours into one word."""
        return self.text[i] in ("-", "/") and 0 < i < len(self) - 1 and self.glued[i] and self.glued[i + 1]

    def after_the(self, i: int) -> int:
        """The token after "the" at token i, else i."""
        return i + 1 if i < len(self) and self.lower[i] == "the" else i


def read_words(doc: Doc, paragraphs: tuple[Paragraph, ...]) -> Words:
    """The words of a parse whose text has these paragraphs."""
    tokens = list(doc)
    text = [token.text for token in tokens]
    starts = [token.idx for token in tokens]
    ends = [start + len(word) for start, word in zip(starts, text, strict=True)]
    opens = [False] * len(text)
    before = True
    for i, word in enumerate(text):
        if before and word[0].isalnum():
            opens[i] = True
            before = False
        if word in _ENDS or "\n" in word:
            before = True
    words = Words(
        doc=doc,
        whole=doc.text,
        text=text,
        lower=[word.lower() for word in text],
        pos=[token.pos_ for token in tokens],
        starts=starts,
        ends=ends,
        capital=[word[0].isupper() or (not word[0].isalnum() and word[1:2].isupper()) for word in text],
        upper=[len(word) > 1 and word.isupper() for word in text],
        opens=opens,
        title_case=[False] * len(text),
        glued=[i > 0 and starts[i] == ends[i - 1] for i in range(len(text))],
    )
    for paragraph in paragraphs:
        _mark_title_case(words, paragraph)
    return words


def _mark_title_case(words: Words, paragraph: Paragraph) -> None:
    """Mark the words of a paragraph that writes nearly every longer word with a capital."""
    if paragraph.end <= paragraph.start or not len(words):
        return
    first, last = words.at(paragraph.start), words.at(paragraph.end - 1)
    longer = [i for i in range(first, last + 1) if len(words.text[i]) > 3 and words.text[i].isalpha()]
    if words.text[last] == "." or sum(words.capital[i] for i in longer) < 0.8 * len(longer):
        return
    if len(longer) < 4 and not (len(longer) > 1 and all(words.upper[i] for i in longer)):
        return
    for i in range(first, last + 1):
        words.title_case[i] = True


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
