"""Train who gives an office that the text leaves open: `python -m pipeline.train.givers FOLDER… [--out FILE]`.

Each FOLDER holds articles `<id>.txt` with value labels `<id>.yaml` (the form of seeds/gold). Every
open office of a labelled person becomes a choice among the article's countries, its organisations
and nobody; a conditional logit learns the weights of their facts. While cases are gathered, the
labels answer, so that one office decided wrongly does not mislead the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from unittest.mock import patch

from pipeline.document import Document
from pipeline.relate import offices
from pipeline.relate.givers import Case, Givers
from pipeline.relate.positions import relate
from pipeline.train.labels import LabelledArticle, key_of, names_of, overlap
from pipeline.train.line import parse_command, read_until
from pipeline.train.logit import Choice, accuracy, cross_validate, fit
from pipeline.weights import write_weights

PENALTY = 0.3
SAME = 0.6
"""Agreement of two titles, or two names of organisations, from which they are one."""


class Listener(Givers):
    """Answers with the labels, and takes down the choice: `None` in `gathered` where the right giver is not offered."""

    def __init__(
        self, label: Mapping[str, Any], gathered: list[Choice | None], article: int,
        document: Document, explicit: Mapping[str, str],
    ) -> None:  # fmt: skip
        super().__init__(document, explicit)
        self.document = document
        self.gathered = gathered
        self.article = article
        self.names = names_of(label)
        self.people = {person["key"]: person for person in label.get("people") or ()}

    def best(self, case: Case) -> tuple[str | None, float]:
        """The labelled giver of an office; None, and no choice, for people whom the labels do not have."""
        holder = next(e for e in self.document.entities if e.kind == "person" and e.name == case.name)
        person = self.people.get(key_of(self.document, holder, self.names) or "")
        if person is None:
            return None, 1.0
        offered = list(self.facts(case))
        of = next((p["of"] for p in person.get("positions") or () if overlap(p["title"], case.title) >= SAME), None)
        right = next((n for n, (giver, _) in enumerate(offered) if self._is(giver, of)), None)
        if right is None:
            self.gathered.append(None)
            return (of if re.fullmatch("[A-Z]{3}", str(of)) else None), 1.0
        self.gathered.append(Choice(self.article, tuple(facts for _, facts in offered), right))
        return offered[right][0], 1.0

    def _is(self, giver: str | None, of: str | None) -> bool:
        """Whether a candidate is the labelled giver: a code, or an organisation under one of its names."""
        if giver is None or of is None or giver == of:
            return giver == of
        entity = self.organisations.get(giver)
        if entity is None:
            return False
        said = (entity.name, *(self.document.mentions[i].text for i in entity.mentions))
        return any(overlap(name, of) >= SAME for name in said)


def gather(article: int, document: Document, label: Mapping[str, Any]) -> list[Choice | None]:
    """The choices that a document with entities teaches, None for each whose right giver is not offered."""
    gathered: list[Choice | None] = []
    with patch.object(offices, "Givers", partial(Listener, label, gathered, article)):
        relate(document)
    return gathered


def train(documents: Sequence[tuple[LabelledArticle, Document]]) -> dict[str, float]:
    """Weights by fact; prints what cross-validation says of them."""
    gathered = [c for n, (item, document) in enumerate(documents) for c in gather(n, document, item.label)]
    choices = [choice for choice in gathered if choice is not None]
    weights = fit(choices, penalty=lambda _: PENALTY)
    ok, count = accuracy(choices, weights)
    print(
        f"{count} open offices, {len(gathered) - count} more whose giver is not offered: "
        f"{ok / max(count, 1):.3f} right, cross-validated {cross_validate(choices, penalty=lambda _: PENALTY):.3f}"
    )
    return weights


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the weights."""
    given = parse_command(__doc__, "givers", arguments)
    weights = train(read_until("relate", given.gold))
    kept = {name: round(weight, 2) for name, weight in sorted(weights.items()) if abs(weight) >= 0.05}
    write_weights(given.out, kept, {"penalty": PENALTY})
    print(f"{len(kept)} weights -> {given.out}")


if __name__ == "__main__":
    main()
