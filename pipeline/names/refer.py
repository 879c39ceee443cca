"""Refer: whom pronouns, role nouns and "the two sides" stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from spacy.tokens import Doc, Token

from pipeline.data import table
from pipeline.document import Document, Entity, Mention, Unit
from pipeline.grammar import verb_of_subject
from pipeline.names.fold import fold
from pipeline.names.read import antecedents

REACH = 6
"""How many sentences back a phrase can refer to."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """An earlier phrase in the text: its entities, its sentence, and whether it was a subject."""

    keys: tuple[str, ...]
    start: int
    sentence: int
    subject: bool


class _Discourse:
    """What has been named so far in one document, in order."""

    def __init__(self, document: Document, parse: Doc) -> None:
        self.parse = parse
        self.subjects = _subjects(document, parse)
        self.entities = {e.key: e for e in document.entities}
        self.titles: dict[str, set[str]] = {}
        for relation in document.relations:
            if relation.type == "holds_position" and relation.title:
                self.titles.setdefault(relation.subject, set()).update(fold(relation.title).split())
        self.seen: list[_Seen] = []

    def barred(self, token: int) -> tuple[str, ...]:
        """The subject of the clause that the pronoun `token` is an object in: it would be "himself"."""
        pronoun = self.parse[token]
        head = pronoun.head
        if pronoun.dep_ == "pobj":
            head = head.head
        if pronoun.dep_ not in ("dobj", "pobj", "dative") and not (
            pronoun.dep_ == "poss" and head.dep_ == "pobj" and self._of_object(head)
        ):
            return ()
        if pronoun.dep_ == "poss":
            head = head.head.head
        unit = self.subjects.get(head.i)
        return unit.keys if unit is not None else ()

    def _of_object(self, noun: Token) -> bool:
        """Whether a noun is what somebody else is greeted for: "congratulated him on his election"."""
        verb = noun.head.head
        return verb.lemma_ in table("reference")["object_verbs"]

    def _is(self, key: str, kind: str) -> bool:
        entity = self.entities.get(key)
        return entity is not None and entity.kind == kind

    def recent(self, sentence: int, kind: str) -> Iterator[str]:
        """Entities of a kind, the likeliest referent first: subjects of this and the sentences
        before, nearest sentence first, then whatever else they name, nearest first."""
        for back in range(REACH + 1):
            inside = [s for s in self.seen if s.sentence == sentence - back]
            ordered = [s for s in inside if s.subject] + [s for s in reversed(inside) if not s.subject]
            for s in ordered:
                for key in s.keys:
                    if self._is(key, kind):
                        yield key

    def group(self, sentence: int, kind: str, size: int | None, wanted: str | None) -> tuple[str, ...]:
        """The latest people (or states) that the text puts together, at least two."""
        found: list[str] = []
        for back in range(REACH + 1):
            inside = [s for s in self.seen if s.sentence == sentence - back]
            for s in inside:
                for key in s.keys:
                    fits = self._is(key, kind) and (wanted is None or wanted in self.titles.get(key, ()))
                    if fits and key not in found:
                        found.append(key)
            if len(found) >= (size or 2):
                break
        if len(found) < 2:
            return ()
        return tuple(found[:size] if size else found)


def _singular(head: str, mention: Mention, discourse: _Discourse, sentence: int) -> tuple[str, ...]:
    """One person, state or organisation that a singular phrase stands for."""
    words = table("reference")
    if mention.code is not None and head in (*words["state_heads"], *words["country_heads"]):
        return (mention.code,)
    if head in words["organisation_heads"]:
        for key in discourse.recent(sentence, "organization"):
            if head in fold(discourse.entities[key].name).split():
                return (key,)
        return ()
    people = list(discourse.recent(sentence, "person"))
    if mention.code is not None:
        own = [key for key in people if discourse.entities[key].country == mention.code]
        return (own[0],) if own else (mention.code,)
    if head in words["singular_pronouns"]:
        barred = discourse.barred(mention.tokens[0])
        return tuple([key for key in people if key not in barred][:1])
    if head in words["counterpart_heads"]:
        others = [key for key in people if key != people[0]]
        return tuple(others[:1])
    asked = set(fold(mention.text).split())
    holders = [key for key in people if head in discourse.titles.get(key, ())]
    best = max(holders, key=lambda key: len(asked & discourse.titles[key]), default=None)
    if best is not None:
        return (best,)
    return tuple(people[:1]) if head in words["generic_heads"] else ()


def _plural(head: str, mention: Mention, discourse: _Discourse, sentence: int) -> tuple[str, ...]:
    """The people or states that a plural phrase stands for."""
    words = table("reference")
    if mention.code is not None:
        return (mention.code,)
    size = next((n for word, n in words["number_words"].items() if word in fold(mention.text).split()), None)
    if head in words["country_heads"] or head == "government":
        return discourse.group(sentence, "country", size or 2, None)
    by_title = discourse.group(sentence, "person", size, head) if head not in words["generic_heads"] else ()
    return (
        by_title
        or discourse.group(sentence, "person", size, None)
        or discourse.group(sentence, "country", size or 2, None)
    )


def _subjects(document: Document, parse: Doc) -> dict[int, Unit]:
    """The people that are the grammatical subject of a verb, by the verb's token number."""
    people = {e.key for e in document.entities if e.kind == "person"}
    found: dict[int, Unit] = {}
    for unit in document.units:
        verb = verb_of_subject(parse, unit.tokens)
        if unit.keys[0] in people and verb is not None:
            found.setdefault(verb, unit)
    return found


