"""Detect: event mentions, their arguments and their status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from spacy.tokens import Doc, Token

from pipeline.data import countries, table
from pipeline.document import Document, EventMention, Unit
from pipeline.events.cues import cues_of
from pipeline.events.lexicon import Condition, Entry, entries
from pipeline.events.status import noun_status, verb_status
from pipeline.events.syntax import OBJECTS, Slots, Syntax
from pipeline.grammar import SUBJECTS
from pipeline.names.fold import fold

_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS")


@dataclass(frozen=True, slots=True)
class _Context:
    """What finding the arguments in one document needs."""

    document: Document
    parse: Doc
    syntax: Syntax
    kinds: dict[str, str]
    places: dict[str, str | None]
    capitals: dict[str, str]
    support: frozenset[str]
    existence: frozenset[str]
    prepositions: frozenset[str]
    bringing: frozenset[str]
    outside: frozenset[str]
    talking: frozenset[str]


def _context(document: Document, parse: Doc) -> _Context:
    words = table("detect")["support"]
    capitals = {}
    for entity in document.entities:
        if entity.kind == "city" and entity.country:
            if any(entity.name in seat for seat in countries()[entity.country].seats):
                capitals[entity.key] = entity.country
    return _Context(
        document,
        parse,
        Syntax(document, parse),
        {e.key: e.kind for e in document.entities},
        {e.key: e.country for e in document.entities if e.kind in ("city", "country")},
        capitals,
        frozenset(words["verbs"]),
        frozenset(words["existence"]),
        frozenset(words["prepositions"]),
        frozenset(words["bringing"]),
        _outside(document, parse),
        frozenset(table("detect")["merge"]["any_talk_verbs"]),
    )


def _outside(document: Document, parse: Doc) -> frozenset[str]:
    """Organisations that tell the story and are not in it: the outlet, agencies in brackets."""
    outlet = fold(document.outlet or "")
    found = set()
    for entity in document.entities:
        if entity.kind != "organization":
            continue
        spots = [document.mentions[i].tokens for i in entity.mentions]
        bracketed = all(
            start > 0 and end < len(parse) and parse[start - 1].text == "(" and parse[end].text == ")" for start, end in spots
        )
        if bracketed or (outlet and fold(entity.name) == outlet):
            found.add(entity.key)
    return frozenset(found)


def _modifiers(noun: Token) -> set[str]:
    """Lemmas of a noun's modifiers, compounds and of-complements, two levels deep."""
    found = set()
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod", "poss"):
            found.update((child.lemma_.lower(), child.lower_))
            found.update(c.lemma_.lower() for c in child.children if c.dep_ in ("compound", "amod", "conj"))
        elif child.dep_ == "prep" and child.lower_ in ("of", "on", "for"):
            for obj in child.children:
                if obj.dep_ == "pobj":
                    found.update((obj.lemma_.lower(), obj.lower_))
                    found.update(c.lemma_.lower() for c in obj.children if c.dep_ in ("amod", "compound", "conj"))
                    if child.lower_ == "of":
                        found.update(
                            inner.lemma_.lower()
                            for prep in obj.children if prep.dep_ == "prep"
                            for inner in prep.children if inner.dep_ == "pobj"
                        )
    return found


def _objects(context: _Context, verb: Token) -> list[Token]:
    """A verb's objects, or the subject of its passive."""
    if context.syntax.is_passive(verb):
        subject = context.syntax.subject(verb)
        return [subject] if subject is not None else []
    return [c for c in verb.children if c.dep_ in OBJECTS]


def _reached(context: _Context, token: Token) -> set[str]:
    """Lemmas of a noun phrase's head, of its conjuncts and of what "copy of his credentials" is of."""
    found = {token.lemma_.lower(), token.lower_}
    for part in (*token.conjuncts, *(c for p in token.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children)):
        found.add(part.lemma_.lower())
    for unit in context.syntax.named_by(token):
        if unit.nominal:
            found.add("@nominal")
        for key in unit.keys:
            kind = context.kinds.get(key, "country")
            found.update(("@unit", f"@{kind}"))
        if any("embassy" in t.lower_ or "consulate" in t.lower_ for t in context.parse[unit.tokens[0] : unit.tokens[1]]):
            found.add("@embassy")
    return found


