"""Train what makes capitalised words a person's name: `python -m pipeline.train.persons FOLDER… [--out FILE]`.

Each FOLDER holds articles `<id>.txt` with value labels `<id>.yaml` (the form of seeds/gold). Every
capitalised run that the line considers is a name when it stands where the labels have one, and a
logistic regression with L2 penalty learns the weights of the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from unittest.mock import patch

from pipeline.document import Document, Span
from pipeline.recognise import claim_people
from pipeline.recognise.article import find_mentions
from pipeline.recognise.people import Context, features
from pipeline.recognise.runs import Run
from pipeline.train.labels import LabelledArticle
from pipeline.train.line import parse_command, read_until
from pipeline.weights import write_weights

C = 1.0
"""Inverse strength of the L2 penalty."""


def person_spans(text: str, label: Mapping[str, Any]) -> list[Span]:
    """Where the names of the labelled people stand in a text, those inside an organisation's name left out."""
    people = _spans(text, label.get("people") or ())
    inside = [o for o in _spans(text, label.get("orgs") or ()) if o not in people]
    return [p for p in people if not any(o.start <= p.start and p.end <= o.end for o in inside)]


def _spans(text: str, items: Sequence[Mapping[str, Any]]) -> list[Span]:
    surfaces = sorted({surface for item in items for surface in item["surfaces"]}, key=lambda s: (-len(s), s))
    if not surfaces:
        return []
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, surfaces))})(?!\w)"
    return [Span(*match.span()) for match in re.finditer(pattern, text)]


def is_name(run: Span, names: Sequence[Span]) -> bool:
    """Whether a run is a name or part of one, or most of it is."""
    shared = sum(max(0, min(run.end, name.end) - max(run.start, name.start)) for name in names)
    return 2 * shared >= run.end - run.start


def examples(document: Document, label: Mapping[str, Any]) -> Iterator[tuple[dict[str, float], bool]]:
    """The evidence about each capitalised run of a parsed document, and whether it is a person's name."""
    if document.view is None or document.parse is None:
        raise ValueError("needs a view and a parse")
    heard: list[tuple[Run, dict[str, float]]] = []

    def listen(run: Run, context: Context) -> float:
        heard.append((run, features(run, context)))
        return -1.0

    with patch.object(claim_people, "score", listen):
        find_mentions(document.parse, document.view.paragraphs)
    names = person_spans(document.article.text, label)
    for run, found in heard:
        words = document.parse[run.i : run.j]
        yield found, is_name(document.view.raw(words.start_char, words.end_char), names)


def train(documents: Sequence[tuple[LabelledArticle, Document]]) -> dict[str, float]:
    """Weights by evidence, "bias" among them; prints what cross-validation over articles says of them."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    found: list[dict[str, float]] = []
    verdicts: list[bool] = []
    articles: list[int] = []
    for number, (item, document) in enumerate(documents):
        for evidence, verdict in examples(document, item.label):
            found.append(evidence)
            verdicts.append(verdict)
            articles.append(number)
    vectorizer = DictVectorizer()
    matrix, target = vectorizer.fit_transform(found), np.array(verdicts)
    model = LogisticRegression(C=C, max_iter=3000, tol=1e-6)
    folds = GroupKFold(min(8, len(set(articles))))
    guess = cross_val_predict(model, matrix, target, groups=articles, cv=folds)
    print(
        f"{len(target)} runs, {target.mean():.3f} of them names; cross-validated: "
        f"right {(guess == target).mean():.4f}, precision {target[guess].mean():.4f}, recall {guess[target].mean():.4f}"
    )
    model.fit(matrix, target)
    weights = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    return {"bias": float(model.intercept_[0]), **weights}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the weights."""
    given = parse_command(__doc__, "persons", arguments)
    weights = train(read_until("recognise", given.gold))
    write_weights(given.out, {name: round(weight, 2) for name, weight in weights.items()}, {"C": C})
    print(f"{len(weights)} weights -> {given.out}")


if __name__ == "__main__":
    main()