def _subject_ahead(pronoun: Token, subjects: dict[int, Unit]) -> Unit | None:
    """Whom a pronoun before the main clause points forward to: "During his visit, the minister met …"."""
    for above in pronoun.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            unit = subjects.get(above.i)
            phrase = next((c for c in above.children if c.left_edge.i <= pronoun.i <= c.right_edge.i), None)
            if (
                unit is not None
                and pronoun.i < unit.tokens[0]
                and phrase is not None
                and phrase.dep_ in ("prep", "advcl")
            ):
                return unit
            return None
    return None


def refer(document: Document) -> Document:
    """The document with a unit for each phrase whose referent is found, and entities that know them."""
    parse = document.parse
    if parse is None:
        return document
    words = table("reference")
    sentence_of = {token.i: n for n, sentence in enumerate(parse.sents) for token in sentence}
    discourse = _Discourse(document, parse)
    read = antecedents(document, document.reading) if document.reading is not None else {}
    subjects = discourse.subjects
    nominals = [(m.tokens, i) for i, m in enumerate(document.mentions) if m.label == "nominal"]
    named = [(u.tokens, u) for u in document.units]
    covered = {i for u in document.units for i in range(*u.tokens)}
    units: list[Unit] = []
    referring: dict[str, list[int]] = {}
    inner = [(document.mentions[i].tokens, key) for key, i in _inner(document)]
    pending: list[tuple[tuple[int, int], Unit | int | str]] = sorted(
        [*nominals, *named, *inner], key=lambda item: item[0]
    )
    for tokens, item in pending:
        sentence = sentence_of[tokens[0]]
        if isinstance(item, str):
            discourse.seen.append(_Seen((item,), tokens[0], sentence, subject=False))
            continue
        if isinstance(item, Unit):
            unit = item
        else:
            mention = document.mentions[item]
            head = (mention.name or mention.text).lower()
            if any(i in covered for i in range(*tokens)) and mention.code is None:
                continue
            root = parse[tokens[0] : tokens[1]].root
            ahead = _subject_ahead(root, subjects) if head in words["singular_pronouns"] and item not in read else None
            if ahead is not None:
                units.append(Unit(tokens, ahead.keys, nominal=True))
                referring.setdefault(ahead.keys[0], []).append(item)
                continue
            plural = (
                head in words["plural_pronouns"]
                or root.tag_ in ("NNS", "NNPS")
                or mention.text.lower().startswith(("both", "the two"))
            )
            keys = read.get(item) or (_plural if plural else _singular)(head, mention, discourse, sentence)
            if not keys:
                continue
            unit = Unit(tokens, keys, nominal=True)
            for key in keys:
                referring.setdefault(key, []).append(item)
        verb = verb_of_subject(parse, unit.tokens)
        if verb is not None:
            discourse.subjects.setdefault(verb, unit)
        discourse.seen.append(_Seen(unit.keys, unit.tokens[0], sentence, verb is not None))
        units.append(unit)
    inside = {i for u in units if u.nominal for i in range(*u.tokens)}
    kept = tuple(u for u in units if u.nominal or not any(i in inside for i in range(*u.tokens)))
    return replace(document, units=kept, entities=_with_references(document.entities, referring))


def _inner(document: Document) -> Iterator[tuple[str, int]]:
    """Organisations named inside a longer phrase ("co-chair of the commission"): key, mention index."""
    own = {u.tokens for u in document.units}
    for entity in document.entities:
        if entity.kind == "organization":
            yield from ((entity.key, i) for i in entity.mentions if document.mentions[i].tokens not in own)


def _with_references(entities: Sequence[Entity], referring: dict[str, list[int]]) -> tuple[Entity, ...]:
    return tuple(
        replace(e, referring=tuple(sorted({*e.referring, *referring[e.key]}))) if e.key in referring else e
        for e in entities
    )


@dataclass(frozen=True, slots=True)
class Refer:
    """Adds a unit for every nominal mention whose referent is found."""

    name: ClassVar[str] = "refer"
    reads: ClassVar[frozenset[str]] = frozenset({"parse", "mentions", "entities", "relations", "units"})
    writes: ClassVar[frozenset[str]] = frozenset({"units"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [refer(document) for document in documents]
