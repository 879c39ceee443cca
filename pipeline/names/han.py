"""Han: Chinese names in pinyin and in the older spelling of Taiwan."""

from __future__ import annotations

from collections.abc import Sequence

from anyascii import anyascii

from pipeline.data import table
from pipeline.names.letters import read


def han_readings(words: Sequence[str]) -> list[list[str]]:
    """The readings of the words of one text: pinyin, then Wade–Giles; the first word begins with the surname."""
    surnames: dict[str, str] = table("romanise/han")["surnames"]
    found: list[list[str]] = [[], []]
    for n, word in enumerate(words):
        syllables = [anyascii(letter).strip().lower() for letter in word if letter.isalpha()]
        size = 0
        if n == 0 and len(word) > 1:
            size = 2 if word[:2] in surnames and len(word) > 2 else 1
            syllables[:size] = surnames.get(word[:size], " ".join(syllables[:size])).split()
        for row, way in zip(found, ("pinyin", "wade_giles"), strict=True):
            parts = [read("han", way, syllable) for syllable in syllables]
            joint = "" if way == "pinyin" else "-"
            row.append(f"{''.join(parts[:size])} {joint.join(parts[size:])}".strip())
    return found
