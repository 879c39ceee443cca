"""Bad web pages, feeds and mails."""

from __future__ import annotations

import base64

from tests.io.bad_inputs import PROSE, Bad, Content, prose

LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, 20))


def page(word: str, head: bytes = b"", around: bytes = b"") -> bytes:
    body = around + b"<article><p>" + prose(word) + b"</p></article>"
    return b"<html><head><title>Talks</title>" + head + b"</head><body>" + body + b"</body></html>"


def html(name: str, what: str, expected: str, raw: Content) -> Bad:
    return Bad(f"{name}.html", what, (expected,), raw)


DATA = b'<script type="application/ld+json">%s</script>'
PAGES = (
    html("page-none", "no byte", "empty", b""),
    html("page-words", "three words", "no_main_text", b"Not a page"),
    html("page-elf", "a program", "binary", b"\x7fELF\2\1\1" + bytes(99)),
    html("page-cut", "cut off inside a tag", "document", page("cut")[:-20]),
    html("page-open", "nothing is closed", "document", b"<html><body><p>" + prose("open")),
    html("page-deep", "tags in each other, 5,000 deep", "no_main_text", page("deep", around=b"<div>" * 5000)),
    html("page-tags", "a million tags", "too_long", lambda: page("tags", around=b"<p>" * 1_000_000)),
    html("page-angles", "nothing but open tags", "too_long", lambda: b"<" * 200_000),
    html("page-comments", "comments that do not end", "no_main_text", page("comments", around=b"<!--" * 9999)),
    html("page-tables", "tables in each other", "document", page("tables", around=b"<table><tr><td>" * 20)),
    html("page-lies", "another encoding than it says", "document",
         page("lies", b'<meta charset="utf-16">').replace(b"Talks", "Élan".encode())),
    html("page-odd", "an encoding that is none", "document", page("odd", b'<meta charset="rot13">')),
    html("page-data", "control characters in its data", "document",
        page("data", DATA % b'{"datePublished": "\0\x01\x1b"}')),
    html("page-json", "data 50,000 deep", "document", page("json", DATA % (b"[" * 50_000))),
    html("page-day", "a day that is none", "document", page("day", b'<meta name="date" content="2025-02-30">')),
    html("page-days", "days beyond the calendar", "document",
        page("days", b'<time datetime="99999-99-99T99:99">x</time>')),
    html("page-entities", "entities of no character", "document", page("entities &#0; &#x110000; &#xd800; &nope;")),
    html("page-frames", "frames", "no_main_text", b'<frameset><frame src="file:///etc/passwd"></frameset>'),
    html("page-long", "over 8 MiB", "too_long", lambda: page("long", around=b"x" * (1 << 23))),
)  # fmt: skip


def feed(items: bytes, before: bytes = b"", root: bytes = b'rss version="2.0"') -> bytes:
    name = root.split()[0]
    return b"<?xml version='1.0'?>" + before + b"<" + root + b"><channel>" + items + b"</channel></" + name + b">"


def item(word: str, more: bytes = b"") -> bytes:
    told = b"<guid>" + word.encode() + b"</guid><description>" + prose(word) + b"</description>"
    return b"<item>" + told + more + b"</item>"


def xml(name: str, what: str, expected: tuple[str, ...], raw: Content) -> Bad:
    return Bad(f"{name}.xml", what, expected, raw)