def _holds(context: _Context, token: Token, carrier: Token | None, condition: Condition) -> bool:
    words: set[str] = set()
    if condition.kind == "obj":
        for obj in _objects(context, token):
            words |= _reached(context, obj)
    elif condition.kind == "prt":
        words = {c.lower_ for c in token.children if c.dep_ in ("prt", "prep", "advmod", "dative", "agent")}
    elif condition.kind == "mod":
        words = _modifiers(token)
    elif condition.kind == "with":
        heads = [token, carrier] if carrier is not None else [token]
        for head in heads:
            for word, obj in context.syntax.prepositions(head):
                words |= {obj.lemma_.lower(), word, *(c.lemma_.lower() for c in obj.children)}
                words |= {"@unit"} if context.syntax.units(obj) else set()
            words |= {c.lower_ for c in head.children if c.dep_ == "advmod"}
    elif condition.kind == "comp":
        clauses = [c for c in token.children if c.dep_ in ("xcomp", "ccomp", "advcl")]
        words = {"@clause"} if any(c.tag_ == "VB" for c in clauses) else set()
        words |= {word for word, _ in context.syntax.prepositions(token)}
    elif condition.kind == "sub":
        words = {t.lower_ for t in token.subtree if t.i > token.i}
    elif condition.kind == "dest":
        words = {"@place"} if _goes_somewhere(context, token) else set()
    elif condition.kind == "gov":
        words = {carrier.lemma_.lower()} if carrier is not None else set()
    return bool(words & condition.words) != condition.negative


def _goes_somewhere(context: _Context, verb: Token) -> bool:
    """Whether a place is the verb's goal."""
    for word, obj in context.syntax.prepositions(verb):
        if word in ("to", "in", "into", "for", "at") and _destinations(context, context.syntax.units(obj)):
            return True
    return False


def _match(context: _Context, token: Token, carrier: Token | None) -> Entry | None:
    verb = token.pos_ == "VERB" or (token.tag_.startswith("VB") and token.pos_ != "AUX")
    lemma = token.lemma_.lower()
    for key in ((verb, lemma), (verb, token.lower_)):
        for entry in entries().get(key, ()):
            if all(_holds(context, token, carrier, c) for c in entry.conditions):
                return entry
    return None


def carrier_of(context: _Context, noun: Token) -> Token | None:
    """The verb that an event noun is subject, object or prepositional object of."""
    token = noun
    for _ in range(3):
        if token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
            token = token.head
        elif token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.pos_ == "NOUN":
            if token.head.head.lemma_.lower() not in ("round", "series", "number", "session", "start", "part", "stage", "meeting", "cycle", "end", "beginning"):
                return None
            token = token.head.head
        else:
            break
    if token.dep_ in ("dobj", "nsubj", "nsubjpass", "attr") and token.head.pos_ in ("VERB", "AUX"):
        return token.head
    if token.dep_ == "pobj" and token.head.dep_ in ("prep", "agent", "prt") and token.head.lower_ in context.prepositions:
        verb = token.head.head
        if verb.dep_ == "prep":
            verb = verb.head
        if verb.dep_ == "acomp":
            verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            return verb
        if verb.dep_ == "dobj" and verb.lower_ in ("part", "place"):
            return verb.head
    return None


