"""Titles of office swapped for others of their kind."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping

from pipeline.gold.model import GoldArticle, GoldMention, GoldRelation
from pipeline.recognise.title_grammar import grammar
from pipeline.train.augment_edits import Edit, apply, indefinite

KINDS: tuple[frozenset[str], ...] = (
    frozenset({"minister", "secretary", "undersecretary"}),
    frozenset({"president", "premier", "chancellor", "prime minister"}),
    frozenset({"director", "chairman", "chairperson", "chair", "chief", "head", "manager", "president", "secretary"}),
    frozenset({"spokesperson"}),
    frozenset({"adviser", "advisor", "envoy", "representative", "coordinator", "negotiator"}),
    frozenset({"speaker"}),
    frozenset({"analyst", "professor", "lecturer", "economist", "fellow", "researcher"}),
)
"""Heads of titles that may stand for each other; a title with any other head stays."""
NEVER = re.compile(
    r"\b(?:ambassadors?|high commissioner|king|queen|emir|amir|sultan|crown|prince(?:ss)?|pope|lady|\w*m[ae]n)\b", re.I
)
LEADERS = 1
LEADER = re.compile(r"(?:federal |state )?(?:president|premier|chancellor|prime minister)(?: of the republic)?", re.I)
LEADING = re.compile(r"heads? of (?:the |our )?(?:state|government)|presiden(?:tial|cy)|first lady", re.I)
"""Words that mean a leader or what is a leader's without the title."""
SMALL_WORDS = frozenset("of for the and to at on in general elect".split())
PLAIN = re.compile(r"[A-Za-z][a-z]+(?:[ -](?:[A-Za-z][a-z]+|and|of|for|the|,))*")

Held = Mapping[tuple[bool, int], tuple[str, ...]]
"""Titles by whether a state's office has them, and their kind."""


def held_titles(articles: Iterable[GoldArticle]) -> dict[tuple[bool, int], tuple[str, ...]]:
    """The titles of all offices, as the texts write them with capitals, sorted and each once."""
    found: dict[tuple[bool, int], set[str]] = {}
    for article in articles:
        for relation in article.relations:
            title = relation.title
            if title is None or relation.object is None or not PLAIN.fullmatch(title) or not title[0].isupper():
                continue
            if NEVER.search(title) is None and _is_general(title) and (kind := _kind(title)) is not None:
                found.setdefault((_of_state(article, relation), kind), set()).add(title)
    return {kind: tuple(sorted(titles)) for kind, titles in sorted(found.items())}


def _of_state(article: GoldArticle, relation: GoldRelation) -> bool:
    return relation.object is not None and article.entity(relation.object) is None and len(relation.object) == 3


def _heads(title: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", title.lower())
    return [grammar().heads[word] for word in words if word in grammar().heads]


def _kind(title: str) -> int | None:
    """The kind of a title: the number of the group of its head; None when it has none."""
    if LEADER.fullmatch(title):
        return LEADERS
    first = re.split(r" (?:of|for|to|at|on|in|and)\b|,", title, maxsplit=1)[0]
    heads = _heads(first)
    if not heads or heads[-1] in KINDS[LEADERS]:
        return None
    return next((number for number, group in enumerate(KINDS) if heads[-1] in group), None)


def _is_general(title: str) -> bool:
    """Whether a title has nothing in it that belongs to one country or body."""
    rules = grammar()
    known = rules.modifiers | rules.portfolios | rules.heads.keys() | SMALL_WORDS
    return all(word in known for word in re.findall(r"[^\W\d_]+", title.lower()))


def swap_titles(article: GoldArticle, held: Held, rng: random.Random, *, share: float) -> GoldArticle:
    """The article with other titles for a `share` of the offices that are called the same wherever they are named."""
    edits: list[Edit] = []
    relations = list(article.relations)
    leading = LEADING.search(article.text) is not None
    for number, relation in enumerate(relations):
        if relation.type != "holds_position" or relation.title is None or rng.random() >= share:
            continue
        new = _other(article, relation, held, rng, leading=leading)
        if new is not None:
            edits += [Edit(m.start, m.end, _cased(new, m.text)) for m in _mentions(article, relation)]
            relations[number] = relation.model_copy(update={"title": _cased(new, relation.title)})
    return apply(article, indefinite(article.text, edits), {"relations": relations})


def _mentions(article: GoldArticle, relation: GoldRelation) -> list[GoldMention]:
    """Where the title stands as a mention of its holder's."""
    title = (relation.title or "").casefold()
    return [
        m
        for m in article.mentions
        if m.label == "TITLE" and m.entities == [relation.subject] and m.text.casefold() == title
    ]


def _other(
    article: GoldArticle, relation: GoldRelation, held: Held, rng: random.Random, *, leading: bool
) -> str | None:
    """A title for the office; None when the text names the office in a way that another title would make untrue."""
    title = relation.title or ""
    same = [r for r in article.relations if r.title is not None and r.title.casefold() == title.casefold()]
    if NEVER.search(title) or not PLAIN.fullmatch(title) or len(same) > 1 or not _mentions(article, relation):
        return None
    kind = _kind(title)
    if kind is None or (leading and kind == LEADERS):
        return None
    if any(m.label == "TITLE" and relation.subject in m.entities and len(m.entities) > 1 for m in article.mentions):
        return None
    others = [new for new in held.get((_of_state(article, relation), kind), ()) if _fits(article, relation, new)]
    return rng.choice(others) if others else None


def _fits(article: GoldArticle, relation: GoldRelation, new: str) -> bool:
    """Whether what else is said of the holder is true of the new title too."""
    title = (relation.title or "").casefold()
    offices = [r.title.casefold() for r in article.relations if r.subject == relation.subject and r.title is not None]
    if any(new.casefold() == (r.title or "").casefold() for r in article.relations):
        return False
    words = set(new.casefold().split())
    for mention in article.mentions:
        if relation.subject not in mention.entities or mention.label not in ("TITLE", "NOM"):
            continue
        said = mention.text.casefold()
        if mention.label == "TITLE" and (said == title or said in offices):
            continue
        heads = {word for word in re.findall(r"[^\W\d_]+", said) if word in grammar().heads}
        if (mention.label == "TITLE" and not set(said.split()) <= words) or not heads <= words:
            return False
    return True


def _cased(title: str, like: str) -> str:
    if like.isupper() and len(like) > 3:
        return title.upper()
    return title.lower() if like[0].islower() else title
