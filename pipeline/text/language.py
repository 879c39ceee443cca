"""Language: which language a text is in, by function words for English and by py3langid otherwise."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from pipeline.data import table

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 1500
ENGLISH_SHARE = 0.12  # the least share found in English news is 0.19
SURE = 0.7
RULED_OUT = 0.001
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTER = re.compile(r"[\W_]")


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the language of the text; None when the text is too short to tell.

    The share of English function words in the first 1500 characters settles English texts. Other
    text goes to py3langid (Barbaresi; after langid.py, Lui and Baldwin 2012), which is believed when
    it is sure of a language or of its not being English.
    """
    sample = text[:SAMPLE]
    words = _WORD.findall(sample.lower())
    if words and sum(word in _english() for word in words) >= ENGLISH_SHARE * len(words):
        return "en"
    ranked = _identifier().rank(sample)
    code, probability = ranked[0]
    if probability >= SURE or dict(ranked)["en"] < RULED_OUT:
        return str(code)
    return None


def language_code(name: str) -> str | None:
    """ISO 639-1 code of a language tag or English name: "en-GB", "eng" and "English" give "en"; None for others."""
    said = name.strip().lower()
    for tag in (said, _NO_LETTER.split(said)[0]):
        code = table("languages")["codes"].get(tag) or _named().get(tag, tag)
        if code in table("languages")["names"]:
            return str(code)
    return None


def language_name(code: str) -> str:
    """English name of an ISO 639-1 code, or the code itself."""
    return str(table("languages")["names"].get(code, code))


@functools.cache
def _named() -> dict[str, str]:
    return {name.lower(): code for code, name in table("languages")["names"].items()}


@functools.cache
def _english() -> frozenset[str]:
    return frozenset(table("languages")["english"]["function_words"].split())


@functools.cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # takes a second, and English texts never need it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
