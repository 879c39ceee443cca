"""The tokens of an article as names are looked for in them: how they are written and where they stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.parts_of_speech import IDS
from spacy.tokens import Doc

from pipeline.document import Paragraph

_POS = {number: name for name, number in IDS.items()}
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
    orths, starts, tags = doc.to_array(["ORTH", "IDX", "POS"]).T.tolist()
    strings = {orth: doc.vocab.strings[orth] for orth in set(orths)}
    text = [strings[orth] for orth in orths]
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
        pos=[_POS[tag] for tag in tags],
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
