"""Romanise: how a name of any script is read in the letters a–z.

The knowledge stands in `pipeline/data/romanise/`, one file a script: which language a text looks like, and for
each way of reading (Russian, Bulgarian, Persian, the press, a national standard …) its letters and rules. A
file is loaded when its script is first met. What no table covers is left to anyascii.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from anyascii import anyascii

from pipeline.data import table
from pipeline.names.han import han_readings
from pipeline.names.hangul import hangul_readings
from pipeline.names.letters import readings

MOST = 4
"""How many readings a name has at most."""

_PLAIN = re.compile(r"[^a-z -]+")
_HYPHENS = re.compile(r" *-[ -]*")


def _others(words: Sequence[str]) -> list[list[str]]:
    return [[anyascii(word).lower().replace(" ", "") for word in words]]


@functools.lru_cache(maxsize=8192)
def _script_of_letter(letter: str) -> str | None:
    """ISO 15924 code of a letter, by the first word of its Unicode name; None for what is no letter."""
    if not letter.isalpha():
        return None
    codes: dict[str, str] = table("romanise/scripts")["unicode"]
    return codes.get(re.split(r"[ -]", unicodedata.name(letter, "?"))[0], "Zzzz")


@functools.lru_cache(maxsize=1 << 12)
def script_of(text: str) -> str:
    """ISO 15924 code of the script that most letters of a text are in: Latn, Cyrl, Arab, Hebr, Grek, Hang, Hani …

    Hiragana and Katakana count as Kana; letters of a script without a code here as Zzzz; a text without letters
    is Zyyy. Of two scripts with the same number of letters, the one that comes first.
    """
    counts = Counter(code for c in text if (code := "Latn" if c.isascii() and c.isalpha() else _script_of_letter(c)))
    return counts.most_common(1)[0][0] if counts else "Zyyy"


class _Marks(dict[int, str]):
    """What stands for a character that is no letter, found out when it is first met (for `str.translate`)."""

    def __missing__(self, code: int) -> str:
        letter, marks = chr(code), table("romanise/scripts")["marks"]
        category = unicodedata.category(letter)
        if letter in marks["apostrophes"]:
            new = "'"
        elif letter in marks["dropped"] or category == "Cf":
            new = ""
        elif category == "Pd":
            new = "-"
        else:
            new = letter if category[0] in "LM" else " "
        self[code] = new
        return new


@functools.cache
def _marks() -> _Marks:
    return _Marks()


@functools.cache
def _joins() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(old), new) for old, new in table("romanise/scripts")["joins"].items())


def joined(text: str) -> str:
    """The text with the words that are one name though they may be written apart as one."""
    if not text.isascii():
        for old, new in _joins():
            text = old.sub(new, text)
    return text


def _words(text: str) -> list[str]:
    """The words of a text in lower case: one form a letter, one hyphen, one apostrophe, no other marks."""
    text = joined(unicodedata.normalize("NFKC", text.replace("İ", "i")).lower())
    return [word for word in _HYPHENS.sub("-", text.translate(_marks())).split() if word.strip("-'")]


def _clean(word: str) -> str:
    return _HYPHENS.sub("-", _PLAIN.sub("", word)).strip(" -")


@functools.lru_cache(maxsize=1 << 12)
def romanise(text: str) -> tuple[str, ...]:
    """Readings of a name in the letters a–z, blanks and hyphens, at most `MOST`, the likeliest first.

    The first is what the English-language press would write, as far as the name's letters tell. Apostrophes are
    dropped, other marks and digits part words. All readings of a name have the same number of words, in the same
    order. A text without letters has no reading.
    """
    if text.isascii():
        plain = _clean(re.sub(r"[^a-z' -]+", " ", text.lower()).replace("'", ""))
        plain = " ".join(plain.split())
        return (plain,) if plain else ()
    words = _words(text)
    scripts = [script_of(word) for word in words]
    columns: dict[int, list[str]] = {}
    for script in dict.fromkeys(scripts):
        places = [i for i, s in enumerate(scripts) if s == script]
        rows = _reader(script)([words[i] for i in places])
        for n, i in enumerate(places):
            columns[i] = [_clean(row[n]) for row in rows]
    kept = [columns[i] for i in range(len(words)) if columns[i][0]]
    many = max(map(len, kept), default=0)
    found = dict.fromkeys(" ".join(c[min(k, len(c) - 1)] or c[0] for c in kept) for k in range(many))
    return tuple(found)[:MOST]


def _reader(script: str) -> Callable[[Sequence[str]], list[list[str]]]:
    if script == "Hang":
        return hangul_readings
    if script == "Hani":
        return han_readings
    name = table("romanise/scripts")["files"].get(script)
    return functools.partial(readings, name) if name else _others
