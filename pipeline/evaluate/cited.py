"""Whom the outlet cites for the story."""

from __future__ import annotations

from pipeline.evaluate.differences import extra, missed
from pipeline.evaluate.model import LayerScore, Prediction, Tally, count
from pipeline.evaluate.names import GoldNames, known, nearest
from pipeline.evaluate.normal import norm
from pipeline.gold.model import GoldArticle


def score_cited(gold: GoldArticle, prediction: Prediction, names: GoldNames) -> LayerScore:
    """The counts of `cited`: distinct sources. A predicted name stands for a source as for a participant."""
    pool = [*names.people, *names.organizations, *names.states]
    keys = {k.key for k in pool}
    wanted = dict.fromkeys(gold.cited)
    pool += [known(name, (name,)) for name in wanted if name not in keys]
    given: dict[str, str] = {}
    for name in prediction.document.cited if prediction.document else ():
        given.setdefault(nearest(pool, [name]) or f"?{norm(name)}", name)
    tally: Tally = {}
    count(tally, "cited", right=len(given.keys() & wanted.keys()), predicted=len(given), gold=len(wanted))
    return LayerScore(
        tally,
        (
            *(missed("cited", names.name(key)) for key in wanted if key not in given),
            *(extra("cited", name) for key, name in given.items() if key not in wanted),
        ),
    )
