"""Resolve: which named mentions of an article are one entity."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from pipeline.data import countries, country_names, demonyms, table
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


@functools.lru_cache(maxsize=65536)
def same_word(a: str, b: str) -> bool:
    """Whether two name words, as skeletons, can be spellings of one name.

    They may differ in vowels and in g for k ("Vəliyev" – "Veliyev", "Gasimov" – "Qasimov") as long as no
    letter is added: "Karimov" and "Karimova" stay apart.
    """
    if a == b:
        return True
    pairs = table("folding")["skeleton"]["alternate"]
    if len(a) != len(b) or len(a) < 5:
        return False
    different = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(different) <= 2 and all(any(x in group and y in group for group in pairs) for x, y in different)


@functools.lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """A surname without the ending that its bearers may change ("Olimov" – "Olimzoda")."""
    for ending in table("folding")["skeleton"]["surname_endings"]:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@functools.lru_cache(maxsize=65536)
def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names, given as name words, can be one person.

    The shorter must be contained in the longer, word by word in order (an initial stands for its
    word), from its first or up to its last word or without a gap; a single word must be the
    other's last or first one.
    """
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if "".join(short) == "".join(long) or sorted(short) == sorted(long):
        return True
    if len(short) == 1:
        return len(short[0]) > 1 and (same_word(short[0], long[-1]) or same_word(short[0], long[0]))
    if len(short) == len(long) == 2 and short[0] == long[0] and _stem(short[1]) == _stem(long[1]):
        return True
    if not same_word(short[-1], long[-1]) and short[0] != long[0]:
        return any(long[i : i + len(short)] == short for i in range(1, len(long) - len(short)))
    rest = iter(long)
    return all(
        any(same_word(w, r) or (len(w) == 1 and r.startswith(w)) or (len(r) == 1 and w.startswith(r)) for r in rest)
        for w in short
    )


def _introduction(document: Document, index: int) -> tuple[str, str]:
    """The title and the form of address right before a name, folded ("minister", "ms")."""
    parse, mention = document.parse, document.mentions[index]
    title = address = ""
    if parse is None:
        return title, address
    start = mention.tokens[0]
    if start and (word := parse[start - 1].lower_.rstrip(".")) in ("mr", "ms", "mrs", "miss", "sir", "lady", "madam"):
        address = "mr" if word in ("mr", "sir") else "ms"
        start -= 1
    if index and document.mentions[index - 1].label == "title" and document.mentions[index - 1].tokens[1] == start:
        title = fold(document.mentions[index - 1].text)
    return title, address


def cluster_people(document: Document) -> list[list[int]]:
    """Groups of indices of the person mentions that name one person.

    Names of two and more words come first, longest first; a single word joins the person who bears
    it as the last name, else as another one. Of several bearers it is the one with the title or form
    of address that it has, else the one named last before it.
    """
    mentions = document.mentions
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
        bearers = _bearers(clusters, words[i][0])
        if not bearers:
            bearers = [_Cluster(words=[words[i]])]
            clusters.extend(bearers)
        elif len(bearers) > 1:
            bearers = _introduced_alike(document, bearers, i)
        before = [(max((m for m in c.mentions if m < i), default=-1), -n) for n, c in enumerate(bearers)]
        bearers[-max(before)[1]].mentions.append(i)
    return sorted(sorted(c.mentions) for c in clusters)


def _bearers(clusters: Sequence[_Cluster], word: str) -> list[_Cluster]:
    """The people who bear a name word: as the last one, else as the first one, else anywhere."""
    for part in (slice(-1, None), slice(0, 1), slice(None)):
        found = [c for c in clusters if any(same_word(x, word) for w in c.words for x in w[part])]
        if found and (part.stop or part.start or len(word) > 2):
            return found
    return []


def _introduced_alike(document: Document, bearers: list[_Cluster], index: int) -> list[_Cluster]:
    """Those bearers of a name who have the title or form of address that a mention has, if any."""
    for kind, wanted in enumerate(_introduction(document, index)):
        if wanted:
            same = [c for c in bearers if any(_introduction(document, i)[kind] == wanted for i in c.mentions)]
            if same:
                return same
    return bearers


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
        if after.label == "country" and gap.strip() in ("of", "of the", "of the republic of"):
            return after.code
    return None


@functools.lru_cache(maxsize=8192)
def _organisation_words(name: str) -> tuple[tuple[str, ...], str | None]:
    """What an organisation is known by: its words in order of the alphabet without "of the" and
    "Affairs", and the country that it names ("Foreign Ministry of Azerbaijan")."""
    dropped = table("folding")["organisations"]["dropped"]
    names, adjectives = country_names(), demonyms()
    words, code = [], None
    for word in fold(name).split():
        country = names.get(word) or adjectives.get(word)
        if country is not None:
            code = country
        elif word not in dropped:
            words.append(word)
    return (tuple(sorted(words)), code) if words else ((fold(name),), code)


def _initials(name: str) -> str:
    """The acronym of a name of several words: "Economic Cooperation Organization" → "ECO"."""
    words = [w for w in name.replace("-", " ").split() if w[0].isupper()]
    return "".join(w[0] for w in words) if len(words) > 1 else ""


def _same_organisation(document: Document, clusters: list[_Cluster], index: int) -> _Cluster | None:
    """The organisation named before that a mention names in another form: its acronym, or its kind
    alone ("the Ministry"), or the name in brackets after it."""
    parse, mentions = document.parse, document.mentions
    mention = mentions[index]
    bracketed = (
        parse is not None
        and index > 0
        and mentions[index - 1].label == "organization"
        and parse[mentions[index - 1].tokens[1] : mention.tokens[0]].text.strip() in ("(", "'s (")
        and mention.text.isupper()
    )
    if bracketed:
        return next(c for c in clusters if index - 1 in c.mentions)
    if mention.name is not None:
        return None
    for c in reversed(clusters):
        if mention.text.isupper() and any(_initials(mentions[i].text) == mention.text for i in c.mentions):
            return c
    kind = fold(mention.text).removeprefix("the ")
    if kind in table("folding")["organisations"]["kinds"]:
        alike = [c for c in clusters if any(len(w) > 1 and kind in w for w in c.words)]
        return max(alike, key=lambda c: c.mentions[-1], default=None)
    return None


def cluster_organisations(document: Document) -> list[_Cluster]:
    """Groups of organisation mentions: the same name in some form, and no different country."""
    clusters: list[_Cluster] = []
    for i, m in enumerate(document.mentions):
        if m.label != "organization":
            continue
        words: tuple[str, ...]
        if m.name:
            words, code = (fold(m.name),), m.code
        else:
            words, code = _organisation_words(m.text)
            code = m.code or code or _owner(document, i)
        alike = [c for c in clusters if words in c.words and (code is None or not c.codes or code in c.codes)]
        cluster = max(alike, key=lambda c: c.mentions[-1], default=None) or _same_organisation(document, clusters, i)
        if cluster is None:
            cluster = _Cluster()
            clusters.append(cluster)
        if words not in cluster.words:
            cluster.words.append(words)
        cluster.mentions.append(i)
        if code and code not in cluster.codes:
            cluster.codes.append(code)
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
        for n, group in enumerate(cluster_people(document))
    ]
    for n, c in enumerate(cluster_organisations(document)):
        name = next((m.name for m in (mentions[i] for i in c.mentions) if m.name), None)
        country = c.codes[0] if c.codes else None
        name = name or _fullest(mentions, c.mentions)
        entities.append(Entity(f"o{n}", "organization", name, tuple(c.mentions), (), country))
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
