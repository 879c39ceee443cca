"""Letters: reads words by the rules of a file in `pipeline/data/romanise/`, one file a script.

Such a file says in `guess` which readings a text asks for (the first pattern that is found decides; the likeliest
reading first), and of each reading:

- `same`: letters that count as one (the one, and all those), before anything else;
- `known`: tables of words with their spellings (file, column of the words, column of the spellings);
- `compounds`: whether two known words may stand together as one;
- `before`: replacements in the word, one after the other; a hyphen they write parts the word;
- `rules`: patterns and what is written for them, tried in order at each place of the word, in one pass;
- `letters`: what is written for single letters;
- `after`: replacements in what is written;
- `like`: the reading from which it takes what it does not say.

`<X>` in a pattern stands for one letter of the class X.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anyascii import anyascii

from pipeline.data import lines, table

SHORTEST = 3
"""How many letters a known word must have to count as a part of another."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way of reading a script: what to replace before, the rules in one pass, single letters, what to mend."""

    same: dict[int, str]
    before: tuple[tuple[re.Pattern[str], str], ...]
    rules: re.Pattern[str] | None
    outputs: tuple[str, ...]
    letters: dict[int, str]
    after: tuple[tuple[re.Pattern[str], str], ...]
    known: dict[str, str]
    compounds: bool

    def read(self, word: str) -> str:
        """The word, in lower case, in this reading; its parts and those that `before` makes joined by hyphens."""
        word = word.translate(self.same)
        if (known := self.known.get(word)) is not None:
            return known
        for pattern, new in self.before:
            word = pattern.sub(new, word)
        word = "-".join(filter(None, map(self._part, word.split("-"))))
        for pattern, new in self.after:
            word = pattern.sub(new, word)
        return word

    def _part(self, word: str) -> str:
        if (known := self._compound(word)) is not None:
            return known
        if self.rules is not None:
            word = self.rules.sub(self._output, word)
        word = word.translate(self.letters).lower()
        if not word.isascii():
            word = _ascii(word)
        return word

    def _compound(self, word: str) -> str | None:
        """The spelling of a known word, or of two that are written as one."""
        if (known := self.known.get(word)) is not None or not self.compounds:
            return known
        for i in range(SHORTEST, len(word) - SHORTEST + 1):
            if word[:i] in self.known and word[i:] in self.known:
                return self.known[word[:i]] + self.known[word[i:]]
        return None

    def _output(self, match: re.Match[str]) -> str:
        return self.outputs[(match.lastindex or 1) - 1]


@dataclass(frozen=True, slots=True)
class _Script:
    """The readings of a script by name, and which of them a text asks for: the first pattern found decides."""

    readings: dict[str, _Reading]
    guesses: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]

    def ways(self, text: str) -> tuple[str, ...]:
        """Names of the readings of a text, the likeliest first."""
        return next(ways for pattern, ways in self.guesses if pattern.search(text))


def _ascii(word: str) -> str:
    """A word without diacritics; letters that are then still foreign as anyascii writes them."""
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word if word.isascii() else anyascii(word).lower().replace(" ", "")


def spellings(name: str, words: int, spelled: int) -> Iterator[tuple[str, str]]:
    """Words and their spellings, from two columns of a table; the words of a cell are parted by |."""
    for line in lines(f"romanise/{name}"):
        cells = line.split("\t")
        for word in filter(None, cells[words].split("|")):
            yield word, cells[spelled]


@functools.cache
def _script(name: str) -> _Script:
    """The rules of one script, from `pipeline/data/romanise/<name>.toml`."""
    data = table(f"romanise/{name}")
    classes: dict[str, str] = data.get("classes", {})

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(expand(pattern))

    def expand(pattern: str) -> str:
        return re.sub(r"<(\w+)>", lambda m: f"[{classes[m[1]]}]", pattern)

    readings = {}
    for key, own in data["readings"].items():
        chain = [own]
        while "like" in chain[-1]:
            chain.append(data["readings"][chain[-1]["like"]])
        rules = [rule for part in chain for rule in part.get("rules", ())]
        letters = {old: new for part in reversed(chain) for old, new in part.get("letters", {}).items()}
        known = {
            word: spelling
            for name, words, spelled in next((part["known"] for part in chain if "known" in part), ())
            for word, spelling in spellings(name, words, spelled)
        }
        same = {old: new for part in chain for new, all_ in part.get("same", {}).items() for old in all_}
        readings[key] = _Reading(
            str.maketrans(same),
            tuple((compiled(old), new) for part in reversed(chain) for old, new in part.get("before", ())),
            re.compile("|".join(f"({expand(old)})" for old, _ in rules)) if rules else None,
            tuple(new.upper() for _, new in rules),
            str.maketrans(letters),
            tuple((compiled(old), new) for part in chain for old, new in part.get("after", ())),
            known,
            any(part.get("compounds", False) for part in chain),
        )
    guesses = tuple((compiled(pattern), tuple(ways)) for pattern, ways in data["guess"])
    return _Script(readings, guesses)


@functools.lru_cache(maxsize=1 << 12)
def read(script: str, way: str, word: str) -> str:
    """A word in lower case, its parts joined by hyphens, in one reading of a script."""
    return _script(script).readings[way].read(word)


def readings(script: str, words: Sequence[str]) -> list[list[str]]:
    """The readings of the words of one text, the likeliest first: in each, one string a word."""
    return [[read(script, way, word) for word in words] for way in _script(script).ways(" ".join(words))]
