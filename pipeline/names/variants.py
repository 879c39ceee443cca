"""Variants: how else the press may write a name."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.data import table
from pipeline.names.edits import EditModel
from pipeline.names.model import NameModel, load
from pipeline.names.parse import Name, Role, Word, parse_name
from pipeline.names.respell import respell, usual
from pipeline.names.similarity import probabilities

LEAST = 0.5
"""How probable it must be that a variant is the same person's name."""
SPELLINGS = 8
"""Spellings of a word that are tried."""
TRIED = 120
"""Spellings of each form of the name that are tried."""
INVERTED = 2.0
"""How much less likely, as a logarithm, "Surname, Given" is than the usual order."""
READINGS = -1.5
"""The logarithm of how likely a spelling is from which initials are taken; respelled words are less likely."""
SHORT = 2
"""Letters of a particle that may be written as one with the surname: "Al Zayani", "Alzayani"."""

_HYPHENS = re.compile("[‐‑–—־]")
_WHOLE_ONLY = frozenset({"Hang", "Hani", "Kana"})
"""Scripts of names whose surname may stand first: only the whole name is spelled."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A spelling of a name, and how probable it is, 0 to 1, that who is written so is the person asked for."""

    text: str
    probability: float


_Spellings = tuple[tuple[str, float], ...]
"""Spellings with the logarithm of how likely each is beside the likeliest, which comes first."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of the name, or several with hyphens; `after` stands before the next part."""

    role: Role
    spellings: _Spellings
    initials: _Spellings
    after: str = " "


_Form = tuple[_Part, ...]


def variants(name: str, *, limit: int = 30, model: NameModel | None = None) -> tuple[Variant, ...]:
    """Latin spellings under which the press may write a person's name, at most `limit`, the likeliest first.

    Words are spelled as they stand, in each of their readings and with the edits of letters that the model has learned;
    names in full, without particles and patronymics, with initials, by the surname alone and surname first. How likely
    a variant is, is how likely its spelling is times how probable it is that it names this person; those under `LEAST`
    are left out. The name itself is none.
    """
    parsed = parse_name(name)
    if not parsed.words:
        return ()
    model = model or load()
    found: dict[str, tuple[str, float]] = {}
    for parts in _parts(parsed, model.edits):
        for form, fewer in _forms(parsed, parts):
            for text, weight in _spelled(form):
                key = _key(text)
                if key not in found or weight - fewer > found[key][1]:
                    found[key] = text, weight - fewer
    found.pop(_key(name), None)
    texts = [text for text, _ in found.values()]
    chances = probabilities([parsed] * len(texts), [parse_name(text) for text in texts], model=model).tolist()
    ranked = sorted(
        (-math.log(chance) - weight, text, chance)
        for (text, weight), chance in zip(found.values(), chances, strict=True)
        if chance >= LEAST
    )
    return tuple(Variant(text, chance) for _, text, chance in ranked[:limit])


def _key(text: str) -> str:
    """Equal for spellings that differ only in case, hyphens and marks within words."""
    text = unicodedata.normalize("NFC", text).casefold().replace("-", " ")
    return " ".join("".join(c for c in text if c.isalpha() or c in " ,.").split())


def _forms(name: Name, parts: _Form) -> Iterator[tuple[_Form, float]]:
    """The forms of a name: which of its words, in which order, which as initials; and how much less likely each is."""
    strong = tuple(part for part in parts if part.role != "weak")
    yield parts, 0.0
    if name.script in _WHOLE_ONLY or not strong:
        return
    yield strong, 0.0
    given = tuple(part for part in strong[:-1] if part.role != "patronymic")
    for surname in _surnames(parts):
        yield surname, 0.0
        if given:
            yield (*given, *surname), 0.0
            yield (given[0], *surname), 0.0
            yield (_initial(given[0]), *surname), 0.0
            yield (*map(_initial, strong[:-1]), *surname), 0.0
            yield (given[0], *map(_initial, strong[1:-1]), *surname), 0.0
            yield (*surname[:-1], _changed(surname[-1], lambda text: f"{text},"), *strong[:-1]), INVERTED


def _surnames(parts: _Form) -> Iterator[_Form]:
    """The last part with the particles before it, without them, and as one word with a short one."""
    last = max(n for n, part in enumerate(parts) if part.role != "weak")
    start = last
    while start and parts[start - 1].role == "weak":
        start -= 1
    if start < last:
        yield parts[start : last + 1]
        particle = parts[last - 1].spellings[0][0]
        if len(particle) == SHORT:
            yield (_changed(parts[last], lambda text: particle.capitalize() + text.lower()),)
    yield (parts[last],)


