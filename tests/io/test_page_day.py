"""The day of publication of a page: said by its markup, in full, and never guessed."""

from __future__ import annotations

import pytest

from pipeline.io.page_day import page_day

TEXT = "<p>The foreign minister of Tarvia received the ambassador of Norland on Friday, officials said.</p>"


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        ('<meta property="article:published_time" content="2024-05-03T23:30:00+04:00">', "", None),
        ('<meta name="date" content="Fri, 03 May 2024 10:00:00 GMT">', "", None),
        (
            '<script type="application/ld+json">{"datePublished": "2024-05-03", "dateModified": "2024-06-01"}</script>',
            "",
            None,
        ),
        ("", '<time datetime="2024-05-03T10:00Z">yesterday</time>', None),
        ("", '<span class="date">May 3, 2024</span>', None),
        ("", "<div class='published'>Published 3rd May 2024</div>", None),
        ("", "", "https://post.example/2024/05/03/talks"),
    ],
)
def test_a_day_that_the_page_says(head: str, body: str, url: str | None) -> None:
    html = f"<html><head><title>Talks</title>{head}</head><body>{body}{TEXT}</body></html>"
    assert page_day(html, url) == "2024-05-03"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ("", "<p>They had met on 2019-03-04 before.</p>"),
        ("", "<div>On 4 March 2019 they met.</div>"),
        ("", "<span class='date'>03/05/2024</span>"),
        ("", "<span class='date'>Updated May 3, 2024</span>"),
        ("", "<footer>Copyright 2021</footer>"),
        (
            "",
            "<p class='dateline'>The ministers met on May 3, 2024 in the city. "
            "They talked for more than three hours about trade.</p>",
        ),
        ('<meta name="date" content="2024-05">', ""),
        ('<meta name="date" content="soon">', ""),
        ('<meta property="article:modified_time" content="2024-05-03">', ""),
        ('<script type="application/ld+json">{"dateModified": "2024-06-01"}</script>', ""),
        ('<script>let date = "2024-06-01"</script>', ""),
    ],
)
def test_what_is_no_day_of_publication(head: str, body: str) -> None:
    html = f"<html><head><title>Talks</title>{head}</head><body>{body}{TEXT}</body></html>"
    assert page_day(html, None) is None


@pytest.mark.parametrize(
    "html", ["", " ", "\0", "<", "<!-- -->", "text", "<html>", "<?xml version='1.0' encoding='x'?>"]
)
def test_odd_pages_have_no_day(html: str) -> None:
    assert page_day(html, None) is None
