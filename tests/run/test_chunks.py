from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Article
from pipeline.io.articles import reject
from pipeline.run.chunks import CHARACTERS, Item, Repeat, chunked, marked

REJECT = reject("in", 1, None, "empty", "nothing")


def article(characters: int = 1) -> Article:
    return Article("a", "x" * characters)


@given(st.lists(st.sampled_from([article(), REJECT])), st.integers(1, 5))
def test_chunks_are_the_items_in_order(items: list[Item], articles: int) -> None:
    chunks = list(chunked(items, articles=articles))
    assert [item for chunk in chunks for item in chunk.items] == items
    assert all(len(chunk.articles) <= articles for chunk in chunks)
    assert all(chunk.full for chunk in chunks[:-1])
    assert [chunk.number for chunk in chunks] == list(range(len(chunks)))


@given(st.lists(st.sampled_from([article(), article(CHARACTERS // 3), REJECT])), st.integers(0, 9))
def test_full_chunks_are_those_of_a_longer_input(items: list[Item], more: int) -> None:
    longer = list(chunked([*items, *[article()] * more], articles=3))
    full = [chunk for chunk in chunked(items, articles=3) if chunk.full]
    assert full == longer[: len(full)]


def test_long_articles_fill_a_chunk() -> None:
    chunks = list(chunked([article(CHARACTERS), article(), article()], articles=64))
    assert [(len(chunk.items), chunk.full) for chunk in chunks] == [(1, True), (2, False)]


def test_what_the_judge_marks_is_no_article_to_read() -> None:
    items = [Article("a", "x"), REJECT, Article("b", "x"), Article("c", "y"), Article("d", "x")]
    first: dict[str, str] = {}

    def judge(article: Article) -> Repeat | None:
        earlier = first.setdefault(article.text, article.doc_id)
        return None if earlier == article.doc_id else Repeat(article, earlier)

    chunks = list(marked(chunked(items, articles=3), judge))
    assert [chunk.marks for chunk in chunks] == [{2: Repeat(items[2], "a")}, {0: Repeat(items[4], "a")}]
    assert [[a.doc_id for a in chunk.articles] for chunk in chunks] == [["a", "c"], []]
