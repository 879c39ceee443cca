"""Which offices an article states for each person, and for which state or organisation."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.data import listed_organisations, table
from pipeline.document import Document, Entity, Mention, Span
from pipeline.names.fold import fold
from pipeline.relate.givers import Case, Givers, organisation_country, title_class
from pipeline.relate.patterns import Held, find_held
from pipeline.relate.read import Linked, link_titles
from pipeline.relate.symbols import Symbols, counterparts, is_plural
from pipeline.relate.title_forms import is_part, of_one_holder, singular

STATED, INHERITED = 0.95, 0.8


@dataclass(frozen=True, slots=True)
class Office:
    """A title and who gives it: an entity key or ISO3 code, or None while the text leaves it open.

    `givers` is what the encoder says of who gives it.
    """

    title: str
    of: str | None
    span: Span
    token: int
    confidence: float
    givers: Mapping[str | None, float] | None = None


@dataclass(frozen=True, slots=True)
class Offices:
    """What `find_offices` finds: offices and country by person key, and the phrases that name them."""

    held: Mapping[str, Sequence[Office]]
    home: Mapping[str, str]
    phrases: Sequence[tuple[tuple[int, int], str]]


def entity_keys(entities: Iterable[Entity]) -> dict[int, str]:
    """Mention index → key of the entity it names."""
    return {i: e.key for e in entities for i in (*e.mentions, *e.referring)}


@functools.cache
def _international() -> frozenset[str]:
    """The names of well-known organisations that are of no state."""
    return frozenset(known.name for known in listed_organisations() if known.country is None)


class _Finder:
    """The offices of one document, found step by step."""

    def __init__(self, document: Document, sentences: Sequence[Symbols]) -> None:
        self.document = document
        self.mentions = document.mentions
        self.entities = {e.key: e for e in document.entities}
        self.keys = entity_keys(document.entities)
        self.sentences = sentences
        self.starts = [s.elements[0].tokens[0] if s.elements else 0 for s in sentences]
        self.found = [
            (n, h, key)
            for n, symbols in enumerate(sentences)
            for h in find_held(symbols)
            if (key := self.keys.get(h.holder)) is not None
        ]
        self.offices: dict[str, list[Office]] = {}
        self.home: dict[str, str] = {}

    def giver(self, index: int | None) -> str | None:
        """The key of what gives an office; for a city or an adjective its country."""
        if index is None:
            return None
        mention = self.mentions[index]
        return mention.code if mention.label in ("city", "country", "nationality", "nominal") else self.keys.get(index)

    def state(self) -> None:
        """Take in every office whose title the text gives with its holder."""
        for _, h, key in self.found:
            of = self.giver(h.of)
            entity = self.entities.get(of or "")
            if of is not None and (entity is None or entity.kind == "country"):
                self.home.setdefault(key, of)
            if h.title is None:
                continue
            mention = self.mentions[h.title]
            if title_class(mention.text) == "job" and (entity is None or entity.kind == "country") and of is not None:
                continue
            title = of_one_holder(mention.text)
            if entity is not None and entity.kind == "organization" and h.of is not None:
                title, of = self._state_organ(title, entity, self.mentions[h.of].text)
            self.offices.setdefault(key, []).append(Office(title, of, mention.span, mention.tokens[0], STATED))

    def _state_organ(self, title: str, organ: Entity, name: str) -> tuple[str, str | None]:
        """An office at an organ of state: "Speaker of the National Assembly" is an office of the state,
        and so is "Minister of State at the Ministry of Foreign Affairs"; "President of the European Council" is not."""
        words = table("relations")
        if organ.name in _international():
            return title, organ.key
        organ_words = set(fold(organ.name).split())
        kind = title_class(title)
        parliament = not organ_words.isdisjoint(words["parliament_words"])
        parliament = parliament and organ_words.isdisjoint(words["inner_words"])
        whole = self.document.reading is None  # an encoder marks the whole title where the parliament belongs to it
        if whole and parliament and set(fold(title).split()) <= set(words["parliament_offices"]):
            return f"{title} of the {name}", organ.country
        if kind in words["state_classes"] and not organ_words.isdisjoint(words["organ_words"]):
            return title, organ.country
        return title, organ.key

    def read(self, links: Iterable[Linked]) -> None:
        """Take in titles that the encoder links with a holder, and what it says of who gives them.

        A title away from the holder's name counts for those of whom no other is told: else it is mostly another word
        for that office, or somebody else's.
        """
        for linked in links:
            mention = self.mentions[linked.title]
            if not counterparts().isdisjoint(mention.text.lower().split()):
                continue
            title = of_one_holder(mention.text)
            stated = self.offices.setdefault(linked.holder, [])
            known = next((n for n, office in enumerate(stated) if is_part(title, office.title)), None)
            if known is not None:
                if stated[known].of is None and stated[known].givers is None:
                    stated[known] = replace(stated[known], givers=linked.givers)
            elif linked.beside or not stated or any(is_part(o.title, title) for o in stated):
                stated.append(
                    Office(title, None, mention.span, mention.tokens[0], round(linked.probability, 4), linked.givers)
                )

    def inherit(self) -> None:
        """Give counterparts without an office of their own that of the person they are the counterpart of."""
        for n, h, key in self.found:
            if h.title is not None or not h.inherits:
                continue
            office = self._antecedent(n, h, key)
            of = self.giver(h.of)
            if office is None or self.offices.get(key):
                continue
            span, token = self.mentions[h.holder].span, self.mentions[h.holder].tokens[0]
            self.offices.setdefault(key, []).append(Office(office.title, of, span, token, INHERITED))

    def share(self) -> None:
        """Give people named with their country alone the office of those they stand with."""
        for n, h, key in self.found:
            if h.pattern == "represents" and key not in self.offices and (title := self._title_around(n)) is not None:
                mention = self.mentions[h.holder]
                office = Office(title, self.giver(h.of), mention.span, mention.tokens[0], INHERITED)
                self.offices[key] = [office]

    def _people(self, n: int) -> list[str]:
        """Keys of the people a sentence names, in order."""
        indices = [e.mention for e in self.sentences[n].elements if e.mention is not None]
        return [self.keys[i] for i in indices if self.mentions[i].label == "person" and i in self.keys]

    def _antecedent(self, n: int, held: Held, key: str) -> Office | None:
        """The office of the first other person of the sentence, else of the sentences before, who has one."""
        for back in range(min(n + 1, 4)):
            for other in self._people(n - back):
                for office in reversed(self.offices.get(other, [])):
                    if other != key and title_class(office.title) in table("relations")["counterpart_classes"]:
                        peer = table("relations")["peer_titles"].get(fold(office.title))
                        return office if peer is None else replace(office, title=peer)
        return None

    def _title_around(self, n: int) -> str | None:
        """The plural title in the sentence or the one before, else an office held by another in it."""
        for at in (n, n - 1):
            if at >= 0:
                for e in self.sentences[at].elements:
                    if e.mention is not None and self.mentions[e.mention].label == "title":
                        text = self.mentions[e.mention].text
                        if is_plural(text):
                            return singular(text)
        for other in self._people(n):
            for office in self.offices.get(other, []):
                if office.confidence == STATED and title_class(office.title) in ("minister", "leader"):
                    return office.title
        return None

    def _named(self) -> list[tuple[str, str]]:
        """Titles that the text names with a country but without a person: title, ISO3."""
        used = {h.title for _, h, _ in self.found}
        named = []
        for i, m in enumerate(self.mentions):
            if m.label == "nominal" and m.code and m.name:
                named.append((m.name, m.code))
            if m.label != "title" or i in used:
                continue
            before = self.mentions[i - 1] if i else None
            after = self.mentions[i + 1] if i + 1 < len(self.mentions) else None
            if before is not None and before.code and self._gap(before, m) in ("", "'s", "'"):
                named.append((m.text, before.code))
            elif after is not None and after.label == "country" and after.code and self._gap(m, after).startswith("of"):
                named.append((m.text, after.code))
        return named

    def _gap(self, before: Mention, after: Mention) -> str:
        parse = self.document.parse
        return "" if parse is None else parse[before.tokens[1] : after.tokens[0]].text.strip().lower()

    def settle(self) -> None:
        """Find the giver of every open office and drop shorter forms of offices already there.

        The surest goes first, as each tells something of the others; of one person the fullest form of a title, which
        speaks for the others.
        """
        explicit = dict(self.home)
        kept = {key: _distinct(o for o in stated if o.of is not None) for key, stated in self.offices.items()}
        open_offices = [
            (key, sorted(left, key=lambda o: (-len(fold(o.title).split()), o.token)))
            for key, stated in self.offices.items()
            if (left := [o for o in stated if o.of is None])
        ]
        if open_offices:
            givers = Givers(self.document, explicit)
            named = self._named()
            if len(open_offices) > 1:
                open_offices.sort(key=lambda one: -givers.sureness(self._case(one[0], one[1][0], kept, named)))
            for key, offices in open_offices:
                for office in offices:
                    if any(is_part(office.title, o.title) for o in kept[key]):
                        continue
                    of, probability = givers.best(self._case(key, office, kept, named))
                    if of is None:
                        continue
                    kept[key].append(replace(office, of=of, confidence=min(office.confidence, probability)))
                    if (country := organisation_country(self.entities, of)) is not None:
                        self.home.setdefault(key, country)
        for key, settled in kept.items():
            for o in settled:
                if (country := organisation_country(self.entities, o.of)) is not None:
                    self.home.setdefault(key, country)
        self.offices = {key: _distinct(settled) for key, settled in kept.items()}

    def _case(
        self, key: str, office: Office, kept: Mapping[str, Sequence[Office]], named: Sequence[tuple[str, str]]
    ) -> Case:
        """An open office and what is known of it and of the others when it is decided."""
        others = [(other, o) for other, offices in kept.items() for o in offices if other != key]
        class_ = title_class(office.title)
        return Case(
            office.title,
            self.entities[key].name,
            office.token,
            beside=frozenset(self._beside(office.token, key)),
            taken=frozenset(o.of for _, o in others if o.of is not None and fold(o.title) == fold(office.title)),
            peers=frozenset(
                self.home[other] for other, o in others if other in self.home and title_class(o.title) == class_
            ),
            named=frozenset(code for title, code in named if is_part(title, office.title)),
            home=self.home.get(key),
            other_office=bool(kept[key]),
            read=office.givers,
        )

    def _beside(self, token: int, key: str) -> set[str]:
        """The countries that the other people of the token's sentence stand for."""
        n = bisect_right(self.starts, token) - 1
        return {self.home[other] for other in self._people(n) if other != key and other in self.home}


def _distinct(offices: Iterable[Office]) -> list[Office]:
    """Offices without repetition: of the same giver only the fullest form of a title."""
    kept: list[Office] = []
    for office in sorted(offices, key=lambda o: (-len(fold(o.title).split()), -o.confidence)):
        if not any(o.of == office.of and is_part(office.title, o.title) for o in kept):
            kept.append(office)
    return sorted(kept, key=lambda o: o.token)


def find_offices(document: Document, sentences: Sequence[Symbols]) -> Offices:
    """The offices that a document states; `sentences` are its symbols."""
    finder = _Finder(document, sentences)
    finder.state()
    links = link_titles(document, document.reading) if document.reading is not None else []
    finder.read(linked for linked in links if linked.beside)
    finder.inherit()
    finder.read(linked for linked in links if not linked.beside)
    finder.share()
    finder.settle()
    phrases = [(h.tokens, key) for _, h, key in finder.found]
    return Offices(finder.offices, finder.home, phrases)
