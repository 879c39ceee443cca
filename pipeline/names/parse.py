"""A person's name taken apart: words in roman letters, each with what kind of word it is."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from anyascii import anyascii

from pipeline.data import lines, table
from pipeline.names.romanise import joined, romanise, script_of

Role = Literal["name", "patronymic", "initial", "weak"]
"""What a word of a name is. Weak words may be left out: titles, forms of address, particles, "Jr"."""

ABJADS = frozenset({"Arab", "Hebr"})
"""Scripts that leave short vowels unwritten."""

_NICKNAME = re.compile(r"[\"“”„«»(\[][^\"“”„«»()\[\]]*[\"“”„«»)\]]")
_SPLIT = re.compile(r"[\s\-‐‑–—־_/]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: its `roman` letters a–z as the press would write it, its role, further `readings`.

    `bare` are its written letters one by one where the script leaves vowels out, else empty. `written` is the word as
    it stands in the text, empty where it was written as one with another.
    """

    roman: str
    role: Role
    readings: tuple[str, ...] = ()
    bare: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A person's name. Names are told by identity: `parse_name` gives the same for the same text.

    `words` stand in the order given name first as far as the writing tells.

    `script` is an ISO 15924 code. `inverted` says that the surname was written first with a comma.
    """

    text: str
    script: str
    words: tuple[Word, ...]
    inverted: bool = False

    @property
    def strong(self) -> tuple[Word, ...]:
        """The words that make the name: all but weak ones."""
        return tuple(word for word in self.words if word.role != "weak")

    @property
    def is_full(self) -> bool:
        """Whether two words or more make the name, initials among them."""
        return sum(word.role != "weak" for word in self.words) > 1

    @property
    def is_written_out(self) -> bool:
        """Whether two words or more of the name are more than initials, so that it tells whom it means anywhere."""
        return sum(word.role in ("name", "patronymic") for word in self.words) > 1


@functools.lru_cache(maxsize=1 << 12)
def parse_name(text: str) -> Name:
    """The parts of a person's name in any script.

    Nicknames in quotes or brackets are left out unless nothing else is there. A name of weak words only keeps them as
    its name.
    """
    whole = unicodedata.normalize("NFC", text)
    plain = _NICKNAME.sub(" ", whole)
    if not any(c.isalpha() for c in plain):
        plain = whole
    plain, inverted = _uninverted(plain)
    script = script_of(plain)
    pieces = [p for part in _SPLIT.split(joined(plain)) for p in _undotted(part) if any(c.isalpha() for c in p)]
    words = [
        Word(
            readings[0],
            _role(piece, readings[0], edge=edge),
            (*full_names().get(readings[0], ()), *readings[1:]),
            bare,
            piece,
        )
        for piece, readings, bare, edge in _read(pieces, bare=script in ABJADS)
    ]
    return Name(text, script, _settled(words), inverted)


def _read(pieces: list[str], *, bare: bool) -> Iterator[tuple[str, tuple[str, ...], str, bool]]:
    """Of each word its written form, its readings, its bare letters, and whether it stands at an edge of the name.

    A piece that is read as several words ("김정은", "الفتاح") gives them all.
    """
    plain = " ".join(piece.replace(".", "") for piece in pieces)
    columns = list(zip(*(reading.split() for reading in romanise(plain)), strict=True))
    written = pieces if len(columns) == len(pieces) else [""] * len(columns)
    for i, (piece, column) in enumerate(zip(written, columns, strict=True)):
        parts = [reading.split("-") for reading in column]
        parts = [part for part in parts if len(part) == len(parts[0])]
        several = len(parts[0]) > 1
        for n in range(len(parts[0])):
            readings = tuple(dict.fromkeys(part[n] for part in parts if part[n]))
            letters = _letters(anyascii(piece)) if bare else ""
            if several and letters:
                letters = letters.removeprefix("al") if n else letters[:2]
            if readings:
                yield piece if not several else "", readings, letters, i in (0, len(columns) - 1)


@functools.cache
def full_names() -> dict[str, tuple[str, ...]]:
    """What short given names stand for: "bob" for "robert"."""
    return {short: tuple(full) for short, *full in (line.split("\t") for line in lines("nicknames.tsv"))}


def _uninverted(text: str) -> tuple[str, bool]:
    """ "Surname, Given" in the order given, surname; what follows a last comma as "Jr" stays out."""
    parts = [part.strip() for part in re.split(r"[,،،]", text) if part.strip()]
    after = table("names")["after"]
    kept = [part for part in parts if part.lower() not in after] or parts
    if len(kept) == 2:
        return f"{kept[1]} {kept[0]}", True
    return " ".join(kept), False


def _undotted(piece: str) -> list[str]:
    """ "R.J." as "R.", "J."; abbreviations as they are."""
    if "." not in piece or piece.lower() in table("person_names")["abbreviated"]:
        return [piece]
    return re.findall(r"[^.]+\.*", piece)


def _letters(roman: str) -> str:
    return "".join(c for c in roman.lower() if "a" <= c <= "z")


def _role(piece: str, roman: str, *, edge: bool) -> Role:
    words = table("person_names")
    if piece.lower() in words["abbreviated"]:
        return "weak"
    undotted = piece.rstrip(".")
    if len(undotted) == 1 or (roman in words["initials"] and undotted != piece):
        return "initial"
    if roman in words["weak"] or (roman in words["weak_inside"] and (not piece or piece.islower() or not edge)):
        return "weak"
    if any(roman.endswith(ending) and len(roman) - len(ending) >= 3 for ending in words["patronymic_endings"]):
        return "patronymic"
    return "name"


def _settled(words: list[Word]) -> tuple[Word, ...]:
    """The words with titles in front made weak, and the word before "oglu" a patronymic."""
    table_ = table("person_names")
    markers, titles = table_["patronymic_markers"], _title_words()
    for i, word in enumerate(words):
        if word.roman in markers and i and words[i - 1].role == "name" and len(words) > 2:
            words[i - 1] = replace(words[i - 1], role="patronymic")
    for i, word in enumerate(words):
        if word.roman not in titles or sum(w.role in ("name", "patronymic") for w in words[i + 1 :]) < 2:
            break
        words[i] = replace(word, role="weak")
    if words and all(word.role == "weak" for word in words):
        words = [replace(word, role="name") for word in words]
    return tuple(words)


@functools.cache
def _title_words() -> frozenset[str]:
    titles = table("titles")
    said = (*titles["heads"], *titles["modifiers"], *titles["portfolios"], *titles["honorifics"], *titles["ranks"])
    return frozenset(_letters(word) for phrase in said for word in phrase.split())
