"""Word pieces: how the encoder's vocabulary spells the words of a parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 16
"""Pieces that are read of one word; the rest of it is left out."""
_KEPT = 20_000


@dataclass(slots=True)
class Speller:
    """Spells words with the pieces of a tokenizer, and remembers those it has spelled.

    `first`, `last` and `unknown` are the pieces for the beginning of a window, for the end of a paragraph or
    window, and for what cannot be spelled.
    """

    tokenizer: Tokenizer
    first: int
    last: int
    unknown: int
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def spell(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """The pieces of each word, at least one and at most `LONGEST`; white space is the end of a paragraph."""
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if len(self._known) + len(new) > _KEPT:
            self._known.clear()
            new = list(dict.fromkeys(words))
        for word, encoding in zip(new, self.tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            pieces = (self.last,) if word.isspace() else tuple(encoding.ids[:LONGEST]) or (self.unknown,)
            self._known[word] = pieces
        return [self._known[word] for word in words]


def load_speller(folder: Path) -> Speller:
    """The speller of a model folder with a `tokenizer.json`; raises `ModelError` when there is none that works."""
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception for a missing file and for bad JSON
        raise ModelError(f"{path}: no tokenizer: {error}") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    special = {}
    for use, names in {"first": ("<s>", "[CLS]"), "last": ("</s>", "[SEP]"), "unknown": ("[UNK]", "<unk>")}.items():
        found = [number for name in names if (number := tokenizer.token_to_id(name)) is not None]
        if not found:
            raise ModelError(f"{path}: the vocabulary has none of {', '.join(names)}")
        special[use] = found[0]
    return Speller(tokenizer, special["first"], special["last"], special["unknown"])
