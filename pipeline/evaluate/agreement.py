"""How far two annotators agree on the same articles, and where they do not.

Each figure of an evaluation is taken both ways, the one annotator's labels as gold and the other's as predictions and
the reverse, and the counts are added: what was right of the predictions one way is what was found of the gold the
other way. So precision and recall change places when the annotators do, and F1 stays the same, even where the scorer
pairs things greedily.

What is not core and what is optional is no matter of dispute: an event that one annotator has, not as core, is left
out, and so is an aligned event that either does not hold for core; a participant whom one has as optional is taken to
be as the other has it. An office that nobody is said to give has a giver here, which records can name.

Kappa and alpha are about events that both have, core or not, negated or not: their participants and their triggers
overlap, and the pairs with most participants in common are taken first, whatever the type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipeline.errors import InputError
from pipeline.evaluate.align import Aligned, align
from pipeline.evaluate.article import score_article
from pipeline.evaluate.coefficients import cohen_kappa, krippendorff_alpha
from pipeline.evaluate.figures import counts_of, figure_values, figures, per_article
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import ArticleScore, Tally, total
from pipeline.evaluate.names import GoldNames
from pipeline.evaluate.report import FigureValue
from pipeline.evaluate.sides import sides
from pipeline.gold.model import GoldArticle, GoldEvent

FORMAT = "agreement/1"
NOBODY = "nobody"


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Coefficient(Part):
    """A coefficient over `n` events; `value` is null where it is not defined, and `reason` says why."""

    value: float | None
    n: int
    reason: str | None = None


class Disagreement(Part):
    """Something to decide: what each annotator says, null for nothing; offsets into the article, of A's if there is."""

    article: str
    layer: str
    a: str | None
    b: str | None
    differs: list[str] = []
    start: int | None
    end: int | None


class Agreement(Part):
    """Agreement over the articles that both have; `only_a` and `only_b` are those that one has."""

    format: Literal["agreement/1"] = "agreement/1"
    articles: list[str]
    only_a: list[str]
    only_b: list[str]
    figures: list[FigureValue]
    kappa: Coefficient
    alpha: Coefficient
    disagreements: list[Disagreement]


@dataclass(frozen=True, slots=True)
class _OneWay:
    """A's labels as gold, B's as predictions; `places` are the places in B's list of the events that were predicted."""

    score: ArticleScore
    places: list[int]


def agree(a: Sequence[GoldArticle], b: Sequence[GoldArticle]) -> Agreement:
    """Compare two annotators' labels; of each article what both have labelled completely counts.

    Raises `InputError` for an article whose texts differ, or that one annotator has twice.
    """
    of_a, of_b = _by_id(a, "the first"), _by_id(b, "the second")
    shared = [name for name in of_a if name in of_b]
    if other := [name for name in shared if of_a[name].text != of_b[name].text]:
        raise InputError(f"not the same text in both: {', '.join(other)}")
    tallies: list[Tally] = []
    disagreements: list[Disagreement] = []
    same: list[tuple[GoldEvent, GoldEvent]] = []
    for one, two in ((_with_givers(of_a[name]), _with_givers(of_b[name])) for name in shared):
        there, back = _one_way(one, two), _one_way(two, one)
        tally = total((_without_confidence(there.score.tally), _mirrored(_without_confidence(back.score.tally))))
        tallies.append(total((tally, per_article(tally))))
        pairs = list(_same_events(one, two))
        found = _disagreements(one, two, there, pairs)
        disagreements += sorted(found, key=lambda it: (it.start is None, it.start or 0, it.end or 0, it.layer))
        if "events" in one.annotates and "events" in two.annotates:
            same += [(one.events[i], two.events[j]) for i, j in pairs]
    return Agreement(
        articles=shared,
        only_a=[name for name in of_a if name not in of_b],
        only_b=[name for name in of_b if name not in of_a],
        figures=[value for value in figure_values(counts_of(tallies)) if figures()[value.name].group != "calibration"],
        kappa=_coefficient(cohen_kappa([(_label(x), _label(y)) for x, y in same]), len(same), "type"),
        alpha=_coefficient(krippendorff_alpha([(x.status, y.status) for x, y in same]), len(same), "status"),
        disagreements=disagreements,
    )


def _by_id(articles: Sequence[GoldArticle], whose: str) -> dict[str, GoldArticle]:
    found: dict[str, GoldArticle] = {}
    for article in articles:
        if article.id in found:
            raise InputError(f"{article.id}: {whose} annotator has it twice")
        found[article.id] = article
    return found


def _with_givers(article: GoldArticle) -> GoldArticle:
    relations = [
        relation.model_copy(update={"object": NOBODY})
        if relation.type == "holds_position" and relation.object is None
        else relation
        for relation in article.relations
    ]
    return article.model_copy(update={"relations": relations})


def _one_way(a: GoldArticle, b: GoldArticle) -> _OneWay:
    names = GoldNames(a)
    alignment = align(sides(a, prediction_of(b), names))
    partner = {pair.predicted.index: pair for pair in (*alignment.pairs, *alignment.ignored)}
    soft = {pair.gold.index for place, pair in partner.items() if not b.events[place].core}
    golds = [
        event.model_copy(update={"core": event.core and place not in soft}) for place, event in enumerate(a.events)
    ]
    gold = a.model_copy(update={"events": golds, "annotates": sorted({*a.annotates} & {*b.annotates})})
    places = [place for place, event in enumerate(b.events) if event.core or place in partner]
    keys = _keys(b, names)
    events = [_as_partner_has(b.events[place], partner.get(place), keys) for place in places]
    return _OneWay(score_article(gold, prediction_of(b.model_copy(update={"events": events}))), places)