def _noun_slots(context: _Context, noun: Token, carrier: Token | None) -> Slots:
    """Arguments of an event noun, and those of the verb that carries it."""
    syntax, slots = context.syntax, Slots()
    for child in noun.children:
        if child.lower_ == "whose":
            owner = next((a.head for a in noun.ancestors if a.dep_ == "relcl"), None)
            slots.add("poss", syntax.units(owner) if owner is not None else [])
        elif child.dep_ == "poss":
            slots.add("poss", syntax.units(child))
        elif child.dep_ in ("compound", "amod", "nmod") and child.i in syntax.unit_at:
            slots.add("comp", [syntax.unit_at[child.i], *(syntax.unit_at[c.i] for c in child.children if c.i in syntax.unit_at)])
        elif child.dep_ in ("acl", "relcl"):
            slots.add("by", syntax.agents(child))
            if child.lemma_.lower() in context.existence | context.support:
                syntax.preposition_slots(child, slots)
                for subject in child.children:
                    if child.dep_ == "relcl" and subject.dep_ == "nsubj" and subject.tag_ not in ("WP", "WDT"):
                        slots.add("subj", syntax.units(subject))
    if noun.dep_ in SUBJECTS:
        for clause in noun.head.children:
            if clause.dep_ == "advcl" and clause.tag_ == "VBN" and clause.i < noun.i:
                slots.add("by", syntax.agents(clause))
    syntax.preposition_slots(noun, slots)
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        syntax.preposition_slots(noun.head.head, slots)
    if carrier is None:
        return slots
    lemma = carrier.lemma_.lower()
    is_object = noun.dep_ == "dobj" or (noun.dep_ in ("pobj", "conj", "attr"))
    if is_object and lemma in context.support and not _adverbial(noun):
        subject = syntax.subject(carrier)
        if syntax.is_passive(carrier):
            slots.add("attend" if lemma != "receive" else "obj", syntax.units(subject) if subject is not None and subject is not noun else [])
            slots.add("subj", syntax.agents(carrier))
        elif subject is not None and subject is not noun:
            slots.add("subj", syntax.units(subject))
        syntax.preposition_slots(carrier, slots)
        if lemma in context.bringing:
            for child in carrier.children:
                if child.dep_ == "dobj":
                    slots.add("attend", syntax.units(child))
    elif noun.dep_ in ("nsubj", "nsubjpass") and lemma in context.existence:
        syntax.preposition_slots(carrier, slots)
        slots.add("by", syntax.agents(carrier))
        for child in carrier.children:
            if child.dep_ in ("dobj", "attr") and lemma in context.bringing:
                slots.add("attend", syntax.units(child))
    return slots


def _adverbial(noun: Token) -> bool:
    """Whether the noun only sets the scene ("during the visit", "after the talks")."""
    return noun.dep_ == "pobj" and noun.head.lower_ in ("during", "after", "before", "following", "since", "until", "over", "throughout")


def _keys(context: _Context, entry: Entry, units: Iterable[Unit], slot: str) -> list[str]:
    """Participant keys: people, organisations, states; seats of government stand for their state."""
    metonyms = table("detect")["metonyms"]["types"]
    found: list[str] = []
    for unit in units:
        for key in unit.keys:
            kind = context.kinds.get(key, "country")
            if kind == "city":
                as_state = slot in ("subj", "between", "with", "comp", "and") and entry.type in metonyms and key in context.capitals
                if not as_state:
                    continue
                key = context.capitals[key]
            elif kind not in ("person", "organization", "country") or key in context.outside:
                continue
            if key not in found:
                found.append(key)
    return found


def _destinations(context: _Context, units: Iterable[Unit]) -> list[str]:
    """The states that are travelled to: countries, and the countries of cities."""
    found = []
    for unit in units:
        for key in unit.keys:
            code = context.places.get(key) if key in context.kinds else key
            if code and code not in found:
                found.append(code)
    return found


def _arguments(context: _Context, entry: Entry, slots: Slots) -> tuple[tuple[str, ...], tuple[str, ...]]:
    actors: list[str] = []
    recipients: list[str] = []
    for slot in entry.actors:
        actors += [k for k in _keys(context, entry, slots.units.get(slot, ()), slot) if k not in actors]
    for slot in entry.recipients:
        units = slots.units.get(slot, ())
        keys = _destinations(context, units) if entry.frame in ("visit", "travel") else _keys(context, entry, units, slot)
        recipients += [k for k in keys if k not in recipients and k not in actors]
    if entry.frame in ("visit", "travel"):
        actors = [k for k in actors if k not in recipients]
    return tuple(actors), tuple(recipients)


def _mentions(context: _Context, token: Token) -> Iterator[EventMention]:
    """The event mentions of one trigger: none, one, or one for each country of a tour."""
    mention = _mention(context, token)
    if mention is None:
        return
    if mention.mode != "visit" or len(mention.recipients) < 2:
        yield mention
        return
    for recipient in mention.recipients:
        yield replace(mention, recipients=(recipient,))


