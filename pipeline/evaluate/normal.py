"""When two spellings are one name, for scoring.

The system folds names in its own way (`pipeline.names`); a score must not change when that does, so this is apart.
"""

from __future__ import annotations

import re
import unicodedata

LETTERS = str.maketrans(
    {"ə": "a", "Ə": "a", "ı": "i", "İ": "i", "ş": "s", "ø": "o", "đ": "d", "ł": "l", "ß": "ss"}
    | dict.fromkeys("’‘ʻʼ`", "'")
)
"""Letters that Unicode does not decompose into a base letter and a sign, and the forms of the apostrophe."""

SMALL_WORDS = frozenset("the of for and a an in to on at by".split())


def norm(text: str) -> str:
    """The words of a text in lower case without diacritics, apostrophes and punctuation, one blank between them."""
    decomposed = unicodedata.normalize("NFKD", text.translate(LETTERS))
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", plain.lower().replace("'", "")))


def tokens(text: str) -> frozenset[str]:
    """The distinct words of a text in the form of `norm`, small words left out."""
    return frozenset(norm(text).split()) - SMALL_WORDS


def overlap(a: str, b: str) -> float:
    """Dice's coefficient of the words of two texts, 0 to 1; 0 when either has none."""
    return dice(tokens(a), tokens(b))


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    """Twice the common words over all words of both; 0 when either has none."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
