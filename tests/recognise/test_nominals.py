from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.document import Mention

Read = Callable[[str], tuple[Mention, ...]]


@pytest.mark.parametrize(
    ("text", "nominals"),
    [
        ("The two sides met. He thanked his Kenyan counterpart.",
         [("The two sides", "side", None), ("He", "he", None), ("his Kenyan counterpart", "counterpart", "KEN")]),
        ("They asked the Azerbaijani diplomat.",
         [("They", "they", None), ("the Azerbaijani diplomat", "diplomat", "AZE")]),
        ("Both countries agreed with the delegation.",
         [("Both countries", "country", None), ("the delegation", "delegation", None)]),
        ("Her guest is here.", [("Her guest", "guest", None)]),
    ],
)  # fmt: skip
def test_nominals(read: Read, text: str, nominals: list[tuple[str, str, str | None]]) -> None:
    assert [(m.text, m.name, m.code) for m in read(text) if m.label == "nominal"] == nominals


@pytest.mark.parametrize(
    "text", ["The official visit began.", "In the Kingdom of Bahrain it rained.", "A side table stood there."]
)
def test_no_nominals(read: Read, text: str) -> None:
    assert [m.text for m in read(text) if m.label == "nominal"] == []
