"""Relations by value: type, subject and object, and the title of an office.

Scored are the types that the article's `annotates` names, and two that other labels tell as well:
- `located_in`, city to country, from the keys of cities (`KEN:Nairobi`), when GPE is labelled completely. Predicted
  ones are judged if their subject is a city.
- `part_of`, organisation to country, from the countries of organisations, when ORG is labelled completely. Predicted
  ones are judged if their subject is an organisation that has a country in the gold and their object is a country.
What these labels tell belongs to the gold also when the type is in `annotates`; then all predictions of it are judged.

People and organisations are resolved as in events; of organisations and cities of one name the one with the predicted
country is meant. Offices agree as positions do: one to one, with the same holder, a giver that is the same or has 60 %
of its words in common, and a title with 60 % in common. `met_with` has no direction. Gold without an object is left
out, and so are single relations of a type that is not in `annotates`, with what is predicted for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.evaluate.model import Difference, LayerScore, Prediction, Tally, count
from pipeline.evaluate.names import STATE, GoldNames, Known, known, nearest
from pipeline.evaluate.normal import norm, overlap
from pipeline.evaluate.people import SAME_POST
from pipeline.evaluate.spans import GoldSpans, Span, gold_spans
from pipeline.gold.model import PLACE_KEY, GoldArticle
from pipeline.record import DocumentRecord, NamedEntity

LAYER = "relations"
_POOLED = {"city": ("GPE", "PLACE"), "facility": ("FAC",), "event": ("NEV",)}


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A relation by value; the giver of an office stands as a code or name, other ends as keys."""

    type: str
    subject: str
    object: str
    title: str = ""


def score(gold: GoldArticle, prediction: Prediction) -> LayerScore:
    """Count `relations` and its slices by relation type.

    Of offices the counts only: what differs in them are differences of `positions`.
    """
    types = _scored_types(gold)
    tally: Tally = {}
    if not types:
        return LayerScore(tally)
    names = GoldNames(gold)
    stated = set(_stated(gold, names))
    wanted = {fact for fact in stated if fact.type in gold.annotates} | set(_implied(gold, types))
    predicted: dict[Fact, Span] = {}
    if prediction.document is not None:
        for fact, span in _Predicted(gold, names, prediction.document).facts(types):
            if fact in wanted or fact not in stated:
                predicted.setdefault(fact, span)
    right = dict(_pairs(wanted, set(predicted)))
    for part in (None, *sorted(types)):
        count(
            tally,
            LAYER if part is None else f"{LAYER}@{part}",
            right=sum(part in (None, fact.type) for fact in right),
            predicted=sum(part in (None, fact.type) for fact in predicted),
            gold=sum(part in (None, fact.type) for fact in wanted),
        )
    taken = set(right.values())
    missed = sorted(fact for fact in wanted if fact not in right and fact.type != "holds_position")
    extra = sorted(fact for fact in predicted if fact not in taken and fact.type != "holds_position")
    return LayerScore(
        tally,
        (
            *(Difference(LAYER, "missed", _say(fact, names), None, *_place(gold, fact)) for fact in missed),
            *(Difference(LAYER, "extra", None, _say(fact, names), *predicted[fact]) for fact in extra),
        ),
    )


def _scored_types(gold: GoldArticle) -> frozenset[str]:
    kinds = {"holds_position", "represents", "member_of", "part_of", "located_in", "met_with"}
    implied = {"GPE": "located_in", "ORG": "part_of"}
    return frozenset(kinds.intersection(gold.annotates) | {implied[x] for x in gold.annotates if x in implied})


def _stated(gold: GoldArticle, names: GoldNames) -> Iterator[Fact]:
    keys = {entity.key for entity in gold.entities}
    for relation in gold.relations:
        if relation.object is None:
            continue
        if relation.type == "holds_position":
            yield Fact(relation.type, relation.subject, names.giver(relation), relation.title or "")
        else:
            is_key = relation.object in keys or PLACE_KEY.fullmatch(relation.object)
            yield _fact(relation.type, relation.subject, relation.object if is_key else f"?{norm(relation.object)}")


def _implied(gold: GoldArticle, types: frozenset[str]) -> Iterator[Fact]:
    if "located_in" in types:
        yield from (Fact("located_in", city, city[:3]) for city in _cities(gold))
    if "part_of" in types:
        yield from (Fact("part_of", entity.key, entity.country) for entity in gold.entities if entity.country)


def _cities(gold: GoldArticle) -> set[str]:
    named = {key for mention in gold.mentions if mention.label in _POOLED["city"] for key in mention.entities[:1]}
    named.update(end for relation in gold.relations for end in (relation.subject, relation.object) if end)
    return {key for key in named if PLACE_KEY.fullmatch(key) and not STATE.fullmatch(key)}