def _changed(part: _Part, change: Callable[[str], str]) -> _Part:
    return replace(part, spellings=tuple((change(text), weight) for text, weight in part.spellings))


def _initial(part: _Part) -> _Part:
    return replace(part, spellings=part.initials, after=" ")


def _parts(name: Name, edits: EditModel) -> Iterator[_Form]:
    """The words that make the name and its particles, titles left out: as written with diacritics, and without."""
    particles = table("names")["particles"]
    markers = table("person_names")["patronymic_markers"]
    words = [word for word in name.words if word.role != "weak" or word.roman in (*particles, *markers)]
    latin = name.script == "Latn" and all(word.written for word in words)
    if latin and not name.text.isascii():
        yield _joined(name, words, [((word.written, 0.0),) for word in words])
        latin = False
    yield _joined(name, words, [_spellings(word, edits, latin=latin) for word in words])


def _joined(name: Name, words: Sequence[Word], spellings: Sequence[_Spellings]) -> _Form:
    """Parts of words: those with hyphens between them are one, and a patronymic with the marker after it."""
    markers = table("person_names")["patronymic_markers"]
    text = _HYPHENS.sub("-", unicodedata.normalize("NFC", name.text))
    parts: list[_Part] = []
    for n, (word, mine) in enumerate(zip(words, spellings, strict=True)):
        last = parts[-1] if parts else None
        hyphen = bool(n and word.written) and f"{words[n - 1].written}-{word.written}" in text
        if last and last.role == "patronymic" and word.roman in markers:
            marked = [(f"{a} {mine[0][0]}", weight) for a, weight in last.spellings]
            unmarked = [(a, weight - math.log(2)) for a, weight in last.spellings]
            parts[-1] = replace(last, spellings=_best((*marked, *unmarked)))
        elif last and hyphen and "weak" not in (last.role, word.role):
            both = itertools.product(last.spellings, mine)
            parts[-1] = replace(last, spellings=_best((f"{a}-{b}", v + w) for (a, v), (b, w) in both))
        else:
            if last and hyphen:
                parts[-1] = replace(last, after="-")
            likely = [(f"{a[0].upper()}.", weight) for a, weight in mine if weight >= READINGS]
            parts.append(_Part(word.role, mine, _best(likely)))
    return tuple(parts)


def _spellings(word: Word, edits: EditModel, *, latin: bool) -> _Spellings:
    """A word as written if that is in letters a–z, as it is read, and as the edits of letters respell it.

    The n-th reading is an n-th as likely as the first, and less where vowels had to be guessed and its letters follow
    each other unusually.
    """
    found = [(word.written, 0.0)] if latin else []
    if word.role in {"weak", "initial"}:
        return tuple(found) or ((word.roman if word.role == "weak" else f"{word.roman.capitalize()}.", 0.0),)
    readings = list(dict.fromkeys((word.roman, *word.readings)))
    weights = np.array([-math.log(n + 1) for n in range(len(readings))])
    if word.bare:
        weights += usual(edits, readings) * len(word.bare)
        weights -= weights.max()
    for roman, own in zip(readings, weights.tolist(), strict=True):
        found.append((_cased(roman, word), own))
        found += [
            (_cased(text, word), own + min(weight, READINGS)) for text, weight in respell(edits, roman, most=SPELLINGS)
        ]
    return _best(found)


def _cased(roman: str, word: Word) -> str:
    return roman if word.written.islower() and word.written.isascii() else roman.capitalize()


def _best(spellings: Iterable[tuple[str, float]]) -> _Spellings:
    """The likeliest spellings, each once whatever its case."""
    found: dict[str, tuple[str, float]] = {}
    for text, weight in sorted(spellings, key=lambda spelling: -spelling[1]):
        found.setdefault(text.casefold(), (text, weight))
    return tuple(found.values())[:SPELLINGS]


def _spelled(form: _Form) -> _Spellings:
    """The likeliest spellings of a form of the name."""
    found: _Spellings = (("", 0.0),)
    for n, part in enumerate(form):
        after = part.after if n < len(form) - 1 else ""
        both = itertools.product(found, part.spellings)
        ranked = sorted(((f"{a}{b}{after}", v + w) for (a, v), (b, w) in both), key=lambda spelling: -spelling[1])
        found = tuple(ranked[:TRIED])
    return found
