"""Resolve: which named mentions of an article are one entity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from pipeline.data import countries
from pipeline.document import Document, Entity, EntityKind, Mention
from pipeline.names.fold import fold, name_words

_KINDS: dict[str, EntityKind] = {
    "organization": "organization", "city": "city", "facility": "facility", "event": "event",
}  # fmt: skip
_KEY_LETTER = {"organization": "o", "city": "t", "facility": "f", "event": "n"}


@dataclass(slots=True)
class _Cluster:
    """Mentions taken to be one entity so far; `words` are the name words of every form seen."""

    words: list[tuple[str, ...]] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names, given as name words, can be one person.

    The shorter must be contained in the longer, word by word in order (an initial stands for its
    word), and a single word must be the other's last or first one.
    """
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if "".join(short) == "".join(long) or sorted(short) == sorted(long):
        return True
    if len(short) == 1:
        return short[0] in (long[-1], long[0]) and len(short[0]) > 1
    if short[-1] != long[-1] and short[0] != long[0]:
        return False
    rest = iter(long)
    return all(any(w == r or (len(w) == 1 and r.startswith(w)) or (len(r) == 1 and w.startswith(r)) for r in rest) for w in short)


def cluster_people(mentions: Sequence[Mention]) -> list[list[int]]:
    """Groups of indices of the person mentions that name one person.

    Names of two and more words come first, longest first; a single word joins the person who bears
    it: the only one, else the one named last before it.
    """
    people = [i for i, m in enumerate(mentions) if m.label == "person"]
    words = {i: name_words(mentions[i].text) for i in people}
    clusters: list[_Cluster] = []
    for i in sorted((i for i in people if len(words[i]) > 1), key=lambda i: (-len(words[i]), i)):
        for c in clusters:
            if all(same_person(words[i], w) for w in c.words):
                break
        else:
            c = _Cluster()
            clusters.append(c)
        c.mentions.append(i)
        if words[i] not in c.words:
            c.words.append(words[i])
    for i in (i for i in people if len(words[i]) == 1):
        bearers = [c for c in clusters if any(same_person(words[i], w) for w in c.words)]
        by_surname = [c for c in bearers if any(w[-1] == words[i][0] for w in c.words)]
        bearers = by_surname or bearers
        if not bearers:
            bearers = [_Cluster(words=[words[i]])]
            clusters.extend(bearers)
        before = [(max((m for m in c.mentions if m < i), default=-1), -n) for n, c in enumerate(bearers)]
        bearers[-max(before)[1]].mentions.append(i)
    return sorted(sorted(c.mentions) for c in clusters)


def _owner(document: Document, index: int) -> str | None:
    """The country that stands right before a mention: "Azerbaijan's Foreign Ministry", "the Kenyan parliament"."""
    parse, mention = document.parse, document.mentions[index]
    if index == 0 or parse is None:
        return None
    before = document.mentions[index - 1]
    gap = parse[before.tokens[1] : mention.tokens[0]].text
    if before.label in ("country", "nationality") and gap.strip() in ("", "'s", "'"):
        return before.code
    if index + 1 < len(document.mentions):
        after = document.mentions[index + 1]
        gap = parse[mention.tokens[1] : after.tokens[0]].text.lower()
        if after.label == "country" and gap.strip() in ("of", "of the"):
            return after.code
    return None


def cluster_organisations(document: Document) -> list[_Cluster]:
    """Groups of organisation mentions: same canonical or folded name, and no different country."""
    clusters: list[_Cluster] = []
    for i, m in enumerate(document.mentions):
        if m.label != "organization":
            continue
        code = m.code or (None if m.name else _owner(document, i))
        words = (fold(m.name or m.text),)
        for c in clusters:
            if words in c.words and (code is None or not c.codes or code in c.codes):
                break
        else:
            c = _Cluster(words=[words])
            clusters.append(c)
        c.mentions.append(i)
        if code and code not in c.codes:
            c.codes.append(code)
    return clusters


def _fullest(mentions: Sequence[Mention], indices: Iterable[int]) -> str:
    """The longest form; among equals the first. Capital letters only counts as shorter."""
    texts = [mentions[i].text for i in indices]
    return max(texts, key=lambda t: (len(t.split()), not t.isupper(), len(t)))


def resolve(document: Document) -> tuple[Entity, ...]:
    """The entities of a document: people, organisations, countries, cities, facilities, named events."""
    mentions = document.mentions
    entities = [
        Entity(f"p{n}", "person", _fullest(mentions, group), tuple(group))
        for n, group in enumerate(cluster_people(mentions))
    ]
    for n, c in enumerate(cluster_organisations(document)):
        name = next((m.name for m in (mentions[i] for i in c.mentions) if m.name), None)
        country = c.codes[0] if c.codes else None
        entities.append(Entity(f"o{n}", "organization", name or _fullest(mentions, c.mentions), tuple(c.mentions), (), country))
    by_code: dict[str, list[int]] = {}
    others: dict[tuple[EntityKind, str, str | None], list[int]] = {}
    for i, m in enumerate(mentions):
        if m.label in ("country", "nationality") and m.code:
            by_code.setdefault(m.code, []).append(i)
        elif m.label in _KINDS and m.label != "organization":
            others.setdefault((_KINDS[m.label], fold(m.name or m.text), m.code), []).append(i)
    for code, group in sorted(by_code.items()):
        named = tuple(i for i in group if mentions[i].label == "country")
        adjectives = tuple(i for i in group if mentions[i].label == "nationality")
        entities.append(Entity(code, "country", countries()[code].name, named, adjectives, code))
    for n, ((kind, _, place), group) in enumerate(others.items()):
        name = mentions[group[0]].name or _fullest(mentions, group)
        entities.append(Entity(f"{_KEY_LETTER[kind]}{n}", kind, name, tuple(group), (), place))
    return tuple(entities)


@dataclass(frozen=True, slots=True)
class Resolve:
    """Groups the named mentions of each document into entities."""

    name: ClassVar[str] = "resolve"
    reads: ClassVar[frozenset[str]] = frozenset({"mentions", "parse"})
    writes: ClassVar[frozenset[str]] = frozenset({"entities"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [replace(document, entities=resolve(document)) for document in documents]
