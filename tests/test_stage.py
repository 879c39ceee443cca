"""The loop over the stages: order kept, one bad article costs itself alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Article, Document
from pipeline.errors import ModelError, RejectArticle, StageError
from pipeline.stage import Rejection, check_order, run_stages


@dataclass
class Outlet:
    """Sets the outlet to the text, fails where the text says how."""

    name: ClassVar[str] = "outlet"
    reads: ClassVar[frozenset[str]] = frozenset({"article"})
    writes: ClassVar[frozenset[str]] = frozenset({"outlet"})

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        return [self._one(document) for document in documents]

    def _one(self, document: Document) -> Document:
        match document.article.text:
            case "reject":
                raise RejectArticle("language", "no English")
            case "crash":
                raise ZeroDivisionError("by zero")
            case "stop":
                raise ModelError("no model")
            case "memory":
                raise MemoryError
        return replace(document, outlet=document.article.text)


@dataclass
class Headline:
    """Doubles the outlet; counts how many documents it was given."""

    name: ClassVar[str] = "headline"
    reads: ClassVar[frozenset[str]] = frozenset({"outlet"})
    writes: ClassVar[frozenset[str]] = frozenset({"headline"})
    batches: list[int]

    def __call__(self, documents: Sequence[Document]) -> Sequence[Document]:
        self.batches.append(len(documents))
        return [replace(document, headline=f"{document.outlet}!") for document in documents]


def unchanged(document: Document) -> Document:
    return document


def run(texts: list[str], batch_size: int = 4) -> tuple[list[Document | Rejection], list[int]]:
    headline = Headline([])
    articles = (Article(str(number), text) for number, text in enumerate(texts))
    return list(run_stages([Outlet(), headline], articles, batch_size=batch_size, finish=unchanged)), headline.batches


@given(st.lists(st.sampled_from(["a", "b", "reject", "crash"]), max_size=12), st.integers(1, 5))
def test_every_article_comes_out_in_order(texts: list[str], batch_size: int) -> None:
    results, _ = run(texts, batch_size)
    assert [result.article.doc_id for result in results] == [str(number) for number in range(len(texts))]
    for result, text in zip(results, texts, strict=True):
        if isinstance(result, Document):
            assert result.headline == f"{text}!"
        else:
            assert (result.stage, result.code) == ("outlet", {"reject": "language", "crash": "internal"}[text])


def test_batches_stay_together_without_the_rejected() -> None:
    _, batches = run(["a", "reject", "b", "c", "d"], batch_size=4)
    assert batches == [3, 1]
    assert run(["crash", "reject"])[1] == []


def test_a_crash_says_what_it_was() -> None:
    [rejection], _ = run(["crash"])
    assert isinstance(rejection, Rejection)
    assert rejection.message == "ZeroDivisionError: by zero"


def test_a_fault_at_the_end_costs_that_article_alone() -> None:
    def finish(document: Document) -> Document:
        if document.article.text == "b":
            raise KeyError("b")
        return document

    results = list(run_stages([Outlet()], [Article(t, t) for t in "abc"], batch_size=3, finish=finish))
    assert [isinstance(r, Rejection) for r in results] == [False, True, False]
    assert isinstance(results[1], Rejection)
    assert (results[1].stage, results[1].code) == ("records", "internal")


@pytest.mark.parametrize(("text", "error"), [("stop", ModelError), ("memory", MemoryError)])
def test_what_stops_the_run_is_not_caught(text: str, error: type[BaseException]) -> None:
    with pytest.raises(error):
        run(["a", text])


def test_the_order_is_checked() -> None:
    check_order([Outlet(), Headline([])])
    with pytest.raises(StageError, match=r"'headline' reads \['outlet'\]"):
        check_order([Headline([]), Outlet()])


def test_articles_are_taken_a_batch_at_a_time() -> None:
    taken = []

    def stream() -> object:
        for number in range(9):
            taken.append(number)
            yield Article(str(number), "a")

    results = run_stages([Outlet()], stream(), batch_size=3, finish=unchanged)  # type: ignore[arg-type]
    next(results)
    assert taken == [0, 1, 2]