def _keys(article: GoldArticle, names: GoldNames) -> dict[str, str]:
    """The article's keys, and the keys that the other annotator gave to the same."""
    return {
        entity.key: names.resolve(entity.kind, _said(article, entity.key, entity.name), entity.country)
        for entity in article.entities
    }


def _said(article: GoldArticle, key: str, name: str) -> Iterator[str]:
    yield name
    yield from (mention.text for mention in article.mentions if mention.label != "NOM" and key in mention.entities[:1])


def _as_partner_has(event: GoldEvent, partner: Aligned | None, keys: Mapping[str, str]) -> GoldEvent:
    """The event with its optional participants in the roles that the other annotator gives them."""
    roles = partner.gold.arguments if partner else frozenset()
    return event.model_copy(
        update={
            field: [
                *given,
                *(key for key in event.optional if (role, keys.get(key, key)) in roles and key not in given),
            ]
            for field, role, given in (("actors", "actor", event.actors), ("recipients", "recipient", event.recipients))
        }
    )


def _without_confidence(tally: Tally) -> Tally:
    return {key: value for key, value in tally.items() if not key.startswith(("calibration", "brier"))}


def _mirrored(tally: Tally) -> Tally:
    """The counts with gold and predictions in each other's place."""
    other = {"right": "found", "found": "right", "predicted": "gold", "gold": "predicted"}
    parts = ((*key.rpartition(".")[::2], value) for key, value in tally.items())
    return {f"{name}.{other.get(count, count)}": value for name, count, value in parts}


def _same_events(a: GoldArticle, b: GoldArticle) -> Iterator[tuple[int, int]]:
    """Places of events that both have."""
    a_in_b, b_in_a = _keys(a, GoldNames(b)), _keys(b, GoldNames(a))
    scored = []
    for i, one in enumerate(a.events):
        for j, two in enumerate(b.events):
            who = _common(one, two, b_in_a) + _common(two, one, a_in_b)
            if who > 0 and _share_trigger(one, two):
                scored.append((-who, min(i, j), max(i, j), i, j))
    left: set[int] = set()
    right: set[int] = set()
    for *_, i, j in sorted(scored):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield i, j


def _common(one: GoldEvent, other: GoldEvent, keys: Mapping[str, str]) -> float:
    """F1 of the participants, told with the keys of the first; who is optional in either is not missing."""
    wanted = {*one.actors, *one.recipients}
    given = {keys.get(key, key) for key in (*other.actors, *other.recipients)}
    both = wanted & given
    wanted = both | (wanted - {keys.get(key, key) for key in other.optional})
    given = both | (given - {*one.optional})
    return 2 * len(both) / (len(wanted) + len(given)) if both else 0.0


def _share_trigger(one: GoldEvent, other: GoldEvent) -> bool:
    return any(x.start < y.end and y.start < x.end for x in one.triggers for y in other.triggers)


def _label(event: GoldEvent) -> str:
    return f"{event.type}/{event.mode or '-'}"


def _coefficient(value: float | None, n: int, what: str) -> Coefficient:
    if value is not None:
        return Coefficient(value=value, n=n)
    return Coefficient(value=None, n=n, reason=f"only one {what} among them" if n else "no event that both have")


def _disagreements(
    a: GoldArticle, b: GoldArticle, one_way: _OneWay, same: Iterable[tuple[int, int]]
) -> Iterator[Disagreement]:
    """What differs from A's side; events that both have but with another type are one disagreement."""
    names_a, names_b = GoldNames(a), GoldNames(b)
    pairs = [(p.gold, None if p.predicted is None else one_way.places[p.predicted], p) for p in one_way.score.pairs]
    missed = {gold for gold, _, pair in pairs if pair.verdict == "missed"}
    extra = {predicted for _, predicted, pair in pairs if pair.verdict == "extra"}
    retyped = {i: j for i, j in same if i in missed and j in extra}
    for gold, predicted, pair in pairs:
        differs = list(pair.differs)
        if gold in retyped:
            predicted, differs = retyped[gold], ["type"]
        one = None if gold is None else a.events[gold]
        other = None if predicted is None else b.events[predicted]
        if one and other and one.status != other.status and not {"status", "type"} & {*differs}:
            differs.append("status")
        settled = pair.verdict == "ignored" or (pair.verdict == "right" and not differs)
        if settled or (gold is None and predicted in retyped.values()):
            continue
        trigger = (one or other or a.events[0]).triggers[0]
        yield Disagreement(
            article=a.id,
            layer="events",
            a=None if one is None else _show(one, names_a),
            b=None if other is None else _show(other, names_b),
            differs=differs,
            start=trigger.start,
            end=trigger.end,
        )
    for found in one_way.score.differences:
        yield Disagreement(
            article=a.id, layer=found.layer, a=found.gold, b=found.predicted, start=found.start, end=found.end
        )


def _show(event: GoldEvent, names: GoldNames) -> str:
    who, whom = (", ".join(map(names.name, keys)) for keys in (event.actors, event.recipients))
    place = "/".join(filter(None, (event.place.city, event.place.country)))
    words = (_label(event), event.status, event.date, place, f"[{who}{' → ' + whom if whom else ''}]")
    return " ".join((*filter(None, words), f"“{event.triggers[0].text}”"))
