"""Relate: who holds which position of what, who represents whom, and the phrases that stand for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pipeline.data import table
from pipeline.document import Document, Entity, Mention, Relation, Span, Unit
from pipeline.names.fold import fold
from pipeline.relate.home import home_scores
from pipeline.relate.patterns import Held, find_held
from pipeline.relate.symbols import is_plural, sentences

STATED, INHERITED, ASSUMED = 0.95, 0.8, 0.6


@dataclass(frozen=True, slots=True)
class _Office:
    """A title and who gives it: an entity key, or None when the text leaves it open."""

    title: str
    of: str | None
    span: Span
    confidence: float


def _singular(title: str) -> str:
    """The title one holder has, from the plural that a list has ("Foreign Ministers" → "Foreign Minister")."""
    words = title.split(" ")
    for i, word in enumerate(words):
        if word.lower() in ("of", "for", "to", "in"):
            break
        if is_plural(word):
            words[i] = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    return " ".join(words)


def _keys(entities: Iterable[Entity]) -> dict[int, str]:
    """Mention index → key of the entity it names."""
    return {i: e.key for e in entities for i in (*e.mentions, *e.referring)}


def _giver(mentions: Sequence[Mention], keys: dict[int, str], index: int | None) -> str | None:
    """The entity key of what gives an office; for a city its country."""
    if index is None:
        return None
    mention = mentions[index]
    return mention.code if mention.label in ("city", "country", "nationality") else keys.get(index)


def _same_title(a: str, b: str) -> bool:
    return fold(a) == fold(b)


def _assumed_giver(scores: dict[str, float], office: _Office, beside: set[str]) -> str | None:
    """The country of a bare title ("Foreign Minister Rustem Abenov").

    An office that one state alone has decides; else the likeliest home country (`scores`), rather
    not one that somebody beside it in the sentence stands for.
    """
    implied = table("relations")["offices"].get(fold(office.title))
    if implied:
        return str(implied)
    penalty = table("relations")["home"]["beside"]
    ranked = {code: score + penalty * (code in beside) for code, score in scores.items()}
    return max(ranked, key=lambda code: (ranked[code], code)) if ranked else None


def _offices(document: Document) -> tuple[dict[str, list[_Office]], list[tuple[Held, str]]]:
    """Offices stated for each person, and every holder phrase with its person's key."""
    mentions, keys = document.mentions, _keys(document.entities)
    offices: dict[str, list[_Office]] = {}
    held: list[tuple[Held, str]] = []
    last: tuple[str, _Office] | None = None
    for symbols in sentences(document):
        for h in find_held(symbols):
            key = keys.get(h.holder)
            if key is None:
                continue
            held.append((h, key))
            of = _giver(mentions, keys, h.of)
            if h.title is not None:
                mention = mentions[h.title]
                title = _singular(mention.text) if is_plural(mention.text) else mention.text
                office = _Office(title, of, mention.span, STATED)
                last = (key, office)
            elif h.inherits and last is not None and last[0] != key:
                office = _Office(last[1].title, of, mentions[h.holder].span, INHERITED)
                if any(_same_title(o.title, office.title) for o in offices.get(key, [])):
                    continue
            else:
                continue
            offices.setdefault(key, []).append(office)
    return offices, held


def _settle(document: Document) -> tuple[dict[str, list[_Office]], dict[str, str], list[tuple[Held, str]]]:
    """Offices with their givers completed, the country of each person, and the holder phrases."""
    offices, held = _offices(document)
    mentions, keys = document.mentions, _keys(document.entities)
    codes = {e.key for e in document.entities if e.kind == "country"}
    home: dict[str, str] = {}
    for h, key in held:
        of = _giver(mentions, keys, h.of)
        if of in codes and of is not None:
            home.setdefault(key, of)
    by_key = {e.key: e for e in document.entities}
    scores = home_scores(document, Counter(home.values()))
    beside = _beside(document, home)
    settled: dict[str, list[_Office]] = {}
    for key, stated in offices.items():
        kept: list[_Office] = []
        for office in sorted(stated, key=lambda o: (o.of is None, -o.confidence)):
            of, confidence = office.of, office.confidence
            if of is None:
                known = [o for o in kept if o.of is not None]
                if any(_same_title(o.title, office.title) or _part_of(office.title, o.title) for o in known):
                    continue
                of = home.get(key) or (known[0].of if known else None)
                if of is None:
                    of, confidence = _assumed_giver(scores, office, beside.get(key, set())), ASSUMED
            if not any(_same_title(o.title, office.title) and o.of == of for o in kept):
                kept.append(replace(office, of=of, confidence=confidence))
        settled[key] = kept
    for key, kept in settled.items():
        for office in kept:
            giver = by_key.get(office.of or "")
            country = giver.country if giver is not None else office.of if office.of and len(office.of) == 3 else None
            if country:
                home.setdefault(key, country)
    return settled, home, held


