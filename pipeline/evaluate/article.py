"""Everything that is counted in one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.evaluate import clusters, date_values, mentions, relations
from pipeline.evaluate.align import align
from pipeline.evaluate.calibration import tally_calibration
from pipeline.evaluate.circumstances import tally_circumstances
from pipeline.evaluate.cited import score_cited
from pipeline.evaluate.confusion import confusion
from pipeline.evaluate.dyads import tally_dyads
from pipeline.evaluate.events import event_pairs, tally_events
from pipeline.evaluate.model import ArticleScore, EventPair, LayerScore, Prediction, total
from pipeline.evaluate.names import GoldNames
from pipeline.evaluate.people import score_people, score_positions
from pipeline.evaluate.sides import sides
from pipeline.gold.model import GoldArticle


def score_article(gold: GoldArticle, prediction: Prediction) -> ArticleScore:
    """Count every layer that the gold annotates; gold of which nothing was predicted counts as missed.

    `events` stands for everything said of events and for `cited`; `dyads` need the positions too, which tell whom a
    person acts for.
    """
    names = GoldNames(gold)
    layers = list(_layers(gold, prediction, names))
    pairs: tuple[EventPair, ...] = ()
    confused: Counter[tuple[str, str]] = Counter()
    if "events" in gold.annotates:
        both = sides(gold, prediction, names)
        alignment = align(both)
        tallies = [tally_events(alignment), tally_circumstances(alignment), tally_calibration(alignment)]
        if "holds_position" in gold.annotates:
            tallies.append(tally_dyads(both))
        layers += map(LayerScore, tallies)
        pairs = event_pairs(both, alignment, golds=len(gold.events), predictions=len(prediction.events))
        confused = confusion(alignment)
    return ArticleScore(
        doc_id=gold.id,
        outlet=gold.outlet,
        words=len(gold.text.split()),
        tally=total(layer.tally for layer in layers),
        pairs=pairs,
        differences=tuple(difference for layer in layers for difference in layer.differences),
        confusion=confused,
    )


def _layers(gold: GoldArticle, prediction: Prediction, names: GoldNames) -> Iterator[LayerScore]:
    if "PER" in gold.annotates:
        yield score_people(gold, prediction, names)
    if "holds_position" in gold.annotates:
        yield score_positions(gold, prediction, names)
    if "events" in gold.annotates:
        yield score_cited(gold, prediction, names)
    for layer in (mentions, date_values, clusters, relations):
        yield layer.score(gold, prediction)
