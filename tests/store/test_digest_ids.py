from __future__ import annotations

import datetime as dt
import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Article
from pipeline.io.articles import digest_id, reject
from pipeline.store.digest_ids import DigestIds

TEXT = "The ministers met in Oslo."
A, B = "https://a.example/talks", "https://b.example/talks"
ID = digest_id(TEXT)


def article(text: str = TEXT, *, id: str | None = None, **more: object) -> Article:
    return Article(id or digest_id(text), text, **more)  # type: ignore[arg-type]


def ids(*articles: Article) -> list[str | None]:
    named = DigestIds(sqlite3.connect(":memory:"))
    return [named(article).doc_id for article in articles]


def test_a_text_has_an_id_for_each_address() -> None:
    reprint = digest_id(f"{TEXT}\n{B}")
    given = article(url=A), article(url=B), article(url=f"{A}#comments"), article(url=B), article()
    assert ids(*given) == [ID, reprint, ID, reprint, ID]
    assert ids(*reversed(given))[-1] == digest_id(f"{TEXT}\n{A}")


def test_without_an_address_outlet_title_and_day_tell() -> None:
    day = dt.date(2025, 5, 2)
    articles = [
        article(outlet="AFP"),
        article(outlet="AFP", title="Talks"),
        article(outlet="AFP", published=day),
        article(outlet="AFP", url="https://a.example/"),  # a front page
        article(url=A, outlet="AFP", title="Talks"),
        article(url=A),
    ]
    first, *others, address = ids(*articles)
    assert (first, others[2], address) == (ID, ID, others[3])
    assert len({first, *others}) == 4


def test_what_has_an_id_keeps_it() -> None:
    assert ids(article(id="a", url=A), article(url=B), article(id="a", url=B)) == ["a", ID, "a"]
    refused = reject("in", 1, ID, "empty", "no text")
    assert DigestIds(sqlite3.connect(":memory:"))(refused) is refused


@given(st.lists(st.tuples(st.sampled_from("xy"), st.sampled_from([None, A, B])), max_size=8), st.integers(0, 8))
def test_ids_are_the_same_when_all_comes_again(given: list[tuple[str, str | None]], known: int) -> None:
    articles = [article(text, url=url) for text, url in given]
    connection = sqlite3.connect(":memory:")
    named = DigestIds(connection)
    before = [named(article).doc_id for article in articles[:known]]
    connection.commit()
    before += [named(article).doc_id for article in articles[known:]]
    connection.rollback()
    assert [DigestIds(connection)(article).doc_id for article in articles] == before