def _beside(document: Document, home: dict[str, str]) -> dict[str, set[str]]:
    """For each person the countries that other people in the sentences that name them stand for."""
    keys = _keys(document.entities)
    found: dict[str, set[str]] = {}
    for symbols in sentences(document):
        people = {keys[e.mention] for e in symbols.elements if e.mention is not None and document.mentions[e.mention].label == "person" and e.mention in keys}
        for key in people:
            found.setdefault(key, set()).update(home[other] for other in people if other != key and other in home)
    return found


def _part_of(short: str, long: str) -> bool:
    """Whether a bare title is a shorter form of a stated one ("Minister" of "Foreign Minister")."""
    return set(fold(short).split()) <= set(fold(long).split())


def build_units(document: Document, phrases: Iterable[tuple[tuple[int, int], str]]) -> tuple[Unit, ...]:
    """One unit for each phrase or lone mention that can stand as a participant, none overlapping."""
    mentions, keys = document.mentions, _keys(document.entities)
    taken: dict[int, int] = {}
    units: list[Unit] = []
    for tokens, key in sorted(phrases, key=lambda p: p[0][0] - p[0][1]):
        start, end = tokens
        while start < end and start in taken:
            start += 1
        while end > start and end - 1 in taken:
            end -= 1
        if start < end and not any(i in taken for i in range(start, end)):
            taken.update(dict.fromkeys(range(start, end), len(units)))
            units.append(Unit((start, end), (key,)))
    for index, mention in enumerate(mentions):
        wanted = keys.get(index)
        if wanted is None or mention.label not in ("person", "organization", "country", "nationality", "city"):
            continue
        if mention.tokens[0] not in taken:
            units.append(Unit(mention.tokens, (wanted,)))
    return tuple(sorted(units, key=lambda u: u.tokens))


def _owned(document: Document) -> list[tuple[tuple[int, int], str]]:
    """Organisations with the country that owns them: "Azerbaijan's Ministry of Foreign Affairs"."""
    phrases = []
    keys = _keys(document.entities)
    for before, mention, index in zip(document.mentions, document.mentions[1:], range(1, len(document.mentions)), strict=False):
        if mention.label == "organization" and before.label in ("country", "nationality") and document.parse is not None:
            if document.parse[before.tokens[1] : mention.tokens[0]].text.strip() in ("", "'s", "'") and index in keys:
                phrases.append(((before.tokens[0], mention.tokens[1]), keys[index]))
    return phrases


def relate(document: Document) -> Document:
    """The document with positions as relations, people's countries, and participant units."""
    settled, home, held = _settle(document)
    entities = tuple(
        replace(e, country=home.get(e.key)) if e.kind == "person" else e for e in document.entities
    )
    relations = [
        Relation("holds_position", key, office.of, office.title, office.span, office.confidence)
        for key, kept in settled.items()
        for office in kept
        if office.of is not None
    ]
    by_key = {e.key: e for e in entities}
    for key, country in home.items():
        span = document.mentions[by_key[key].mentions[0]].span
        relations.append(Relation("represents", key, country, None, span, INHERITED))
    for e in entities:
        if e.kind == "organization" and e.country:
            relations.append(Relation("part_of", e.key, e.country, None, document.mentions[e.mentions[0]].span, INHERITED))
        if e.kind == "city" and e.country:
            relations.append(Relation("located_in", e.key, e.country, None, document.mentions[e.mentions[0]].span, STATED))
    for relation in tuple(relations):
        giver = by_key.get(relation.object)
        if relation.type == "holds_position" and giver is not None and giver.kind == "organization":
            relations.append(Relation("member_of", relation.subject, giver.key, None, relation.span, relation.confidence))
    phrases = [(h.tokens, key) for h, key in held] + _owned(document)
    document = replace(document, entities=entities, relations=tuple(relations))
    return replace(document, units=build_units(document, phrases))


@dataclass(frozen=True, slots=True)
class Relate:
    """Adds relations, people's countries and participant units."""

    name: ClassVar[str] = "relate"
    reads: ClassVar[frozenset[str]] = frozenset({"parse", "mentions", "entities"})
    writes: ClassVar[frozenset[str]] = frozenset({"relations", "units"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [relate(document) for document in documents]
