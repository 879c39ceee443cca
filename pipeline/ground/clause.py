"""How near a mention stands to an event's trigger in the parse: in its phrase, its clause, or another's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from spacy.tokens import Token

from pipeline.data import table

FAR = 100
"""Distance of what belongs to another event or another sentence."""

_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "csubj", "csubjpass", "parataxis", "pcomp", "xcomp"})
_REPORTED = 8


def clause_distance(mention: Token, head: Token, *, trigger: Collection[int] = (), others: Collection[int] = ()) -> int:
    """Steps of clause between a mention's head and a trigger's head; `FAR` across another event's clause.

    0: under the trigger, no other verb between, or under the verb that carries a nominal trigger.
    More for each coordinated clause, purpose clause or governing clause between them. `trigger` are
    the token numbers of the whole trigger, `others` the head tokens of other triggers: what hangs
    under these is theirs.
    """
    if mention.sent.start != head.sent.start:
        return FAR
    above = [head, *head.ancestors]
    places = {token.i: n for n, token in enumerate(above)}
    below = []
    node = mention
    while node.i not in places and node.i not in trigger:
        below.append(node)
        if node.head.i == node.i:
            return FAR
        node = node.head
    if not below:  # "January 2023, when he attended"
        return 0
    between = above[: places.get(node.i, 0)]
    return _down(below, head, others) + _up(between, node)


def _down(below: Sequence[Token], head: Token, others: Collection[int]) -> int:
    """Cost of the way from the common node down to the mention."""
    cost = 0
    for node in reversed(below):
        if node.i in others and node.pos_ not in ("VERB", "AUX"):
            cost += 4
        if node.dep_ in ("prep", "nummod", "compound", "nmod", "poss") and _of_noun(node, head):
            cost += 6
        if node.pos_ not in ("VERB", "AUX"):
            continue
        if node.dep_ == "conj":
            cost += 3
        elif node.dep_ in ("acl", "relcl") and node.head.i == head.i and _carries(node):
            cost += 0
        elif node.dep_ == "xcomp" and node.head.lemma_ in _words()["support"]:
            cost += 1
        elif node.dep_ in ("acl", "advcl") and node.tag_ in ("VBG", "VBN") and node.i < head.i:
            cost += 5
        elif node.dep_ == "advcl" and node.tag_ == "VBG" and not _has_comma(head, node):
            cost += 3  # a noun in -ing that the parser took for a verb: "will host a leaders meeting in"
        else:
            return FAR
    return cost


def _has_comma(left: Token, right: Token) -> bool:
    return any(token.is_punct for token in left.doc[left.i : right.i])


def _of_noun(node: Token, head: Token) -> bool:
    """Whether a phrase defines a common noun other than the trigger ("the tsunami of 2022", "its March launch")."""
    noun = node.head
    return noun.pos_ == "NOUN" and noun.i != head.i and (node.dep_ != "prep" or node.lower_ == "of")


def _carries(node: Token) -> bool:
    """Whether a clause on a nominal trigger is about the trigger itself ("the visit, which began on")."""
    if node.lemma_.lower() in _words()["support"]:
        return True
    subject = next((child for child in node.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    relative = any(child.lower_ in ("which", "that") and child.dep_ != "mark" for child in node.children)
    return relative or subject is None


def _up(between: Sequence[Token], meeting: Token) -> int:
    """Cost of the way from the trigger up to the common node."""
    cost = 0
    verbal = False
    for node in between:
        verbal = verbal or node.pos_ in ("VERB", "AUX")
        if not verbal and node.head.lemma_.lower() in _words()["reacting"]:
            return FAR
        if node.dep_ == "advcl" and any(child.lower_ in _words()["sequence"] for child in node.children):
            return FAR
        cost += _step(node)
    if between and cost < _REPORTED and meeting.pos_ == "VERB" and meeting.lemma_.lower() in _words()["reporting"]:
        cost += 4
    return cost


def _step(node: Token) -> int:
    """Cost of leaving the clause that `node` heads; none when it heads no clause."""
    if node.pos_ in ("VERB", "AUX"):
        if node.dep_ == "conj":
            return 1
        if node.dep_ == "ccomp" and node.head.lemma_.lower() in _words()["reporting"]:
            return _REPORTED
    if node.dep_ == "relcl" or (node.dep_ == "acl" and node.tag_ == "VBN"):
        return 6
    return 2 if node.dep_ in _CLAUSES and node.pos_ in ("VERB", "AUX") else 0


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("clauses").items()}
