"""Pieces of HTML as plain text, all of it: for feeds and mails, which have no navigation around their text."""

from __future__ import annotations

import re

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table td th tr ul".split()
)
UNSEEN = frozenset("head iframe noscript object script select style svg template textarea title".split())
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
BLANK = re.compile(r"[ \t\r\n\f\v]+")
BREAKS = re.compile(r" ?\n[ \n]*")


def html_text(html: str) -> str:
    """The text that a reader of `html` sees: an empty line between paragraphs, tags and comments gone.

    "" where there is none. Nothing of it is fetched or run.
    """
    from lxml import etree
    from lxml.html import HTMLParser

    # A parser of bytes: one of strings refuses declarations of an encoding. Huge: else what is nested deeply is lost.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(b"<div>" + html.encode("utf-8", "replace") + b"</div>", parser)
    if root is None:
        return ""
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in UNSEEN or "hidden" in element.attrib or HIDDEN.search(element.get("style", "")):
                walk.skip_subtree()
                continue
            pieces.append("\n\n" if tag in BLOCKS else "\n" if tag == "br" else "")
            pieces.append(BLANK.sub(" ", element.text or ""))
            continue
        pieces.append("\n\n" if tag in BLOCKS else "")
        pieces.append(BLANK.sub(" ", element.tail or ""))
    return BREAKS.sub(lambda found: "\n\n" if found[0].count("\n") > 1 else "\n", "".join(pieces)).strip()
