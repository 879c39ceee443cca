"""Figures by outlet and by length of the article. By type and mode they are slices of the figures themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.evaluate.figures import counts_of, figure_values
from pipeline.evaluate.intervals import intervals
from pipeline.evaluate.report import ArticleReport, FigureValue, Group

LENGTHS = ((200, "under 200 words"), (500, "200 to 499 words"))
LONGEST = "500 words and more"
NO_OUTLET = "no outlet"


def measured(articles: Sequence[ArticleReport], *, rounds: int, seed: int, slices: bool = True) -> list[FigureValue]:
    """The figures of articles with their intervals."""
    counts = counts_of([article.tally for article in articles])
    found = list(figure_values(counts, slices=slices))
    names = [(figure.name, figure.part) for figure in found if figure.value is not None]
    bounds = intervals(counts, names, rounds=rounds, seed=seed)
    return [
        figure.model_copy(update=dict(zip(("low", "high"), bounds[figure.name, figure.part], strict=True)))
        if (figure.name, figure.part) in bounds
        else figure
        for figure in found
    ]


def groups(articles: Sequence[ArticleReport], *, rounds: int, seed: int) -> list[Group]:
    """The figures, without slices, of each outlet's articles and of each class of length."""
    by_outlet: dict[str, list[ArticleReport]] = {}
    by_length: dict[str, list[ArticleReport]] = {name: [] for name in (*(name for _, name in LENGTHS), LONGEST)}
    for article in articles:
        by_outlet.setdefault(article.outlet or NO_OUTLET, []).append(article)
        by_length[length_class(article.words)].append(article)

    def group(by: str, of: Iterable[tuple[str, list[ArticleReport]]]) -> list[Group]:
        return [
            Group.model_validate(
                {
                    "by": by,
                    "group": name,
                    "articles": len(members),
                    "figures": measured(members, rounds=rounds, seed=seed, slices=False),
                }
            )
            for name, members in of
            if members
        ]

    return group("outlet", sorted(by_outlet.items())) + group("length", by_length.items())


def length_class(words: int) -> str:
    """The class of an article with so many words."""
    return next((name for limit, name in LENGTHS if words < limit), LONGEST)
