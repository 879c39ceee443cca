"""Marked-up text made neat: blanks, commas, articles, capitals; and taken apart into text and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.gold.marked import MARK

START = "\x01"
"""Stands where a sentence begins, until its first letter is a capital."""

SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z{\[(])|(?<=[.!?][”\"]) (?=[A-Z{\[(])")
ARTICLE = re.compile(r"\b([Aa])\(n\)(?= (?:\[\[)?([^\s|\]]+))")
SOUNDS_LIKE_A_CONSONANT = re.compile(r"(?i)uganda|ukrain|urug|uni|eur|one\b")
VOWEL_NUMBERS = re.compile(r"8|(11|18)(?!\d)")
SPELLED_WITH_A_VOWEL = "AEFHILMNORSX"
SMALL_WORDS = frozenset("a an and as at by for from in of on over the to with de al el bin".split())
SPOKEN_AS_WORDS = frozenset("NATO SADC SAARC NAM MERCOSUR".split())


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark and where its surface begins in the text."""

    start: int
    surface: str
    label: str
    ref: str


def with_starts(text: str) -> str:
    """A plan's text with `START` before each sentence."""
    return START + SENTENCE.sub(" " + START, text)


def neat(text: str) -> str:
    """Marked-up text without doubled blanks and commas, with the right articles, and capitals at the starts."""
    text = re.sub(r" +", " ", text).strip()
    text = re.sub(r" (?=[,.;:?!])", "", text)
    text = re.sub(r",(?=[,.;:?!)])", "", text)
    text = re.sub(rf"{START}[ ,]+", START, text)
    text = re.sub(r"\.\.(?!\.)", ".", text)
    text = re.sub(r"(\.(?:\|[^\]]*)?\]\])\.", r"\1", text)
    text = re.sub(r"(s\|GPE#[A-Z]{3}\]\])'s\b", r"\1'", text)
    text = ARTICLE.sub(lambda found: found[1] + ("n" if _vowel(found[2]) else ""), text)
    return re.sub(rf"{START}((?:[“\"'‘(]|\[\[)*)(\w?)", lambda found: found[1] + found[2].upper(), text)


def capitals(text: str) -> str:
    """Marked-up text with a capital at the start of all but the small words, as in some headlines."""

    def word(found: re.Match[str]) -> str:
        return found[0] if found[0] in SMALL_WORDS else found[0][0].upper() + found[0][1:]

    parts = re.split(r"(\|[^\]]*\]\])", text)
    return "".join(part if part[:1] == "|" else re.sub(r"(?<![\w’'-])[a-z][\w’'-]*", word, part) for part in parts)


def quoted(text: str, *, curly: bool) -> str:
    """Marked-up text with one kind of quotation marks and apostrophes outside of marks."""
    if curly:
        return text.replace("]]'", "]]’")
    return text.replace("“", '"').replace("”", '"')


def unmarked(body: str) -> tuple[str, list[Marked]]:
    """The text of a marked-up body, and its marks in order."""
    pieces: list[str] = []
    marks = []
    at = length = 0
    for found in MARK.finditer(body):
        before = body[at : found.start()]
        pieces += [before, found[1]]
        marks.append(Marked(length + len(before), found[1], found[2], found[3]))
        length += len(before) + len(found[1])
        at = found.end()
    return "".join([*pieces, body[at:]]), marks


def visible(text: str) -> str:
    """Marked-up text without its marks."""
    return MARK.sub(lambda found: found[1], text)


def tokens(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str] | None]]:
    """The text cut at the matches of a pattern: what stands before each and the match, the rest with None."""
    at = 0
    for found in pattern.finditer(text):
        yield text[at : found.start()], found
        at = found.end()
    yield text[at:], None


def _vowel(word: str) -> bool:
    letters = word.strip("“\"'‘(")
    if letters.isupper() and len(letters) > 1 and letters not in SPOKEN_AS_WORDS:
        return letters[0] in SPELLED_WITH_A_VOWEL
    if letters[:1].isdigit():
        return VOWEL_NUMBERS.match(letters) is not None
    return letters[:1].lower() in "aeiouéáöü" and SOUNDS_LIKE_A_CONSONANT.match(letters) is None


def mark(surface: str, label: str, ref: str) -> str:
    """A mark."""
    return f"[[{surface}|{label}#{ref}]]"


def bare(marked: str) -> str:
    """The surface of a mark."""
    return marked.removeprefix("[[").partition("|")[0]


def plural(noun: str) -> str:
    """The plural of a noun of office."""
    if noun.endswith(" of state"):
        return f"{plural(noun.removesuffix(' of state'))} of state"
    if noun.endswith("secretary-general"):
        return noun.replace("secretary", "secretaries")
    if noun.endswith("man") and "woman" not in noun:
        return noun[:-3] + "men"
    if noun.endswith("woman"):
        return noun[:-5] + "women"
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"


def listed(parts: Sequence[str]) -> str:
    """Parts with commas and "and"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
