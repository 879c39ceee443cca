"""Who is who, and who holds which office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.evaluate.differences import extra, missed, wrong
from pipeline.evaluate.model import Difference, LayerScore, Prediction, Tally, count
from pipeline.evaluate.names import GoldNames
from pipeline.evaluate.normal import overlap
from pipeline.gold.model import GoldArticle, GoldRelation, GoldSpan
from pipeline.record import NamedEntity, SpanRecord

SAME_POST = 0.6
"""The least overlap of words at which two titles, or two office-givers, are one."""


def score_people(gold: GoldArticle, prediction: Prediction, names: GoldNames) -> LayerScore:
    """The counts of `people`: distinct persons who hold an office or take part in an event.

    Whom the gold names beside those (bylines, passing mentions) may be predicted or not. A person predicted as two
    is right once and counts twice.
    """
    acting = {key for event in gold.events for key in (*event.actors, *event.recipients, *event.optional)}
    wanted = {key: None for key, posts in names.posts.items() if posts or key in acting}
    differences = []
    found: set[str] = set()
    predicted = 0
    for person, key in _people(prediction, names).values():
        if key in wanted or key not in names.posts:
            predicted += 1
            if key not in wanted or key in found:
                differences.append(extra("people", person.name, person.mentions))
        found.add(key)
    tally: Tally = {}
    count(tally, "people", right=len(found & wanted.keys()), predicted=predicted, gold=len(wanted))
    nobody = [missed("people", names.name(key), _mentions(gold, "PER", key)) for key in wanted if key not in found]
    return LayerScore(tally, (*nobody, *differences))


def score_positions(gold: GoldArticle, prediction: Prediction, names: GoldNames) -> LayerScore:
    """The counts of `positions`: person, office-giver and title."""
    left = _predicted_posts(prediction, names)
    everything = len(left)
    lost: list[tuple[str, GoldRelation]] = []
    gold_posts = [(key, post) for key, posts in names.posts.items() for post in posts]
    for key, post in gold_posts:
        match = next((p for p in left if p.is_(key, names.giver(post), post.title or "")), None)
        if match is None:
            lost.append((key, post))
        else:
            del left[match]
    tally: Tally = {}
    right = len(gold_posts) - len(lost)
    count(tally, "positions", right=right, predicted=everything, gold=len(gold_posts))
    return LayerScore(tally, tuple(_wrong_posts(gold, names, lost, left)))


@dataclass(frozen=True, slots=True)
class _Post:
    key: str
    giver: str
    title: str

    def is_(self, key: str, giver: str, title: str) -> bool:
        return (
            self.key == key
            and (self.giver == giver or overlap(self.giver, giver) >= SAME_POST)
            and overlap(self.title, title) >= SAME_POST
        )


def _people(prediction: Prediction, names: GoldNames) -> dict[str, tuple[NamedEntity, str]]:
    """By its id, each person predicted and the key he or she stands for."""
    entities = prediction.document.entities if prediction.document else ()
    return {
        e.entity: (e, names.resolve("person", (e.name, *(mention.text for mention in e.mentions)), None))
        for e in entities
        if e.kind == "person"
    }


def _predicted_posts(prediction: Prediction, names: GoldNames) -> dict[_Post, tuple[str, SpanRecord]]:
    """Each office predicted, with its holder's name and where it is said."""
    if prediction.document is None:
        return {}
    people = _people(prediction, names)
    givers = {
        e.entity: (e.country if e.kind == "country" else e.name) or e.entity for e in prediction.document.entities
    }
    posts: dict[_Post, tuple[str, SpanRecord]] = {}
    for relation in prediction.document.relations:
        if relation.type == "holds_position":
            key = people[relation.subject][1] if relation.subject in people else "?"
            holder = people[relation.subject][0].name if relation.subject in people else relation.subject
            giver = relation.object_name or givers.get(relation.object, relation.object)
            post = _Post(key, giver, relation.title or "")
            posts.setdefault(post, (holder, relation.mention))
    return posts


def _wrong_posts(
    gold: GoldArticle,
    names: GoldNames,
    lost: list[tuple[str, GoldRelation]],
    left: dict[_Post, tuple[str, SpanRecord]],
) -> Iterator[Difference]:
    """What was missed, beside another office predicted for the same person if there is one, and what is left."""
    for key, post in lost:
        said = f"{names.name(key)}: {post.title}, {names.giver(post)}"
        spans = [m for m in _mentions(gold, "TITLE", key) if m.text == post.title] or _mentions(gold, "PER", key)
        other = next((p for p in left if p.key == key), None)
        if other is None:
            yield missed("positions", said, spans)
        else:
            instead = _say(other, left.pop(other)[0])
            yield wrong("positions", said, instead, spans)
    for other, (holder, mention) in left.items():
        yield extra("positions", _say(other, holder), [mention])


def _say(post: _Post, holder: str) -> str:
    return f"{holder}: {post.title}, {post.giver}"


def _mentions(gold: GoldArticle, label: str, key: str) -> list[GoldSpan]:
    return [mention for mention in gold.mentions if mention.label == label and key in mention.entities]
