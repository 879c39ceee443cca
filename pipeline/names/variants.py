"""Variants: how else the press may write a name."""

from __future__ import annotations

import itertools
import math
import unicodedata
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.data import table
from pipeline.names.edits import EditModel
from pipeline.names.model import NameModel, load
from pipeline.names.parse import Name, Role, Word, parse_name
from pipeline.names.respell import respell
from pipeline.names.similarity import probabilities

LEAST = 0.5
"""How probable it must be that a variant is the same person's name."""
SPELLINGS = 8
"""Spellings of a word that are tried."""
TRIED = 120
"""Spellings of each form of the name that are tried."""
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


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of the name, or several with hyphens, and its spellings, the likeliest first.

    Each spelling has the logarithm of how likely it is beside the likeliest. `after` stands before the next part.
    """

    role: Role
    spellings: tuple[tuple[str, float], ...]
    after: str = " "


_Form = tuple[_Part, ...]


def variants(name: str, *, limit: int = 30, model: NameModel | None = None) -> tuple[Variant, ...]:
    """Latin spellings under which the press may write a person's name, at most `limit`, the likeliest first.

    Words are spelled as they stand, without diacritics, in each of their readings and with the edits of letters that
    the model has learned; names in full, without particles and patronymics, with initials, by the surname alone and
    surname first. How likely a variant is, is how likely its spelling is times how probable it is that it names this
    person and nobody else; those under `LEAST` are left out. The name itself is none.
    """
    parsed = parse_name(name)
    if not parsed.words:
        return ()
    model = model or load()
    found: dict[str, tuple[str, float]] = {}
    for form in _forms(parsed, model.edits):
        for text, weight in _spelled(form):
            key = _key(text)
            if key not in found or weight > found[key][1]:
                found[key] = text, weight
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
    """Equal for spellings that differ in case, marks between letters and hyphens only."""
    text = unicodedata.normalize("NFC", text).casefold().replace("-", " ")
    return " ".join("".join(c for c in text if c.isalpha() or c in " ,.").split())


def _forms(name: Name, edits: EditModel) -> Iterator[_Form]:
    """The forms of a name: which of its words, in which order, which of them as initials."""
    parts = _parts(name, edits)
    strong = tuple(part for part in parts if part.role != "weak")
    yield parts
    if name.script in _WHOLE_ONLY or not strong:
        return
    yield strong
    given = tuple(part for part in strong[:-1] if part.role != "patronymic")
    for surname in _surnames(parts):
        yield surname
        if given:
            yield (*given, *surname)
            yield (given[0], *surname)
            yield (_initial(given[0]), *surname)
            yield (*map(_initial, strong[:-1]), *surname)
            yield (given[0], *map(_initial, strong[1:-1]), *surname)
            yield (*surname[:-1], _changed(surname[-1], lambda text: f"{text},"), *strong[:-1])


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
    initials: dict[str, float] = {}
    for text, weight in part.spellings:
        initials.setdefault(f"{text[0].upper()}.", weight)
    return replace(part, spellings=tuple(initials.items()), after=" ")


def _parts(name: Name, edits: EditModel) -> _Form:
    """The words that make the name and its particles, titles left out; words with a hyphen between them are one."""
    particles = {*table("names")["particles"], *table("person_names")["patronymic_markers"]}
    text = _HYPHENS.sub("-", unicodedata.normalize("NFC", name.text))
    words = [word for word in name.words if word.role != "weak" or word.roman in particles]
    parts: list[_Part] = []
    before: Word | None = None
    for word in words:
        spellings = _spellings(word, edits, latin=name.script == "Latn")
        hyphen = before is not None and bool(before.written) and f"{before.written}-{word.written}" in text
        if hyphen and parts[-1].role == "weak":
            parts[-1] = replace(parts[-1], after="-")
        if hyphen and parts[-1].role != "weak" and word.role != "weak":
            both = itertools.product(parts[-1].spellings, spellings)
            parts[-1] = replace(parts[-1], spellings=_best((f"{a}-{b}", v + w) for (a, v), (b, w) in both))
        else:
            parts.append(_Part(word.role, spellings))
        before = word
    return tuple(parts)


def _spellings(word: Word, edits: EditModel, *, latin: bool) -> tuple[tuple[str, float], ...]:
    """A word as written if that is in Latin letters, as it is read, and as the edits of letters respell it."""
    found = [(word.written, 0.0)] if latin and word.written else []
    if word.role == "weak" or word.role == "initial":
        return tuple(found) or ((word.roman.capitalize() + "." * (word.role == "initial"), 0.0),)
    for n, roman in enumerate(dict.fromkeys((word.roman, *word.readings))):
        rank = -math.log(n + 1)
        found.append((_cased(roman, word), rank))
        found += [
            (_cased(text, word), min(weight, 0.0) + rank) for text, weight in respell(edits, roman, most=SPELLINGS)
        ]
    return _best(found)


def _cased(roman: str, word: Word) -> str:
    return roman if word.written.islower() else roman.capitalize()


def _best(spellings: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """The likeliest spellings, each once."""
    ranked = sorted(spellings, key=lambda spelling: -spelling[1])
    return tuple({text: weight for text, weight in reversed(ranked)}.items())[::-1][:SPELLINGS]


def _spelled(form: _Form) -> list[tuple[str, float]]:
    """The likeliest spellings of a form of the name."""
    found: tuple[tuple[str, float], ...] = (("", 0.0),)
    for n, part in enumerate(form):
        after = part.after if n < len(form) - 1 else ""
        both = itertools.product(found, part.spellings)
        ranked = sorted(((f"{a}{b}{after}", v + w) for (a, v), (b, w) in both), key=lambda spelling: -spelling[1])
        found = tuple(ranked[:TRIED])
    return list(found)
