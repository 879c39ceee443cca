"""Keys for entities: readable ones for new entities, and those of mentions that an annotator left without."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.data import cities, country_names, demonyms, fold
from pipeline.gold.model import GoldEntity

NAMING = frozenset({"PER", "ORG", "GPE", "NORP"})
"""Labels whose mentions get a key from their words when they have none."""

SMALL_WORDS = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to"})
SHORT_NAME = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A mention as far as keys need it; `keys` is None when nobody gave any."""

    label: str
    text: str
    keys: tuple[str, ...] | None


def new_key(name: str, kind: str, taken: Collection[str], *, country: str | None = None) -> str:
    """A readable key that is not among `taken`.

    A person's is the last name ("wekesa"), an organisation's its words or, from three on, their first letters,
    with the country's code where it has one ("mfa-aze"). Later ones of the same key are longer or numbered.
    """
    words = re.findall(r"[^\W_]+", re.sub(r"['’]", "", fold(name)))
    whole = "-".join(words) or kind
    if kind == "person":
        short = words[-1] if words else whole
    else:
        telling = [word for word in words if word not in SMALL_WORDS]
        initials = "".join(word[0] for word in telling)
        short = "-".join(telling) if len(telling) <= SHORT_NAME else initials
        short = "-".join(filter(None, (short or whole, (country or "").lower())))
    numbered = (f"{whole}-{number}" for number in itertools.count(2))
    return next(key for key in itertools.chain((short, whole), numbered) if key not in taken)


def complete(mentions: Sequence[Named], entities: Iterable[GoldEntity]) -> Iterator[tuple[str, ...]]:
    """The keys of each mention, in order: those given, otherwise those its words tell, or none.

    A mention with the label and words of one that has keys has the same; a country or city has its code; a person
    who is called by the last part of one other person's name is that person; any other person or organisation is
    new, and has the key that titles, role nouns and pronouns may have been given for it already.
    """
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    for entity in entities:
        label = "PER" if entity.kind == "person" else "ORG"
        for name in (entity.name, *entity.aliases):
            known.setdefault((label, _words(name)), (entity.key,))
    for mention in mentions:
        if mention.keys:
            known.setdefault((mention.label, _words(mention.text)), mention.keys)
    taken = {key for (label, _), keys in known.items() if label in ("PER", "ORG") for key in keys}
    open_ones = [m for m in mentions if m.keys is None and m.label in NAMING]
    for mention in sorted(open_ones, key=lambda m: -len(m.text)):
        words = _words(mention.text)
        if (mention.label, words) not in known:
            keys = _keys(mention, words, known, taken)
            known[mention.label, words] = keys
            taken.update(keys)
    for mention in mentions:
        if mention.keys is not None:
            yield mention.keys
        else:
            yield known[mention.label, _words(mention.text)] if mention.label in NAMING else ()


def _keys(
    mention: Named, words: str, known: Mapping[tuple[str, str], tuple[str, ...]], taken: Collection[str]
) -> tuple[str, ...]:
    if mention.label == "GPE":
        return _place(words)
    if mention.label == "NORP":
        code = demonyms().get(words)
        return () if code is None else (code,)
    if mention.label == "PER":
        longer = {keys for (label, name), keys in known.items() if label == "PER" and name.endswith(f" {words}")}
        if len(longer) == 1:
            return longer.pop()
    return (new_key(mention.text, "person" if mention.label == "PER" else "organization", taken),)


def _place(words: str) -> tuple[str, ...]:
    bare = words.removeprefix("the ")
    if (code := country_names().get(bare)) is not None:
        return (code,)
    city = cities().get(bare)
    return () if city is None else (f"{city.country}:{city.name}",)


def _words(text: str) -> str:
    return " ".join(fold(text).split())