class _Predicted:
    """The relations of a document, told with the gold's keys."""

    def __init__(self, gold: GoldArticle, names: GoldNames, document: DocumentRecord) -> None:
        self._gold = gold
        self._names = names
        self._document = document
        self._spans: GoldSpans = gold_spans(gold)
        self._pools = {kind: list(_pool(gold, kind)) for kind in _POOLED}
        self._entities = {entity.entity: entity for entity in document.entities}
        self._keys: dict[str, str] = {}

    def facts(self, types: frozenset[str]) -> Iterator[tuple[Fact, Span]]:
        """The relations of the scored types that are judged, with the place that tells them."""
        objectless = [
            (relation.subject, relation.type, relation.title or "")
            for relation in self._gold.relations
            if relation.object is None
        ]
        for relation in self._document.relations:
            subject, object_ = self._entities.get(relation.subject), self._entities.get(relation.object)
            if relation.type not in types or subject is None or object_ is None:
                continue
            title = relation.title or ""
            if relation.type == "holds_position":
                giver = object_.country if object_.kind == "country" else None
                fact = Fact(relation.type, self._key(subject), giver or object_.name, title)
            else:
                fact = _fact(relation.type, self._key(subject), self._key(object_))
            left_out = any(
                (fact.subject, fact.type) == (who, kind) and (title == said or overlap(title, said) >= SAME_POST)
                for who, kind, said in objectless
            )
            if not left_out and self._is_judged(relation.type, subject, object_):
                yield fact, (relation.mention.start, relation.mention.end)

    def _is_judged(self, type_: str, subject: NamedEntity, object_: NamedEntity) -> bool:
        if type_ in self._gold.annotates:
            return True
        if type_ == "located_in":
            spans = [(mention.start, mention.end) for mention in subject.mentions]
            return subject.kind == "city" and not (spans and all(map(self._spans.is_neutral, spans)))
        entity = self._gold.entity(self._key(subject))
        return object_.kind == "country" and entity is not None and entity.country is not None

    def _key(self, entity: NamedEntity) -> str:
        if entity.entity not in self._keys:
            self._keys[entity.entity] = self._resolved(entity)
        return self._keys[entity.entity]

    def _resolved(self, entity: NamedEntity) -> str:
        said = [entity.name, *(mention.text for mention in entity.mentions)]
        if entity.kind == "organization":
            here = [known for known in self._names.organizations if self._names.country(known.key) == entity.country]
            return nearest(here, said) or self._names.resolve(entity.kind, said, entity.country)
        if entity.kind not in self._pools:
            return self._names.resolve(entity.kind, said, entity.country)
        pool = self._pools[entity.kind]
        here = [known for known in pool if known.key.startswith(f"{entity.country}:")]
        return nearest(here, said) or nearest(pool, said) or f"?{norm(entity.name)}"


def _pool(gold: GoldArticle, kind: str) -> Iterator[Known]:
    surfaces: dict[str, list[str]] = {key: [] for key in sorted(_cities(gold))} if kind == "city" else {}
    for mention in gold.mentions:
        for key in mention.entities[:1]:
            if mention.label in _POOLED[kind] and (kind != "city" or key in surfaces):
                surfaces.setdefault(key, []).append(mention.text)
    for key, texts in surfaces.items():
        yield known(key, (key.partition(":")[2], *texts) if kind == "city" else texts)


def _fact(type_: str, subject: str, object_: str) -> Fact:
    if type_ == "met_with":
        subject, object_ = sorted((subject, object_))
    return Fact(type_, subject, object_)


def _pairs(wanted: Iterable[Fact], predicted: set[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Gold facts with the predicted ones that say the same, one to one; equal ones first."""
    left = set(predicted)
    for fact in sorted(wanted, key=lambda fact: (fact not in predicted, fact)):
        same = (fact,) if fact in left else (other for other in sorted(left) if _same_office(fact, other))
        other = next(iter(same), None)
        if other is not None:
            left.discard(other)
            yield fact, other


def _same_office(one: Fact, other: Fact) -> bool:
    return (
        one.type == other.type == "holds_position"
        and one.subject == other.subject
        and (one.object == other.object or overlap(one.object, other.object) >= SAME_POST)
        and overlap(one.title, other.title) >= SAME_POST
    )


def _say(fact: Fact, names: GoldNames) -> str:
    return f"{names.name(fact.subject)} {fact.type} {names.name(fact.object)}"


def _place(gold: GoldArticle, fact: Fact) -> tuple[int, int] | tuple[None, None]:
    """Where the gold first names the subject."""
    mention = min((m for m in gold.mentions if fact.subject in m.entities), key=lambda m: m.start, default=None)
    return (mention.start, mention.end) if mention else (None, None)
