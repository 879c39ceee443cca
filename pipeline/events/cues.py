"""Facts about a trigger's surroundings that bear on whether it reports an event."""

from __future__ import annotations

import functools

from spacy.tokens import Token

from pipeline.data import table
from pipeline.document import Document

_PREPOSITIONS = frozenset({"with", "on", "to", "in", "for", "by", "at", "from", "over", "off", "down"})


@functools.cache
def _attitudes() -> frozenset[str]:
    return frozenset(table("detect")["attitude"]["lemmas"])


@functools.cache
def _vague() -> frozenset[str]:
    return frozenset(table("detect")["vague"]["lemmas"])


def _headline_end(document: Document) -> int:
    if document.view is None:
        return 0
    return max((p.end for p in document.view.paragraphs if p.headline), default=0)


def _quoted(document: Document, token: Token) -> bool:
    text = token.doc.text if document.view is None else document.view.text
    before = text[max(0, token.idx - 1500) : token.idx]
    return before[before.rfind("\n") + 1 :].count('"') % 2 == 1


def cues_of(document: Document, token: Token, carrier: Token | None, *, verb: bool) -> frozenset[str]:
    """The cues of one trigger: its form, its clause, and what stands above it in the sentence."""
    found = {"verb" if verb else "noun"}
    clause = token if verb else carrier
    if verb:
        found.update(
            f"has {c.dep_}" for c in token.children if c.dep_ in ("xcomp", "ccomp", "dobj", "nsubj", "nsubjpass")
        )
        if any(c.dep_ in ("xcomp", "ccomp") and c.lemma_ in _vague() for c in token.children):
            found.add("vague")
        found.update(
            f"with {c.lower_}" for c in token.children if c.dep_ in ("prep", "prt") and c.lower_ in _PREPOSITIONS
        )
    if not verb:
        found.add("plural" if token.tag_ in ("NNS", "NNPS") else "singular")
        determiners = {c.lower_ for c in token.children if c.dep_ == "det"}
        if determiners & {"a", "an", "another"}:
            found.add("indefinite")
        elif determiners:
            found.add("definite")
        elif any(c.dep_ == "poss" for c in token.children):
            found.add("possessive")
        else:
            found.add("bare")
        found.add(f"as:{token.dep_}" if token.dep_ != "pobj" else f"after:{token.head.lower_}")
        if carrier is not None:
            found.add("carried")
    if clause is not None:
        found.add(f"tag:{clause.tag_}")
        if any(c.dep_ == "aux" and c.lower_ in ("had", "'d") for c in clause.children):
            found.add("past perfect")
        found.add("main" if clause.dep_ == "ROOT" else f"clause:{clause.dep_}")
    attitudes = _attitudes()
    for depth, above in enumerate(token.ancestors):
        if above.lemma_.lower() in attitudes:
            found.add("attitude")
        if depth > 6:
            break
    if token.idx < _headline_end(document):
        found.add("headline")
    if _quoted(document, token):
        found.add("quoted")
    if any(
        c.dep_ in ("amod", "compound") and c.ent_type_ == "" and c.lower_ in ("last", "previous", "earlier", "first")
        for c in token.children
    ):
        found.add("ordinal")
    return frozenset(found)
