"""Event status from tense, modality, negation and cue words."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.data import table
from pipeline.document import Status


@dataclass(frozen=True, slots=True)
class _Cues:
    planned_aux: frozenset[str]
    hypothetical_aux: frozenset[str]
    planned_verbs: frozenset[str]
    scheduling_verbs: frozenset[str]
    motion_verbs: frozenset[str]
    underway: frozenset[str]
    hypothetical_verbs: frozenset[str]
    negating_verbs: frozenset[str]
    cancelling_alone: frozenset[str]
    cancelling_with_off: frozenset[str]
    cancelling_objects: frozenset[str]
    postponing_verbs: frozenset[str]
    planned_modifiers: frozenset[str]
    hypothetical_modifiers: frozenset[str]
    cancelled_modifiers: frozenset[str]
    negated_modifiers: frozenset[str]
    ongoing_modifiers: frozenset[str]
    ahead: frozenset[str]
    conditional_marks: frozenset[str]
    saying_verbs: frozenset[str]


@functools.cache
def _cues() -> _Cues:
    return _Cues(**{key: frozenset(words) for key, words in table("detect")["status"].items()})


def _lower(token: Token) -> set[str]:
    return {child.lower_ for child in token.children}


def _governor(verb: Token) -> Token | None:
    """The verb or adjective that an infinitive or clause depends on."""
    if verb.dep_ in ("xcomp", "ccomp", "pcomp", "acl", "relcl", "advcl", "oprd") and verb.head is not verb:
        return verb.head.head if verb.head.dep_ == "prep" else verb.head
    return None


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def verb_status(verb: Token, *, depth: int = 0) -> Status:
    """Status of what a verb reports."""
    cues = _cues()
    words = _lower(verb)
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if any(c.dep_ == "neg" for c in verb.children):
        return "negated"
    if any(c.dep_ == "mark" and c.lower_ in cues.conditional_marks for c in verb.children):
        return "hypothetical"
    if auxiliaries & cues.planned_aux:
        return "planned"
    if "would" in auxiliaries:
        governor = _governor(verb)
        said = governor is not None and governor.lemma_ in cues.saying_verbs
        return "planned" if said else "hypothetical"
    if auxiliaries & cues.hypothetical_aux:
        return "hypothetical"
    joined = verb.dep_ == "conj" and not auxiliaries - {"to"} and verb.head.pos_ in ("VERB", "AUX") and depth < 4
    if joined and (verb.tag_ == verb.head.tag_ or verb.tag_ in ("VB", "VBG")):
        return verb_status(verb.head, depth=depth + 1)
    governor = _governor(verb)
    if _is_infinitive(verb):
        if governor is None:
            return "planned"
        return _infinitive_status(verb, governor, depth)
    if verb.tag_ == "VB" and not auxiliaries and governor is None and "to" in words:
        return "planned"
    if verb.tag_ == "VBG" and auxiliaries & {"is", "are", "'s", "'re", "am"}:
        return "ongoing"
    if verb.tag_ == "VBG" and governor is not None and not auxiliaries and depth < 4:
        lemma = governor.lemma_.lower()
        if lemma in cues.negating_verbs:
            return "negated"
        if lemma in cues.hypothetical_verbs or governor.pos_ in ("NOUN", "ADJ"):
            return "hypothetical"
        return verb_status(governor, depth=depth + 1) if governor.pos_ in ("VERB", "AUX") else "occurred"
    return "occurred"


def _infinitive_status(verb: Token, governor: Token, depth: int) -> Status:
    cues = _cues()
    lemma = governor.lemma_.lower()
    above = verb_status(governor, depth=depth + 1) if governor.pos_ in ("VERB", "AUX") and depth < 4 else "occurred"
    if lemma in cues.negating_verbs:
        return "negated"
    if lemma in cues.motion_verbs and above in ("occurred", "ongoing"):
        return "planned"
    if lemma in cues.planned_verbs or lemma in ("be", "go"):
        return "planned" if above in ("occurred", "ongoing", "planned") else above
    if lemma in cues.hypothetical_verbs or governor.pos_ in ("NOUN", "ADJ"):
        return "hypothetical"
    return above


def noun_status(noun: Token, carrier: Token | None) -> Status:
    """Status of what an event noun names; `carrier` is the verb it is the subject or object of."""
    cues = _cues()
    words = {
        w
        for c in noun.children
        if c.dep_ in ("amod", "det", "compound", "nmod", "neg")
        for w in (c.lower_, c.lemma_.lower())
    }
    if words & cues.cancelled_modifiers:
        return "cancelled"
    verb = noun.head if noun.dep_ in ("dobj", "nsubj", "nsubjpass") else carrier
    if verb is not None and verb.pos_ in ("VERB", "AUX"):
        lemma = verb.lemma_.lower()
        off = "off" in _lower(verb)
        if lemma in cues.cancelling_alone or (off and lemma in cues.cancelling_with_off):
            return "cancelled"
        if lemma in cues.cancelling_objects and noun.dep_ == "dobj":
            return "cancelled"
        if lemma in cues.postponing_verbs and (off or lemma not in ("put", "push")):
            return "planned"
    if words & cues.negated_modifiers:
        return "negated"
    if words & cues.planned_modifiers:
        return "planned"
    if words & cues.hypothetical_modifiers:
        return "hypothetical"
    if any(c.dep_ == "acl" and c.lemma_ in cues.scheduling_verbs for c in noun.children):
        return "planned"
    if words & cues.ongoing_modifiers:
        return "ongoing"
    if noun.dep_ == "pobj" and {noun.head.lower_, noun.head.head.lower_} & cues.ahead:
        return "planned"
    if carrier is not None and carrier.lemma_ == "be" and _lower(carrier) & cues.underway:
        return "ongoing"
    if carrier is not None:
        return _carried_status(carrier)
    return "occurred"


def _carried_status(carrier: Token) -> Status:
    """A verb of planning or proposing gives its status to its noun; others their own."""
    cues = _cues()
    lemma = carrier.lemma_.lower()
    own = verb_status(carrier)
    if own != "occurred":
        return own
    if lemma in cues.scheduling_verbs:
        return "planned"
    if lemma in cues.negating_verbs:
        return "negated"
    if lemma in cues.hypothetical_verbs and lemma not in ("call", "support", "welcome", "discuss", "offer", "express"):
        return "hypothetical"
    return own
