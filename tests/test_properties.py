"""Whatever text comes in: it ends as a result that obeys the contract, or as a rejection with a reason."""

from __future__ import annotations

import html
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.build import Result
from pipeline.commands.kept_texts import misplaced
from pipeline.document import Article
from pipeline.io.html_page import read_html
from pipeline.record import DocumentRecord
from pipeline.stage import Rejection
from tests.models import WEDNESDAY, extractor, spans

few = settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
WORDS = "Elena Petrova|Foreign Minister|met with|visited|Kenya|Kenyan|the two ministers|his|in Nairobi|signed|will|not"
DATES = "on Monday|June 2, 2025|1/2|31 February|0000-00-00|2025-06-31|99999999999999999999"
MARKS = "(|)|\"|“|”|’s|,|.|-|—|'|\n\n|\r\n|\n|\t|\x00|\x1b|\x85|\u2028|\ufeff|\u202e|\u200d|\u0301|\u00ad"
FOREIGN = "\u0627\u0644\u0633\u0641\u064a\u0631|\u05e9\u05dc\u05d5\u05dd|外交部长|👩\u200d💻|🇰🇪|e\u0301|ǅ|ﬁ|İ"
PAGE = "&amp;|&#x1F600;|<b>|http://example.org|Nairobi, June 3 (AP) —|By|Photo:"
PIECES = st.sampled_from([piece for said in (WORDS, DATES, MARKS, FOREIGN, PAGE) for piece in said.split("|")])
ASSEMBLED = st.lists(PIECES, max_size=60).map(" ".join)


def assert_sound(result: Result | Rejection) -> None:
    text = result.article.text
    if isinstance(result, Rejection):
        assert result.code in {"empty", "language"}, (result.stage, result.message)
        assert result.message
        return
    for record in (result.record, *result.events):
        assert type(record).model_validate_json(record.model_dump_json()) == record
        assert all(text[span.start : span.end] == span.text for span in spans(record))


def read(*texts: str) -> list[Result | Rejection]:
    return list(extractor().run(Article(str(n), text, published=WEDNESDAY) for n, text in enumerate(texts)))


@few
@given(ANY | ASSEMBLED)
@example("\x00\x01\x02")
@example("\u202eElena Petrova met Carlos Mendoza.\u202c")
@example("Elena Petrova met met met with with and and, , . .")
@example("met")
@example("On")
@example("😀" * 50)
@example("(" * 200)
@example('"' * 99)
@example("Kenya " * 200)
@example("a" * 5000)
def test_no_text_breaks_the_line(text: str) -> None:
    [result] = read(text)
    assert_sound(result)


def page(paragraphs: list[str]) -> bytes:
    body = "".join(f"<p>{html.escape(paragraph)}<br>of <b>Kenya</b></p>" for paragraph in paragraphs)
    return f"<html><body><nav>Home</nav><article>{body}</article></body></html>".encode()


@few
@given(st.lists(st.lists(PIECES, min_size=8, max_size=20).map(" ".join), min_size=1, max_size=4))
@example(["Kenya&apos;s Foreign\u00a0Minister Elena\nPetrova met  with Carlos Mendoza in Nairobi on Monday."])
def test_spans_of_pages_count_in_the_text_that_is_kept(paragraphs: list[str]) -> None:
    [item] = read_html(io.BytesIO(page(paragraphs)), limit=10**6, encodings=["utf-8"], input="a.html", name="a")  # type: ignore[arg-type]
    if not isinstance(item, Article):
        assert item.error == "no_main_text"
        return
    [result] = extractor().run([item])
    assert_sound(result)
    if isinstance(result, Result):
        kept = result.record.model_copy(update={"text": item.text})
        record = DocumentRecord.model_validate_json(kept.model_dump_json())
        assert record.text == item.text
        assert [reason for line in (record, *result.events) for reason in misplaced(line, item.text)] == []


@few
@given(st.lists(ASSEMBLED, min_size=2, max_size=4))
def test_no_batch_breaks_the_line(texts: list[str]) -> None:
    results = read(*texts)
    assert [result.article.text for result in results] == texts
    for result in results:
        assert_sound(result)


@pytest.mark.parametrize("published", [None, WEDNESDAY])
@settings(max_examples=10, derandomize=True, deadline=None)
@given(text=ASSEMBLED)
def test_reading_is_repeatable(text: str, published: None) -> None:
    first, second = extractor().run([Article("a", text, published=published)] * 2)
    if isinstance(first, Result):
        assert isinstance(second, Result)
        assert (first.record, first.events) == (second.record, second.events)
    else:
        assert first == second
