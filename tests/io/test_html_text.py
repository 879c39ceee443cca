"""Pieces of HTML as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.io.html_text import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a &amp; b &lt;c&gt; &ldquo;d&rdquo;&nbsp;e", "a & b <c> “d”\u00a0e"),
        ("<p>One\n two</p> <p>Three<br>four <b>fi</b>ve", "One two\n\nThree\nfour five"),
        ("<ul><li>a<li>b</ul>c", "a\n\nb\n\nc"),
        ("<table><tr><td>a</td><td><p>b</p></td></tr></table>", "a\n\nb"),
        ("a<script>x()</script>b<style>y</style><!-- z -->c", "abc"),
        ('a<div style="display: none">preheader</div><p hidden>x</p>b', "a\n\nb"),
        ("<html><head><title>T</title></head><body><p>a</p></body></html>", "a"),
        ("<?xml version='1.0' encoding='x'?><p>a</p>", "a"),
        ("<div>" * 1000 + "deep", "deep"),
    ],
)
def test_what_a_reader_sees(html: str, text: str) -> None:
    assert html_text(html) == text


@given(st.text("<>/ab=\"'&#;!-[]?% pdivbr\0\x01é\ud800", max_size=100))
def test_anything_is_some_text(html: str) -> None:
    assert html_text(html).encode() is not None
