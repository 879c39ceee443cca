"""The targets of the fuzzer: what it found once stays found, and they see what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.document import Article
from pipeline.io.read import Reader
from pipeline.text.normalise import Normalised
from tests.fuzz import targets
from tests.fuzz.targets import run
from tests.io.bad_text import TEXT

FOUND = [
    # Two parts of prose with nothing between them, which a blank line stands for.
    ("clean", " date 2025-05\ufffd-03 The ministers of the two countries met in Baku on Friday and talked.".encode()),
    # A control character in data for search engines, which lxml gives but does not take.
    (
        "html",
        b'<html><script type="application/ld+json">\x01</script><p>The ministers of the two countries met in Baku.</p>',
    ),
]
TEXTS = [bad.content for bad in TEXT if isinstance(bad.content, bytes) and len(bad.content) < 1 << 18]


@pytest.mark.parametrize(("target", "raw"), [*FOUND, *(("clean", text) for text in TEXTS)])
def test_the_targets_stand(target: str, raw: bytes) -> None:
    run(target, raw)


def test_a_map_that_leads_astray_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "normalise", lambda text: Normalised(text, range(len(text)), range(len(text))))
    with pytest.raises(AssertionError):
        run("clean", b"Text")


@pytest.mark.parametrize("items", [[], [Article("a", " ")], [Article("", "Text")], [Article("a", "\ud800")]])
def test_what_is_no_article_is_seen(monkeypatch: pytest.MonkeyPatch, items: list[Article]) -> None:
    def read(self: Reader) -> Iterator[Article]:
        yield from items

    monkeypatch.setattr(Reader, "__iter__", read)
    monkeypatch.setattr(Reader, "bytes_done", 4)
    with pytest.raises((AssertionError, UnicodeEncodeError)):
        run("txt", b"Text")
