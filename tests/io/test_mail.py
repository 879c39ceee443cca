"""Mails: newsletters in .eml and .mbox."""

from __future__ import annotations

import base64
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.io import mail
from tests.reads import codes, one, read_bytes

HEAD = """From: "The Tarvian Post" <news@post.example>
To: reader@home.example
Subject: =?utf-8?q?Talks_in_Tarvia_=E2=80=93_today?=
Date: Sat, 03 May 2025 23:30:00 +0400
Message-ID: <{id}@post.example>
MIME-Version: 1.0
"""
TEXT = "The minister’s visit began.\n\nIt ended on Friday.\n"


def plain(id: str = "one", text: str = TEXT, charset: str = "utf-8") -> bytes:
    head = HEAD.format(id=id) + f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    return head.encode() + text.encode("utf-8" if charset in {"klingon", "us-ascii"} else charset)


def multipart(*parts: tuple[str, str]) -> bytes:
    pieces = "".join(f"--XX\nContent-Type: {kind}; charset=utf-8\n\n{text}\n" for kind, text in parts)
    return f"{HEAD.format(id='one')}Content-Type: multipart/alternative; boundary=XX\n\n{pieces}--XX--\n".encode()


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "us-ascii", "klingon"])
def test_a_mail(tmp_path: Path, charset: str) -> None:
    found = one(read_bytes(tmp_path, "a.eml", plain(charset=charset)))
    assert (found.doc_id, found.text) == ("one@post.example", TEXT)
    assert (found.title, found.outlet) == ("Talks in Tarvia – today", "The Tarvian Post")
    assert (found.published, found.line, found.url) == (dt.date(2025, 5, 3), None, None)


def test_the_plain_part_is_preferred(tmp_path: Path) -> None:
    raw = multipart(("text/html", "<p>From the page</p>"), ("text/plain", "From the text"))
    assert one(read_bytes(tmp_path, "a.eml", raw)).text.strip() == "From the text"


@pytest.mark.parametrize("blank", [[], [("text/plain", " \n")]])
def test_else_the_page_is_read_as_one_sees_it(tmp_path: Path, blank: list[tuple[str, str]]) -> None:
    html = '<div style="display:none">peek</div><table><tr><td><p>One é</p><p>Two</p></td></tr></table>'
    assert one(read_bytes(tmp_path, "a.eml", multipart(*blank, ("text/html", html)))).text == "One é\n\nTwo"


def test_a_transfer_encoding_is_undone(tmp_path: Path) -> None:
    head = HEAD.format(id="one") + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    raw = head.encode() + base64.encodebytes(TEXT.encode())
    assert one(read_bytes(tmp_path, "a.eml", raw)).text == TEXT
    assert codes(read_bytes(tmp_path, "b.eml", raw[:-4])) == ["broken_mail"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"just some words", "broken_mail"),
        (b"\0\xff\1" * 50, "broken_mail"),
        (plain().replace(b"Message-ID:", b"a line that is no header\nMessage-ID:"), "broken_mail"),
        (HEAD.format(id="one").encode() + b"Content-Type: image/png\n\nxx", "no_text_part"),
        (HEAD.format(id="one").encode() + b"Content-Type: multipart/mixed; boundary=XX\n\nno parts", "no_text_part"),
        (plain(text=" \n"), "no_text_part"),
        (plain().replace(b"Sat, 03 May 2025", b"Someday"), "bad_published"),
        (plain(text="x" * 2000), "too_long"),
    ],
)
def test_what_is_wrong_with_a_mail_is_said(tmp_path: Path, raw: bytes, code: str) -> None:
    assert codes(read_bytes(tmp_path, "a.eml", raw, max_characters=1000)) == [code]


@pytest.mark.parametrize(
    "header",
    [
        "From: <", "From: \xff\xfe", "From: @", "Message-ID: <", "Message-ID: [", "Subject: =?utf-8?b?x?=", "Date: <>",
        "Subject: =?klingon?q?x?=", "Content-Type: text/plain; charset*0=", "Content-Disposition: =?", "From: \"",
    ],
)  # fmt: skip
def test_a_broken_header_loses_nothing_else(tmp_path: Path, header: str) -> None:
    raw = b"To: x@y.example\nX: y\n" + header.encode("latin-1") + b"\n"
    raw += b"Subject: S\n\nText\n" if not header.startswith("Subject") else b"\nText\n"
    [item] = read_bytes(tmp_path, "a.eml", raw)
    assert codes([item])[0] in {"broken_mail", "bad_published"} or item.doc_id


def test_too_large_a_mail_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAIL_BYTES", 2000)
    large = plain("large", "word " * 1000)
    assert codes(read_bytes(tmp_path, "a.eml", large)) == ["too_long"]
    lines = plain("lines", "word\n" * 1000)
    raw = b"".join(
        b"From x Sat May  3 23:30:00 2025\n" + each + b"\n" for each in (large, plain("b"), lines, plain("c"))
    )
    assert codes(read_bytes(tmp_path, "a.mbox", raw)) == ["too_long", "b@post.example", "too_long", "c@post.example"]


def test_an_mbox_with_one_bad_mail(tmp_path: Path) -> None:
    separator = b"From news@post.example Sat May  3 23:30:00 2025\n"
    quoted = "First.\n\nFrom there he left.\n>From there, too.\n>>From\n"
    raw = separator.join([b"", plain("a"), b"no header at all\n\n", plain("b", quoted), b"", plain("c")])
    items = read_bytes(tmp_path, "a.mbox", raw)
    assert codes(items) == ["a@post.example", "broken_mail", "b@post.example", "empty", "c@post.example"]
    assert [item.line for item in items] == [1, 14, 17, 32, 33]
    assert getattr(items[2], "text", "") == "First.\n\nFrom there he left.\nFrom there, too.\n>>From\n"


@pytest.mark.parametrize(("raw", "code"), [(b"", "empty"), (b"\n \n", "empty"), (b"words\nand words\n", "broken_mail")])
def test_what_is_no_mbox(tmp_path: Path, raw: bytes, code: str) -> None:
    assert codes(read_bytes(tmp_path, "a.mbox", raw)) == [code]


def test_what_stands_before_the_first_mail_is_a_reject(tmp_path: Path) -> None:
    raw = b"\nwords\nFrom x Sat May  3 23:30:00 2025\n" + plain("a")
    assert codes(read_bytes(tmp_path, "a.mbox", raw)) == ["broken_mail", "a@post.example"]


@settings(max_examples=100)
@given(
    raw=st.one_of(st.binary(max_size=200), st.text('<>@:;=?"(),.[]% \n-abXfrom\0é', max_size=100).map(str.encode)),
    header=st.sampled_from(
        ["", "From: ", "Date: ", "Subject: ", "Message-ID: ", "Content-Type: ", "From a 1:11 11:11\n"]
    ),
)
def test_any_mail_comes_out_as_something(tmp_path_factory: pytest.TempPathFactory, raw: bytes, header: str) -> None:
    folder = tmp_path_factory.mktemp("in")
    assert len(read_bytes(folder, "a.eml", header.encode() + raw)) == 1
    assert read_bytes(folder, "b.mbox", header.encode() + raw)
