"""An article and pools for tests of changed copies."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pipeline.gold.checks import problems
from pipeline.gold.json_lines import read
from pipeline.gold.model import GoldArticle
from pipeline.train.augment import Pools, load_pools

CORPUS = Path(__file__).parents[1] / "models" / "corpus"
HEAD = """---
id: x-1
outlet: Caspian Wire
published: 2024-03-12
title: Kenyan minister in Baku
cited: []
people:
  wekesa: {name: Asha Wekesa, positions: [{title: Foreign Minister, of: KEN}]}
  rafiyev: {name: Elkhan Rafiyev, positions: [{title: President, of: AZE}]}
orgs:
  bank: {name: Bank of Kenya, country: KEN}
events:
  e1: {type: CONSULT, mode: visit, status: occurred, date: 2024-03-11, date_basis: explicit, place: {city: Baku, country: AZE, facility: null}, actors: [wekesa], recipients: [AZE], optional: [KEN], contexts: [diplomatic], core: true}
---
"""  # noqa: E501
BODY = """[[Kenyan|NORP#KEN]] [[minister|NOM#wekesa]] in [[Baku|GPE#AZE:Baku]]

A [[Kenyan|NORP#KEN]] delegation led by [[Foreign Minister|TITLE#wekesa]] [[Asha Wekesa|PER#wekesa]] [[arrived|EV#e1]] in [[Baku|GPE#AZE:Baku]] on [[March 11|DATE#2024-03-11]]. Ms. [[Wekesa|PER#wekesa]] met with [[President|TITLE#rafiyev]] [[Elkhan Rafiyev|PER#rafiyev]] of [[Azerbaijan|GPE#AZE]].

[[She|NOM#wekesa]] said that the [[Bank of Kenya|ORG#bank]] would open an office in [[Ganja|GPE#AZE:Ganja]] [[next month|DATE#2024-04]]. [[Kenya|GPE#KEN]] "is ready", [[Wekesa|PER#wekesa]] said."""  # noqa: E501


@cache
def articles() -> tuple[GoldArticle, ...]:
    return tuple(item for item in read(CORPUS / "train.jsonl") if isinstance(item, GoldArticle))


@cache
def pools() -> Pools:
    return load_pools(CORPUS, articles())


def checked(article: GoldArticle) -> GoldArticle:
    """The article, its model validated anew and nothing wrong with it."""
    again = GoldArticle.model_validate(article.model_dump())
    assert [str(problem) for problem in problems(again, file="x") if not problem.warning] == []
    return again


def surfaces(article: GoldArticle, label: str) -> list[str]:
    return [mention.text for mention in article.mentions if mention.label == label]