def _mention(context: _Context, token: Token) -> EventMention | None:
    verb = token.pos_ == "VERB" or (token.tag_.startswith("VB") and token.pos_ != "AUX")
    carrier = None if verb else carrier_of(context, token)
    entry = _match(context, token, carrier)
    if entry is None or (verb and token.lemma_ in context.talking and _is_purpose(context, token)):
        return None
    slots = Slots()
    if verb:
        context.syntax.verb_slots(token, slots)
    else:
        slots = _noun_slots(context, token, carrier)
    actors, recipients = _arguments(context, entry, slots)
    start, end = _extent(context, token, carrier, entry)
    view = context.document.view
    if view is None:
        return None
    first, last = context.parse[start], context.parse[end - 1]
    return EventMention(
        tokens=(start, end),
        head=token.i,
        span=view.raw(first.idx, last.idx + len(last)),
        type=entry.type,
        mode=_mode(entry, token),
        status=verb_status(token) if verb else noun_status(token, carrier),
        frame=entry.id,
        actors=actors,
        recipients=recipients,
        definite=not verb and _is_definite(token),
        cues=cues_of(context.document, token, carrier, verb=verb),
    )


def _mode(entry: Entry, token: Token) -> str | None:
    """The entry's mode, or the one that the words after the trigger decide ("@request")."""
    if entry.mode is None or not entry.mode.startswith("@"):
        return entry.mode
    choices = table("detect")["modes"][entry.mode[1:]]
    for other in token.subtree:
        if other.i > token.i:
            for mode, words in choices["words"].items():
                if other.lemma_.lower() in words:
                    return str(mode)
    return choices["default"] or None


def _is_purpose(context: _Context, verb: Token) -> bool:
    """Whether "to discuss …" only says what talks named in the same clause are for."""
    head = verb.head.head if verb.head.dep_ == "prep" else verb.head
    if verb.dep_ not in ("xcomp", "advcl", "acl", "relcl", "pcomp", "conj") or head is verb:
        return False
    carrier = None if head.pos_ == "VERB" else carrier_of(context, head)
    for token in (head, *(c for c in head.children if c.dep_ in ("dobj", "pobj"))):
        entry = _match(context, token, carrier) if token.lemma_ not in context.talking else None
        if entry is not None and entry.type == "CONSULT" and entry.mode != "visit":
            return True
    return False


def _extent(context: _Context, token: Token, carrier: Token | None, entry: Entry) -> tuple[int, int]:
    """The trigger phrase: a verb with its particle, a noun with its adjectives and carrying verb."""
    start, end = token.i, token.i + 1
    if entry.verb:
        wanted = {w for c in entry.conditions if c.kind in ("prt",) and not c.negative for w in c.words}
        if end < len(context.parse) and context.parse[end].lower_ in {"with", "by", *wanted}:
            end += 1
        objects = [w for c in entry.conditions if c.kind == "obj" and not c.negative for w in c.words]
        for obj in _objects(context, token):
            if obj.lemma_.lower() in objects and token.i < obj.i <= token.i + 4:
                end = max(end, obj.i + 1)
        return start, end
    while start > 0 and context.parse[start - 1].dep_ in ("amod", "compound") and context.parse[start - 1].head.i == token.i and (start - 1) not in context.syntax.unit_at:
        start -= 1
    if carrier is not None and token.dep_ == "dobj" and carrier.lemma_.lower() in context.support and 0 < start - carrier.i <= 3:
        start = carrier.i
    return start, end


def _is_definite(noun: Token) -> bool:
    return any((c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these")) or c.dep_ == "poss" for c in noun.children)


def detect(document: Document) -> Iterator[EventMention]:
    """The event mentions of a document, in the order of the text."""
    if document.parse is None:
        return
    context = _context(document, document.parse)
    blocked = {i for m in document.mentions if m.label in ("person", "title", "organization", "document", "date") for i in range(*m.tokens)}
    taken: set[int] = set()
    for token in document.parse:
        is_noun = token.tag_ in _NOUN_TAGS
        if token.i in taken or token.i in blocked or not (is_noun or token.pos_ == "VERB"):
            continue
        for mention in _mentions(context, token):
            taken.update(range(*mention.tokens))
            yield mention


@dataclass(frozen=True, slots=True)
class Detect:
    """Adds the event mentions of each document."""

    name: ClassVar[str] = "detect"
    reads: ClassVar[frozenset[str]] = frozenset({"view", "parse", "mentions", "entities", "units"})
    writes: ClassVar[frozenset[str]] = frozenset({"event_mentions"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [replace(document, event_mentions=tuple(detect(document))) for document in documents]
