"""Grammatical functions around a trigger, read off the dependency parse.

A unit ("Iraq's Minister of Communications, X") counts as one node of the tree:
whatever token of it is reached stands for its entities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from pipeline.data import table
from pipeline.document import Document, Unit
from pipeline.grammar import SUBJECTS, verb_of_subject

_JOINTS = frozenset({",", "and", "&", "as", "well", "the", ";", "with", "alongside"})
OBJECTS = ("dobj", "dative", "attr", "oprd")


@dataclass(slots=True)
class Slots:
    """Units by grammatical function, in the order of the text."""

    units: dict[str, list[Unit]] = field(default_factory=dict)

    def add(self, slot: str, units: list[Unit]) -> None:
        kept = self.units.setdefault(slot, [])
        kept.extend(u for u in units if u not in kept)


class Syntax:
    """Access to one document's parse by units."""

    def __init__(self, document: Document, parse: Doc) -> None:
        self.parse = parse
        self.unit_at: dict[int, Unit] = {i: u for u in document.units for i in range(*u.tokens)}
        self.starts = {u.tokens[0]: u for u in document.units}
        self.control = frozenset(table("detect")["control"])
        self.people = {e.key for e in document.entities if e.kind == "person"}
        self.bodies = {e.key for e in document.entities if e.kind == "organization"}
        self.subjects: dict[int, list[Unit]] = {}
        for unit in document.units:
            of_verb = verb_of_subject(parse, unit.tokens)
            if of_verb is not None:
                self.subjects.setdefault(of_verb, []).append(unit)
        self.titles = {i for m in document.mentions if m.label == "title" for i in range(*m.tokens)}
        self.dated = {i for m in document.mentions if m.label == "date" for i in range(*m.tokens)}
        self.groups = frozenset(table("detect")["groups"]["nouns"])

    def units(self, token: Token) -> list[Unit]:
        """The units that a noun phrase headed by `token` stands for, conjuncts included."""
        found: list[Unit] = []
        for part in (token, *token.conjuncts):
            if part.i < token.i:
                continue
            found.extend(u for u in self._phrase(part) if u not in found)
        for unit in list(found):
            found.extend(u for u in self._enumerated(unit) if u not in found)
            found.extend(u for u in self._listed_before(unit) if u not in found)
        return found

    def named_by(self, token: Token) -> list[Unit]:
        """The units that a noun phrase itself is, not those that own or modify it."""
        own = token.i in self.unit_at or token.i in self.titles
        return self.units(token) if own else []

    def _phrase(self, token: Token) -> list[Unit]:
        unit = self.unit_at.get(token.i)
        if unit is not None:
            return self._members(token, unit) or [unit]
        if token.i in self.titles:
            return list(self._named_in(token))
        inside: list[Unit] = []
        for child in token.children:
            if child.dep_ in ("poss", "amod", "compound", "nmod", "appos") and child.i in self.unit_at:
                inside.append(self.unit_at[child.i])
            elif not (token.lemma_.lower() in self.groups or token.pos_ in ("PROPN", "PRON", "NUM")):
                continue
            elif child.dep_ == "prep" and child.lower_ in ("of", "from", "between", "for"):
                for obj in child.children:
                    if obj.dep_ == "pobj":
                        inside.extend(self.units(obj))
            elif child.dep_ == "acl" and child.lemma_ in ("lead", "head", "represent", "chair"):
                inside = self.agents(child) or inside
        return inside

    def _members(self, token: Token, unit: Unit) -> list[Unit]:
        """Whose bodies a plural names: "the foreign ministries of X and Y"."""
        if token.tag_ not in ("NNS", "NNPS") or unit.nominal or unit.keys[0] not in self.bodies:
            return []
        return [
            u
            for prep in token.children
            if prep.dep_ == "prep" and prep.lower_ in ("of", "from")
            for obj in prep.children
            if obj.dep_ == "pobj"
            for u in self.units(obj)
        ]

    def _named_in(self, token: Token) -> Iterator[Unit]:
        """The first unit inside the phrase of a title whose holder the parser attached elsewhere."""
        for i in range(token.i, min(token.right_edge.i + 1, token.i + 25)):
            if self.parse[i].pos_ == "VERB":
                return
            if i in self.unit_at:
                yield self.unit_at[i]
                return

    def _listed_before(self, unit: Unit) -> list[Unit]:
        """Units before this one in an enumeration that opens its sentence or clause: "A, B and C signed"."""
        chain: list[Unit] = []
        first = unit
        while True:
            at = first.tokens[0] - 1
            while at >= 0 and self.parse[at].lower_ in _JOINTS:
                at -= 1
            before = self.unit_at.get(at)
            if before is None or at == first.tokens[0] - 1 or not self._alike(before, unit):
                break
            chain.append(before)
            first = before
        if not chain:
            return []
        opens = first.tokens[0] == self.parse[first.tokens[0]].sent.start or self.parse[first.tokens[0] - 1].text == ","
        return chain if opens and self.parse[first.tokens[0] : first.tokens[1]].root.dep_ != "pobj" else []

    def _alike(self, a: Unit, b: Unit) -> bool:
        """Whether two units can stand in one enumeration."""
        return (a.keys[0] in self.people) == (b.keys[0] in self.people) and not (a.nominal and b.nominal)

    def right_person(self, verb: Token) -> list[Unit]:
        """The first person after a verb, up to the next clause, where the parser found no object."""
        for i in range(verb.i + 1, verb.sent.end):
            token = self.parse[i]
            if i in self.unit_at:
                unit = self.unit_at[i]
                if unit.keys[0] in self.people:
                    return [unit, *self._enumerated(unit)]
            elif (
                token.pos_ in ("VERB", "AUX")
                or token.text in (";", ":")
                or token.lower_ in ("that", "who", "which", "where", "when", "by", "from", "on", "for")
            ):
                return []
        return []

    def _enumerated(self, unit: Unit) -> list[Unit]:
        """Units after this one in an enumeration (", X and Y"), also where the parser lost it."""
        chain: list[Unit] = []
        last, joined = unit, False
        while True:
            at = self._past_country(last)
            words = []
            while at < len(self.parse) and self.parse[at].lower_ in _JOINTS:
                words.append(self.parse[at].lower_)
                at += 1
            following = self.starts.get(at)
            if following is None or not words or not self._alike(unit, following):
                break
            verb = verb_of_subject(self.parse, following.tokens)
            if verb is not None and verb > following.tokens[0]:
                break
            root = self.parse[following.tokens[0] : following.tokens[1]].root
            joined = joined or root.dep_ == "conj" or any(w in ("and", "&", "well") for w in words)
            chain.append(following)
            last = following
        return chain if joined else []

    def _past_country(self, unit: Unit) -> int:
        """The token where an enumeration goes on after "X of Spain" or "X (Spain)"."""
        at = unit.tokens[1]
        while at in self.starts and self.starts[at].keys == unit.keys:
            at = self.starts[at].tokens[1]
        if at + 1 < len(self.parse) and self.parse[at].lower_ in ("of", "from", "("):
            country = self.unit_at.get(at + 1 if self.parse[at + 1].lower_ != "the" else at + 2)
            if country is not None and country.keys[0] not in self.people | self.bodies:
                after = country.tokens[1]
                return after + 1 if after < len(self.parse) and self.parse[after].text == ")" else after
        return at

    def agents(self, verb: Token) -> list[Unit]:
        """By-agents of a passive or participle."""
        found = []
        for child in verb.children:
            if child.dep_ in ("agent", "prep") and child.lower_ == "by":
                for obj in child.children:
                    if obj.dep_ == "pobj":
                        found.extend(self.units(obj))
        return found

    def prepositions(self, head: Token) -> Iterator[tuple[str, Token]]:
        """Prepositions below a token with their objects; "together with", "along with" included."""
        for child in head.children:
            if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "PART", "ADV", "VERB"):
                for obj in child.children:
                    if obj.dep_ in ("pobj", "pcomp"):
                        yield child.lower_, obj
                    elif obj.dep_ == "prep":
                        for inner in obj.children:
                            if inner.dep_ == "pobj":
                                yield obj.lower_, inner
            elif child.dep_ == "advmod":
                for inner_prep in child.children:
                    if inner_prep.dep_ == "prep":
                        for obj in inner_prep.children:
                            if obj.dep_ == "pobj":
                                yield inner_prep.lower_, obj

    def subject(self, verb: Token, *, depth: int = 0) -> Token | None:
        """The token that is a verb's logical subject: its own, or that of the verb it hangs on."""
        helpers = [c for aux in verb.children if aux.dep_ == "aux" for c in aux.children]
        for child in (*verb.children, *helpers):
            if child.dep_ in SUBJECTS:
                if child.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
                    return verb.head
                return child
        if verb.i in self.subjects:
            tokens = self.subjects[verb.i][0].tokens
            return self.parse[tokens[0] : tokens[1]].root
        if depth > 4:
            return None
        if verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "aux") and verb.head.pos_ in ("VERB", "AUX"):
            if verb.dep_ == "xcomp":
                for child in verb.head.children:
                    if child.dep_ == "dobj" and child.i < verb.i and verb.head.lemma_ in self.control:
                        return child
            return self.subject(verb.head, depth=depth + 1)
        if verb.dep_ == "pcomp" and verb.head.head.pos_ in ("VERB", "AUX"):
            return self.subject(verb.head.head, depth=depth + 1)
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            if verb.tag_ == "VB" and verb.head.dep_ in ("dobj", "pobj", "attr"):
                above = verb.head.head if verb.head.dep_ != "pobj" else verb.head.head.head
                return self.subject(above, depth=depth + 1) if above.pos_ in ("VERB", "AUX") else None
            return verb.head
        return None

    def is_passive(self, verb: Token) -> bool:
        if verb.tag_ != "VBN":
            return False
        if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
            return True
        if verb.dep_ in ("acl", "advcl"):
            return not any(c.dep_ == "aux" for c in verb.children)
        return verb.dep_ == "conj" and self.is_passive(verb.head) and not any(c.dep_ in SUBJECTS for c in verb.children)

    def verb_slots(self, verb: Token, slots: Slots) -> None:
        """Subject, object and prepositions of a verb."""
        subject = self.subject(verb)
        if self.is_passive(verb):
            if subject is not None:
                slots.add("obj", self.units(subject))
                self._parties(subject, slots)
            slots.add("subj", self.agents(verb))
        elif subject is not None:
            slots.add("subj", self.units(self._speaker(verb, subject)))
        if subject is not None and subject.i in self.titles and subject.i not in self.unit_at:
            repaired = [v for u in self.subjects.get(verb.i, ()) for v in (u, *self._enumerated(u))]
            slots.add("obj" if self.is_passive(verb) else "subj", repaired)
        for child in verb.children:
            if child.dep_ in OBJECTS and child.i > verb.i:
                slots.add("obj", self.units(child))
                self._parties(child, slots)
        for clause in verb.children:
            if clause.dep_ == "xcomp":
                slots.add("clause", [u for c in clause.children if c.dep_ in OBJECTS for u in self.units(c)])
                for head in (clause, *(c for c in clause.children if c.dep_ in OBJECTS)):
                    for word, obj in self.prepositions(head):
                        slots.add("clause", self.units(obj) if word in ("with", "against", "on", "to") else [])
        misread = {*self.dated, *self.titles}
        has_object = any(c.dep_ in OBJECTS and c.i not in misread for c in verb.children)
        if not has_object and not self.is_passive(verb) and not slots.units.get("obj"):
            slots.add("obj", self.right_person(verb))
        self.preposition_slots(verb, slots)

    def _parties(self, noun: Token, slots: Slots) -> None:
        """Whose an object is: "a memorandum between X and Y was signed", "the credentials of X"."""
        for word, obj in self.prepositions(noun):
            if word in ("between", "among", "against", "on", "to", "for", "with"):
                slots.add(word, self.units(obj))
            if word == "to":
                slots.add("obj_to", self.units(obj))
            if word in ("of", "from"):
                slots.add("obj_of", self.units(obj))
            elif word == "in":
                slots.add("obj_in", self.units(obj))

    def _speaker(self, verb: Token, subject: Token) -> Token:
        """Who says "I" or "we" in quoted speech: the subject of the verb of saying, where there is one."""
        if subject.lower_ in ("i", "we") and verb.dep_ == "ccomp":
            return self.subject(verb.head) or subject
        return subject

    def preposition_slots(self, head: Token, slots: Slots) -> None:
        for word, obj in self.prepositions(head):
            if word == "by" and head.pos_ == "VERB" and self.is_passive(head):
                continue
            found = self.units(obj)
            slots.add(word, found)
            if not found:  # "spoke by phone with X": the parser hangs "with" on the phone
                for inner, party in self.prepositions(obj):
                    if inner == "with":
                        slots.add(inner, self.units(party))
