"""Gold and predictions aligned, for tests of what is counted over an alignment."""

from __future__ import annotations

from pipeline.evaluate.align import Alignment, align
from pipeline.evaluate.names import GoldNames
from pipeline.evaluate.sides import Sides, sides
from pipeline.gold.model import GoldArticle
from tests.evaluate.planting import Mistake, planted


def both_sides(gold: GoldArticle, *mistakes: Mistake) -> Sides:
    return sides(gold, planted(gold, *mistakes), GoldNames(gold))


def aligned(gold: GoldArticle, *mistakes: Mistake) -> Alignment:
    return align(both_sides(gold, *mistakes))
