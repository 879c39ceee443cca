"""Match: which lexicon entry a token is a trigger of, by the conditions of triggers.tsv."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spacy.tokens import Token

from pipeline.events.context import Context
from pipeline.events.lexicon import Condition, Entry, entries
from pipeline.events.syntax import OBJECTS


def _modifiers(noun: Token) -> set[str]:
    """Lemmas of a noun's modifiers, compounds and of-complements, two levels deep."""
    found: set[str] = set()
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
                            for prep in obj.children
                            if prep.dep_ == "prep"
                            for inner in prep.children
                            if inner.dep_ == "pobj"
                        )
    return found


def is_verb(token: Token) -> bool:
    """Whether a token is a full verb."""
    return token.pos_ == "VERB" or (token.tag_.startswith("VB") and token.pos_ != "AUX")


def objects_of(context: Context, verb: Token) -> list[Token]:
    """A verb's objects, or the subject of its passive."""
    if context.syntax.is_passive(verb):
        subject = context.syntax.subject(verb)
        return [subject] if subject is not None else []
    return [c for c in verb.children if c.dep_ in OBJECTS]


def _reached(context: Context, token: Token) -> set[str]:
    """Lemmas of a noun phrase's head, of its conjuncts and of what "copy of his credentials" is of."""
    found = {token.lemma_.lower(), token.lower_}
    for part in (
        *token.conjuncts,
        *(c for p in token.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children),
    ):
        found.add(part.lemma_.lower())
    for unit in context.syntax.named_by(token):
        if unit.nominal:
            found.add("@nominal")
        for key in unit.keys:
            kind = context.kind(key)
            found.update(("@unit", f"@{kind}"))
        if any(
            "embassy" in t.lower_ or "consulate" in t.lower_ for t in context.parse[unit.tokens[0] : unit.tokens[1]]
        ):
            found.add("@embassy")
    return found


def _of_object(context: Context, token: Token, carrier: Token | None) -> set[str]:
    return {word for obj in objects_of(context, token) for word in _reached(context, obj)}


def _of_particle(context: Context, token: Token, carrier: Token | None) -> set[str]:
    return {c.lower_ for c in token.children if c.dep_ in ("prt", "prep", "advmod", "dative", "agent")}


def _of_modifier(context: Context, token: Token, carrier: Token | None) -> set[str]:
    return _modifiers(token)


def _of_preposition(context: Context, token: Token, carrier: Token | None) -> set[str]:
    words: set[str] = set()
    for head in (token, carrier) if carrier is not None else (token,):
        for word, obj in context.syntax.prepositions(head):
            words.update((obj.lemma_.lower(), word), (c.lemma_.lower() for c in obj.children))
            if context.syntax.units(obj):
                words.add("@unit")
        words.update(c.lower_ for c in head.children if c.dep_ == "advmod")
    return words


def _of_complement(context: Context, token: Token, carrier: Token | None) -> set[str]:
    words = {word for word, _ in context.syntax.prepositions(token)}
    if any(c.tag_ == "VB" for c in token.children if c.dep_ in ("xcomp", "ccomp", "advcl")):
        words.add("@clause")
    return words


def _of_subtree(context: Context, token: Token, carrier: Token | None) -> set[str]:
    return {t.lower_ for t in token.subtree if t.i > token.i}


def _of_destination(context: Context, token: Token, carrier: Token | None) -> set[str]:
    goals = [o for word, o in context.syntax.prepositions(token) if word in ("to", "in", "into", "for", "at")]
    return {"@place"} if any(context.destinations(context.syntax.units(o)) for o in goals) else set()


def _of_governor(context: Context, token: Token, carrier: Token | None) -> set[str]:
    return {carrier.lemma_.lower()} if carrier is not None else set()


_CONDITIONS: Mapping[str, Callable[[Context, Token, Token | None], set[str]]] = {
    "obj": _of_object,
    "prt": _of_particle,
    "mod": _of_modifier,
    "with": _of_preposition,
    "comp": _of_complement,
    "sub": _of_subtree,
    "dest": _of_destination,
    "gov": _of_governor,
}
"""What each kind of condition in triggers.tsv looks at, as words."""


def _holds(context: Context, token: Token, carrier: Token | None, condition: Condition) -> bool:
    words = _CONDITIONS[condition.kind](context, token, carrier)
    return bool(words & condition.words) != condition.negative


def match(context: Context, token: Token, carrier: Token | None) -> Entry | None:
    """The first lexicon entry that fits a token; `carrier` is the verb of a noun."""
    for key in ((is_verb(token), token.lemma_.lower()), (is_verb(token), token.lower_)):
        for entry in entries().get(key, ()):
            if all(_holds(context, token, carrier, c) for c in entry.conditions):
                return entry
    return None


def carrier_of(context: Context, noun: Token) -> Token | None:
    """The verb that an event noun is subject, object or prepositional object of."""
    token = noun
    for _ in range(3):
        if token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
            token = token.head
        elif token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.pos_ == "NOUN":
            if token.head.head.lemma_.lower() not in context.containers:
                return None
            token = token.head.head
        else:
            break
    if token.dep_ in ("dobj", "nsubj", "nsubjpass", "attr") and token.head.pos_ in ("VERB", "AUX"):
        return token.head
    if (
        token.dep_ == "pobj"
        and token.head.dep_ in ("prep", "agent", "prt")
        and token.head.lower_ in context.prepositions
    ):
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
