"""The time, relative to the writer, of the clause a word stands in."""

from __future__ import annotations

from functools import cache
from typing import Literal

from spacy.tokens import Token

from pipeline.data import table

Tense = Literal["past", "present", "future"]


def clause_tense(token: Token) -> Tense | None:
    """Past, present or future of the clause that governs `token`; None when nothing shows it.

    Planning words ("scheduled for Friday", "due on", "until Friday") count as future whatever the
    form of the verb.
    """
    words = _words()
    node = token
    while True:
        if node.pos_ in ("VERB", "AUX"):
            found = _verb_tense(node)
            if found is not None:
                return found
        elif node.dep_ in ("prep", "mark", "agent") and node.lower_ in words["ahead"]:
            return "future"
        elif node.dep_ in ("prep", "mark") and node.lower_ in words["behind"]:
            return "past"
        elif node.lemma_.lower() in words["planning"]:
            return "future"
        if node.head.i == node.i:
            return None
        node = node.head


def _verb_tense(verb: Token) -> Tense | None:
    """Tense of a verb from its own form and auxiliaries; None when its governor decides."""
    words = _words()
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(helper.lower_ in words["modals"] for helper in helpers):
        return "future"
    if any(helper.lower_ == "to" for helper in helpers):
        governor = verb.head
        ahead = governor.lemma_ == "be" or governor.lemma_.lower() in words["commitments"]
        return "future" if verb.dep_ in ("acl", "relcl", "ROOT") or (verb.dep_ != "advcl" and ahead) else None
    perfect = any(helper.lemma_ == "have" for helper in helpers)
    finite = next((helper.tag_ for helper in helpers if helper.tag_ in ("VBD", "VBZ", "VBP")), verb.tag_)
    if verb.lemma_.lower() in words["planning"] and not perfect and finite != "VBD":
        return "future"
    if perfect or finite in ("VBD", "VBN") or verb.tag_ == "VBN":
        return "past"
    return "present" if finite in ("VBZ", "VBP", "MD") else None


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("dates")["tense"].items()}
