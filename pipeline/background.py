"""Background: dates and places that a text names without anything in its news taking place then or there."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from pipeline.data import table


def is_background(date: Token, start: int, *, head: int | None = None) -> bool:
    """Whether a date is that of an origin or a bound of the past, not of the news.

    `date` is the root of the date expression, `start` its first token: "back in August 2018", "since
    taking office in May", "the establishment of relations on 29 March 1995", "their 30th anniversary on".
    With `head`, the head token of a trigger: not for a date of the trigger's own clause or phrase.
    """
    words = _words()
    before = [token.lower_ for token in date.doc[max(start - 2, date.sent.start) : start]]
    if not words["backward"].isdisjoint(before):
        return True
    node, held = date, False
    while node.head.i != node.i:
        child, node = node, node.head
        if node.i == head:
            return False
        if node.lower_ in words["beginning"] and child.i != date.i:
            return True
        if node.pos_ in ("NOUN", "VERB", "PROPN", "AUX") and not held:
            held = node.lemma_.lower() not in words["support"]
            if node.lemma_.lower() in words["origin"]:
                return True
        if any(c.dep_ == "mark" and c.lower_ in words["beginning"] for c in node.children):
            return True
    return False


def is_topic(holder: Token) -> bool:
    """Whether a noun is what somebody speaks of: "the situation in", "views on the fighting in"."""
    words = _words()
    if holder.lemma_.lower() in words["topic"]:
        return True
    if holder.dep_ != "pobj":
        return False
    spoken = holder.head.head.lemma_.lower() in words["speaking"]
    return holder.head.lower_ in words["about"] or (holder.head.lower_ == "on" and spoken)


def is_occasion(holder: Token) -> bool:
    """Whether a noun is the occasion of something: "at a ceremony in", "on the sidelines of a forum in"."""
    return holder.dep_ == "pobj" and holder.head.lower_ in _words()["occasion"]


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("clauses").items()}
