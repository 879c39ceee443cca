"""Web pages: the main text and what the page says about itself."""

from __future__ import annotations

import datetime as dt
import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.io.html_page import PAGE_BYTES
from tests.reads import codes, one, read_bytes

PARAGRAPHS = (
    "The foreign minister of Tarvia received the ambassador of Norland on Friday in the capital, officials said.",
    "They discussed trade between the two countries and a planned visit of the president in June, the ministry added.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
HEAD = """<title>Talks in Tarvia | The Tarvian Post</title><meta property="og:site_name" content="The Tarvian Post">
<link rel="canonical" href="https://post.example/talks">
<meta property="article:published_time" content="2025-05-03T23:30:00+04:00">
<meta property="article:modified_time" content="2025-05-09T08:00:00+04:00">"""


def page(body: str = BODY, head: str = HEAD) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head>{head}</head><body>
<nav><a href="/">Home</a> <a href="/w">W</a></nav>
<article>{body}</article><div class="comments"><p>A reader wrote that he did not like it at all.</p></div>
<footer>Copyright 2021 The Tarvian Post</footer></body></html>"""


def test_a_page_gives_its_main_text_and_metadata(tmp_path: Path) -> None:
    found = one(read_bytes(tmp_path, "talks.v1.html", page().encode()))
    assert found.text == "\n\n".join(PARAGRAPHS)
    assert (found.doc_id, found.title, found.outlet) == ("talks.v1", "Talks in Tarvia", "The Tarvian Post")
    assert (found.url, found.published) == ("https://post.example/talks", dt.date(2025, 5, 3))


def test_a_page_without_metadata_has_none(tmp_path: Path) -> None:
    found = one(read_bytes(tmp_path, "a.htm.gz", gzip.compress(page(head="").encode())))
    assert (found.doc_id, found.title, found.outlet, found.url, found.published) == ("a", None, None, None, None)


def test_a_text_laid_out_in_a_table_is_the_text(tmp_path: Path) -> None:
    cells = "</td></tr><tr><td>".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    raw = f"<html><body><table><tr><td>{cells}</td></tr></table></body></html>".encode()
    assert one(read_bytes(tmp_path, "a.html", raw)).text == "\n\n".join(PARAGRAPHS)


def test_a_table_beside_the_text_is_no_text(tmp_path: Path) -> None:
    body = f"{BODY}<table><tr><td>Exports</td><td>17</td></tr></table>"
    assert "Exports" not in one(read_bytes(tmp_path, "a.html", page(body).encode())).text


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("windows-1251", "windows-1251"),
        ("utf-8", "utf-8"),
        ("utf-8-sig", "windows-1251"),
        ("utf-16", "utf-16"),
        ("utf-8", "klingon"),
        ("utf-8", "base64"),
        ("utf-8", "undefined"),
        ("utf-8", "us-ascii"),
    ],
)
def test_the_declared_character_set_counts_unless_it_cannot_be(tmp_path: Path, encoding: str, declared: str) -> None:
    text = "Премьер-министр" + " приехал в столицу" * 5
    raw = page(f"{BODY}<p>{text}</p>", f'<meta charset="{declared}">').encode(encoding)
    assert text in one(read_bytes(tmp_path, "a.html", raw, encodings=["utf-8-sig"])).text


def test_a_character_set_means_what_browsers_take_it_for(tmp_path: Path) -> None:
    text = "The minister’s “visit” to the capital of Norland began on Friday, officials of the ministry said."
    raw = page(f"<p>{text}</p>", '<meta charset="iso-8859-1">').encode("cp1252")
    assert one(read_bytes(tmp_path, "a.html", raw, encodings=["utf-8-sig"])).text == text


def test_a_character_set_that_the_bytes_contradict_counts_for_nothing(tmp_path: Path) -> None:
    raw = page(
        f"{BODY}<p>A café in the capital was the place of the meeting, officials said.</p>", "<meta charset=utf-8>"
    )
    assert "A café in" in one(read_bytes(tmp_path, "a.html", raw.encode("cp1252"))).text
    assert codes(read_bytes(tmp_path, "b.html", raw.encode("cp1252"), encodings=["utf-8"])) == ["encoding"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"{}", "no_main_text"),
        (b"<html><body><script>let x = 1;</script></body></html>", "no_main_text"),
        (page("", "").encode(), "no_main_text"),
        (page()[:300].encode(), "no_main_text"),
        (page("<div>" * 5000 + "deep" + "</div>" * 5000).encode(), "no_main_text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 99, "binary"),
        (b"x" * (PAGE_BYTES + 1), "too_long"),
        (page(BODY * 20).encode(), "too_long"),
    ],
)
def test_what_has_no_text_is_a_reject(tmp_path: Path, raw: bytes, code: str) -> None:
    [item] = read_bytes(tmp_path, "a.html", raw, max_characters=1000)
    assert (codes([item]), item.doc_id, item.line) == ([code], "a", None)


def test_a_page_that_breaks_off_is_read_up_to_there(tmp_path: Path) -> None:
    raw = page()
    cut = raw[: raw.index("They discussed")] + "They"
    assert PARAGRAPHS[0] in one(read_bytes(tmp_path, "a.html", cut.encode())).text


@settings(max_examples=30)
@given(
    raw=st.one_of(st.binary(max_size=200), st.text("<>/ab=\"'&#;!-[]?% pdivtable\0\x01é", max_size=200).map(str.encode))
)
def test_any_page_comes_out_as_something(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.mktemp("in")
    assert len(read_bytes(folder, "a.html", raw)) == 1
    assert len(read_bytes(folder, "b.html", page().encode() + raw)) == 1


def test_the_extraction_says_nothing_and_plain_text_does_not_load_it(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"{}")
    (tmp_path / "b.txt").write_bytes(b"Text")
    code = """
import logging, sys
from pipeline.config import ReadSettings
from pipeline.io.read import Reader
heavy = {"trafilatura", "htmldate", "lxml", "feedparser", "pyarrow", "fastwarc"}
logging.basicConfig()
list(Reader([sys.argv[2]], ReadSettings()))
assert not heavy & set(sys.modules), heavy & set(sys.modules)
list(Reader([sys.argv[1]], ReadSettings()))
assert "trafilatura" in sys.modules
"""
    command = [sys.executable, "-c", code, str(tmp_path / "a.html"), str(tmp_path / "b.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
