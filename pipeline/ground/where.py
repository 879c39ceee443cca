"""The place of an event: what its own clause says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from pipeline.background import is_occasion, is_topic
from pipeline.data import bodies, table
from pipeline.document import Document, Mention, Place
from pipeline.ground.clause import FAR, clause_distance
from pipeline.ground.places import locate

_REACH = 8
_NAMES = ("city", "country", "facility")


def event_place(document: Document, head: int, tokens: tuple[int, int]) -> Place:
    """The city, country and facility that the clause of a trigger names by "in", "at", "to" and the like.

    `head` is the trigger's head token, `tokens` its half-open token range. Also taken: the object of
    a verb of visiting and a name in front of a nominal trigger ("the Nairobi talks"). Coordinates come
    from the gazetteer. A `Place` of nothing when the clause names none.
    """
    parse = document.parse
    if parse is None:
        return Place()
    trigger = parse[head]
    sentence = trigger.sent
    others = {mention.head for mention in document.event_mentions} - {head}
    candidates = [
        (index, kind, mention.tokens)
        for index, mention in enumerate(document.mentions)
        if sentence.start <= mention.tokens[0] < sentence.end and (kind := _kind(mention)) in _NAMES
    ]
    if not candidates:
        return Place()
    named = _labels(document, sentence.start, sentence.end)
    best: dict[str, tuple[tuple[int, int], int]] = {}
    for index, kind, (start, end) in candidates:
        root = parse[start:end].root
        cost = _setting(root, kind, trigger, range(*tokens), named)
        if cost >= _REACH:
            continue
        cost += clause_distance(root, trigger, trigger=range(*tokens), others=others)
        rank = (cost, abs(start - head))
        if rank[0] < _REACH and rank < best.get(kind, ((FAR, FAR), 0))[0]:
            best[kind] = (rank, index)
    return _place(document, best)


def _place(document: Document, best: dict[str, tuple[tuple[int, int], int]]) -> Place:
    """One place of the nearest city, country and facility; a city outside the nearer country is left out."""
    named = {label: document.mentions[index] for label, (_, index) in best.items()}
    city, country = named.get("city"), named.get("country")
    if city is not None and country is not None and city.code not in (None, country.code):
        if best["city"][0] <= best["country"][0]:
            country = None
        else:
            city = None
    facility = named.get("facility")
    code = next((name.code for name in (country, city, facility) if name is not None), None)
    place = locate(_name(city) if city is not None else None, code)
    kept = {"city": city, "facility": facility, "country": country}
    return replace(
        place,
        facility=facility.text if facility is not None else None,
        mention=next((best[label][1] for label, mention in kept.items() if mention is not None), None),
    )


def _kind(mention: Mention) -> str:
    """The label of a mention; a body of a state is where it sits ("at the White House")."""
    return "facility" if mention.label == "organization" and mention.name in _bodies() else mention.label


@cache
def _bodies() -> frozenset[str]:
    return frozenset(body.name for body in bodies() if body.country is not None)


def _name(city: Mention) -> str:
    return city.name or city.text


def _setting(name: Token, label: str, trigger: Token, tokens: range, named: Mapping[int, str]) -> int:
    """Cost of taking a place name for the setting of an event by the phrase it stands in; `FAR` if it is none."""
    if any(named.get(other.i) in ("city", "country") for other in name.conjuncts):
        return FAR  # a tour: which of them, the sentence does not say
    words = table("clauses")
    node = name
    while node.dep_ in ("appos", "conj", "compound", "nmod") and node.head.pos_ in ("PROPN", "NOUN"):
        if node.dep_ in ("compound", "nmod") and (node.head.i == trigger.i or node.head.i in tokens):
            visit = any(trigger.doc[i].lemma_.lower() in words["motion"] for i in tokens)
            return 1 if trigger.pos_ in ("NOUN", "PROPN") and (label == "city" or visit) else FAR
        node = node.head
    verb = node.head
    if node.dep_ in ("dobj", "obj"):
        return 0 if verb.lemma_.lower() in words["visiting"] else FAR
    if node.dep_ == "nsubj" and verb.i == trigger.i:
        return 0 if verb.lemma_.lower() in words["hosting"] else FAR
    return _phrase(node.head, trigger, tokens, named) if node.dep_ == "pobj" else FAR


def _phrase(preposition: Token, trigger: Token, tokens: range, named: Mapping[int, str]) -> int:
    """Cost of a place's prepositional phrase: who or what it hangs on decides."""
    words = table("clauses")
    while preposition.dep_ == "prep" and preposition.head.dep_ == "prep":
        preposition = preposition.head
    holder = preposition.head
    if preposition.lower_ in words["whereto"]:
        return 0 if holder.lemma_.lower() in words["motion"] else FAR
    if preposition.lower_ not in words["where"]:
        return FAR
    if holder.i == trigger.i or holder.i in tokens or holder.pos_ in ("VERB", "AUX"):
        return 0
    kind = named.get(holder.i)
    if kind in ("title", "organization", "document"):
        return FAR
    if kind in ("person", "nominal"):
        return 2
    if is_topic(holder):
        return FAR
    if kind == "event" or is_occasion(holder):
        return 1
    object_of_trigger = holder.dep_ == "dobj" and (holder.head.i == trigger.i or holder.head.i in tokens)
    if object_of_trigger and holder.head.lemma_.lower() not in words["reacting"]:
        return 3  # "signed the treaty in Vienna", which parsers hang on the treaty
    carried = holder.dep_ in ("dobj", "nsubjpass", "attr") and holder.head.lemma_.lower() in words["support"]
    return 1 if carried or kind is not None else FAR


def _labels(document: Document, start: int, end: int) -> dict[int, str]:
    """The label of the mention that each token of a sentence is in."""
    return {
        token: mention.label
        for mention in document.mentions
        if start <= mention.tokens[0] < end
        for token in range(*mention.tokens)
    }
