"""The day on which a web page was published, as its markup says it."""

from __future__ import annotations

import datetime as dt
import re
from itertools import islice

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
CHANGED = re.compile(r"modif|updat|revis", re.IGNORECASE)
CHANGED_IN_DATA = re.compile(r'"dateModified"\s*:\s*"[^"]*"')
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that lxml gives but does not take."""

PUBLISHED = re.compile(r"publi|posted", re.IGNORECASE)
SAYS = re.compile(r"date|publish|posted|time", re.IGNORECASE)
SHORT = 80
"""Characters of a date line at most; what is longer is text."""


def page_day(html: str, url: str | None) -> str | None:
    """The day of first publication as `YYYY-MM-DD`; None where the page does not say it in full.

    Read are the head, the data for search engines, `<time>`, short elements named after a date,
    and `url`. Dates in running text and of changes to the page count for nothing, nor
    does a date of numbers of which nobody can tell the month.
    """
    from htmldate import find_date
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # there is no element in it
        return None
    said = etree.Element("html")
    head, body = etree.SubElement(said, "head"), etree.SubElement(said, "body")
    for element in list(page.iter("meta", "link", "title", "script", "time", "span", "div", "p", "abbr", "li")):
        element.tail = None
        if element.tag == "script":
            if element.get("type") == "application/ld+json":
                element.text = CHANGED_IN_DATA.sub('"":""', CONTROL.sub("", element.text or ""))
                head.append(element)
        elif element.tag in {"meta", "link", "title"}:
            if not any(CHANGED.search(element.get(name, "")) for name in ("name", "property", "itemprop")):
                head.append(element)
        else:
            names = " ".join(element.get(name, "") for name in ("class", "id", "itemprop"))
            if _is_date_line(element.tag, names, "".join(islice(element.itertext(), SHORT))):
                body.append(element)
    markup = etree.tostring(said, encoding="unicode", method="html")
    day = find_date(document_fromstring(markup), extensive_search=False, original_date=True, url=url)
    return day if day and _full(day).search(f"{url} {markup}") else None


def _is_date_line(tag: str, names: str, text: str) -> bool:
    said = f"{names} {text}"
    only_changed = CHANGED.search(said) and not PUBLISHED.search(said)
    return len(text) <= SHORT and not only_changed and (tag == "time" or SAYS.search(names) is not None)


def _full(day: str) -> re.Pattern[str]:
    """How a page may write a day so that it can be no other: in digits from the year on, or with the month's name."""
    date = dt.date.fromisoformat(day)
    number, month = rf"0?{date.day}(?:st|nd|rd|th)?", rf"{MONTHS[date.month - 1]}[a-z]*\.?"
    digits = rf"{date.year}\D?0?{date.month}\D?0?{date.day}(?!\d)"
    day_first = rf"\b{number}[\s,.-]+{month}[\s,.-]+{date.year}"
    return re.compile(rf"{digits}|{day_first}|{month}\s+{number},?\s+{date.year}", re.IGNORECASE)
