"""RSS and Atom: every entry an article, and nothing that a feed could do to the reader."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Article
from pipeline.io.feed import FEED_BYTES
from pipeline.record import RejectRecord
from tests.reads import codes, one, read_bytes

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Tarvian Post</title><link>https://post.example/</link><language>en-us</language>
<item><title>Talks &amp; trade</title><link>https://post.example/1</link><guid isPermaLink="false">post-1</guid>
<pubDate>Sat, 03 May 2025 23:30:00 +0400</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The minister’s visit began.</p>
<p>It <b>ended</b> on Friday.<br/>So he said.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://post.example/2</link>
<description>&lt;p&gt;Only a summary.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">The &lt;i&gt;Norland&lt;/i&gt; Wire</title>
<entry><id>tag:wire.example,2025:1</id><title>One</title><link href="https://wire.example/1"/>
<published>2025-05-03T10:00:00Z</published><updated>2025-05-09T10:00:00Z</updated>
<content type="text">a &lt; b</content></entry>
<entry><id>tag:wire.example,2025:2</id><title>Two</title><updated>2025-05-04T10:00:00Z</updated>
<source><title>The Far Gazette</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p></div></content></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old Post</title></channel>
<item rdf:about="https://old.example/1"><title>T</title><link>https://old.example/1</link>
<description>Text.</description><dc:date>2025-05-03</dc:date></item></rdf:RDF>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">
{entities}]>
<rss version="2.0"><channel><item><guid>1</guid><description>&a9;</description></item></channel></rss>""".format(
    entities="\n".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
)


@pytest.mark.parametrize("name", ["a.rss", "a.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_rss(tmp_path: Path, name: str, encoding: str) -> None:
    first, second = read_bytes(tmp_path, name, RSS.format(encoding=encoding).encode(encoding))
    assert first == Article(
        doc_id="post-1",
        text="The minister’s visit began.\n\nIt ended on Friday.\nSo he said.",
        title="Talks & trade",
        published=dt.date(2025, 5, 3),
        url="https://post.example/1",
        outlet="The Tarvian Post",
        language="en-us",
        input=str(tmp_path / name),
        line=None,
    )
    assert isinstance(second, Article)
    assert (second.doc_id, second.text, second.published) == ("https://post.example/2", "Only a summary.", None)


def test_the_language_is_that_of_the_entry_else_that_of_the_feed(tmp_path: Path) -> None:
    raw = ATOM.replace(b"<feed ", b'<feed xml:lang="en-GB" ').replace(b"<entry>", b'<entry xml:lang="fr">', 1)
    items = read_bytes(tmp_path, "a.atom", raw)
    assert [item.language for item in items if isinstance(item, Article)] == ["fr", "en-GB"]


def test_atom(tmp_path: Path) -> None:
    first, second = read_bytes(tmp_path, "a.atom", ATOM)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.doc_id, first.text, first.outlet) == ("tag:wire.example,2025:1", "a < b", "The Norland Wire")
    assert (first.url, first.published) == ("https://wire.example/1", dt.date(2025, 5, 3))
    assert (second.text, second.outlet, second.published) == (
        "First.\n\nSecond.",
        "The Far Gazette",
        dt.date(2025, 5, 4),
    )


def test_rdf(tmp_path: Path) -> None:
    found = one(read_bytes(tmp_path, "a.xml", RDF))
    assert (found.doc_id, found.text, found.published) == ("https://old.example/1", "Text.", dt.date(2025, 5, 3))


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"<rss version='2.0'><channel><title>T</title></channel></rss>", "empty"),
        (b"<?xml version='1.0'?><html><body>x</body></html>", "no_feed"),
        (b"<rsssss/>", "no_feed"),
        (b"{}", "no_feed"),
        (b"<!-- <rss>", "no_feed"),
        (b"<rss>\xff\xfe\0\1</rss>", "binary"),
        (BOMB.encode(), "unsafe_xml"),
        (b'<!DOCTYPE a [<!ATTLIST b c "]><rss ">]><rss/>', "unsafe_xml"),
        (b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel/></rss>', "unsafe_xml"),
        (b"<rss>" + b"x" * FEED_BYTES, "too_long"),
    ],
)
def test_what_is_no_feed_is_a_reject(tmp_path: Path, raw: bytes, code: str) -> None:
    assert codes(read_bytes(tmp_path, "a.xml", raw)) == [code]


def test_a_document_type_that_lies_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY a "secret">')
    items = "<item><description>See &a;.</description></item>"
    raw = f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}"><rss><channel>{items}</channel></rss>'
    assert not any(
        isinstance(item, Article) and "secret" in item.text for item in read_bytes(tmp_path, "a.rss", raw.encode())
    )


def test_entries_without_a_text_or_with_a_bad_day_are_rejects(tmp_path: Path) -> None:
    items = "<item><guid>a</guid></item><item><guid>b</guid><description>B</description><pubDate>soon</pubDate></item>"
    raw = f"<rss><channel>{items}<item><guid>c</guid><description>C</description></item></channel></rss>"
    found = read_bytes(tmp_path, "a.rss", raw.encode())
    assert codes(found) == ["empty", "bad_published", "c"]
    assert [item.doc_id for item in found] == ["a", "b", "c"]


def test_a_feed_that_breaks_off_says_so(tmp_path: Path) -> None:
    raw = RSS.format(encoding="utf-8")
    *found, last = read_bytes(tmp_path, "a.rss", raw[: raw.index("Only a summary")].encode())
    assert codes(found)[0] == "post-1"
    assert isinstance(last, RejectRecord)
    assert last.error == "broken_feed"


@settings(max_examples=50)
@given(raw=st.one_of(st.binary(max_size=200), st.text("<>/ab=\"'&#;!-[]?% item\0\x01é", max_size=100).map(str.encode)))
def test_any_feed_comes_out_as_something(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.mktemp("in")
    assert read_bytes(folder, "a.xml", raw)
    assert read_bytes(folder, "b.xml", b"<rss><channel><item><description>" + raw)
    assert read_bytes(folder, "c.xml", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>" + raw)