FEEDS = (
    xml("feed-none", "no byte", ("empty",), b""),
    xml("feed-laughs", "entities that grow to 10**19 (billion laughs)", ("unsafe_xml",),
        feed(item("&l19;"), b"<!DOCTYPE rss [<!ENTITY l0 'ha'>" + LAUGHS + b"]>")),
    xml("feed-file", "an entity that is a file", ("unsafe_xml",),
        feed(item("&f;"), b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>')),
    xml("feed-blowup", "one long entity many times", ("unsafe_xml",),
        feed(item("&a;" * 9999), b"<!DOCTYPE rss [<!ENTITY a '" + b"x" * 9999 + b"'>]>")),
    xml("feed-dtd", "a document type that would be fetched", ("document",),
        feed(item("dtd"), b'<!DOCTYPE rss SYSTEM "http://localhost:9/x.dtd">')),
    xml("feed-page", "a web page", ("no_feed",), page("feed")),
    xml("feed-other", "other XML", ("no_feed",), b"<svg/>"),
    xml("feed-words", "text", ("no_feed",), PROSE.encode()),
    xml("feed-cut", "cut off", ("document", "empty", "broken_feed"), feed(item("cut-1") + item("cut-2"))[:-180]),
    xml("feed-amp", "a bare &", ("document", "broken_feed"), feed(item("Q&A"))),
    xml("feed-deep", "elements in each other, 3,000 deep", ("document",),
        feed(item("deep", b"<a>" * 3000 + b"</a>" * 3000))),
    xml("feed-html", "HTML in each other, 100,000 deep", ("empty",),
        feed(b"<item><description>" + b"&lt;div&gt;" * 100_000 + b"x</description></item>")),
    xml("feed-day", "a day that is none", ("bad_published",), feed(item("day", b"<pubDate>32 Nov 2025</pubDate>"))),
    xml("feed-zone", "a zone of 14 digits", ("bad_published",),
        feed(item("zone", b"<pubDate>Tue, 03 Jun 2025 10:00:00 +99999999999999</pubDate>"))),
    xml("feed-twice", "entries of one id", ("document", "duplicate_id"), feed(item("twice") * 2)),
    xml("feed-textless", "an entry without text", ("empty",), feed(b"<item><title>T</title></item>")),
    xml("feed-lies", "UTF-8 that says it is UTF-16", ("document",),
        feed(item("Élan")).replace(b"version='1.0'", b"version='1.0' encoding='utf-16'")),
    xml("feed-control", "characters that XML has not", ("document", "broken_feed"), feed(item("bell \x07"))),
    xml("feed-long", "over 16 MiB", ("too_long",), lambda: feed(b" " * (1 << 24))),
    Bad("atom-empty.atom", "no entry", ("empty",), b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>'),
)  # fmt: skip

HEAD = b"From: Desk <desk@post.example>\nSubject: Talks\n"


def mail(word: str, headers: bytes = b"", body: bytes | None = None, head: bytes = HEAD) -> bytes:
    return b"Message-ID: <" + word.encode() + b">\n" + head + headers + b"\n" + (prose(word) if body is None else body)


def eml(name: str, what: str, expected: str, raw: Content) -> Bad:
    return Bad(f"{name}.eml", what, (expected,), raw)


def typed(value: bytes) -> bytes:
    return b"MIME-Version: 1.0\nContent-Type: " + value + b"\n"


BASE64 = b"Content-Transfer-Encoding: base64\n"
CYCLE = typed(b'multipart/mixed; boundary="b"')
DEEP = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(2000))
MAILS = (
    eml("mail-none", "no byte", "empty", b""),
    eml("mail-words", "text", "broken_mail", PROSE.encode()),
    eml("mail-head", "no body", "no_text_part", mail("head", body=b"")),
    eml("mail-noise", "base64 that is none", "no_text_part",
        mail("noise", typed(b"text/plain") + BASE64, b"\xff*!\0" * 99)),
    eml("mail-cut", "base64 that is cut off", "broken_mail",
        mail("cut", typed(b"text/plain") + BASE64, base64.b64encode(prose("cut"))[:-3])),
    eml("mail-charset", "a character set that is none", "document",
        mail("charset", typed(b"text/plain; charset=klingon-8"))),
    eml("mail-bytes", "another character set than it says", "document",
        mail("caf\xe9", typed(b"text/plain; charset=us-ascii"))),
    eml("mail-rot", "a character set that is a cipher", "document", mail("rot", typed(b"text/plain; charset=rot13"))),
    eml("mail-deep", "parts in parts, 2,000 deep", "broken_mail", HEAD + DEEP + b"\nText"),
    eml("mail-nested", "mails in mails, 2,000 deep", "broken_mail", HEAD + b"Content-Type: message/rfc822\n\n" * 2000),
    eml("mail-cycle", "a part with the boundary of the whole", "no_text_part",
        mail("cycle", CYCLE, (b"--b\n" + CYCLE + b"\n") * 3 + b"--b\n\n" + prose("cycle"))),
    eml("mail-boundary", "parts without a boundary", "no_text_part", mail("boundary", typed(b"multipart/mixed"))),
    eml("mail-parts", "10,000 empty parts", "broken_mail", mail("parts", CYCLE, b"--b\n\n" * 10_000)),
    eml("mail-subject", "a subject of a million letters", "broken_mail", b"Subject: " + b"x " * 500_000 + b"\n\nText"),
    eml("mail-senders", "50,000 senders", "broken_mail", b"From: " + b"a@b, " * 50_000 + b"\n\nText"),
    eml("mail-type", "50,000 parameters", "broken_mail", mail("type", typed(b"text/plain" + b"; a=b" * 50_000))),
    eml("mail-brackets", "a sender in 5,000 brackets", "broken_mail", b"From: " + b"(" * 5000 + b"\n\nText"),
    eml("mail-id", "an id of nothing but brackets", "broken_mail", b"Message-ID: " + b"<" * 99 + b"\n\nText"),
    eml("mail-day", "a day that is none", "bad_published", mail("day", b"Date: Tue, 99 Foo 2025\n")),
    eml("mail-zone", "a zone of 14 digits", "broken_mail",
        mail("zone", b"Date: Tue, 03 Jun 2025 10:00:00 +99999999999999\n")),
    eml("mail-picture", "nothing but a picture", "no_text_part",
        mail("picture", typed(b"image/png") + BASE64, b"iVBORw0K")),
    eml("mail-html", "300,000 tags in each other", "no_text_part",
        lambda: mail("html", typed(b"text/html"), b"<p><i>" * 150_000)),
    eml("mail-long", "over 32 MiB", "too_long", lambda: mail("long", body=b"x\n" * (1 << 24))),
    Bad("words.mbox", "no mail in it", ("broken_mail",), PROSE.encode()),
    Bad("none.mbox", "no byte", ("empty",)),
    Bad("empty.mbox", "mails of no line", ("empty", "empty"), b"From a Tue Jun  3 10:00:00 2025\n" * 2),
    Bad("mixed.mbox", "a broken mail between two good ones", ("document", "broken_mail", "document"),
        b"".join(b"From a Tue Jun  3 10:00:00 2025\n" + m + b"\n" for m in (mail("mbox-1"), b"\0\n", mail("mbox-2")))),
)  # fmt: skip

MARKUP = (*PAGES, *FEEDS, *MAILS)
