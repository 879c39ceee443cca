from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.document import Mention

Read = Callable[[str], tuple[Mention, ...]]


@pytest.mark.parametrize(
    ("text", "name", "label", "code"),
    [
        ("The Ministry of Foreign and Diaspora Affairs of the Republic of Kenya said so.",
         "Ministry of Foreign and Diaspora Affairs", "organization", "KEN"),
        ("The Kenyan Foreign Ministry said so.", "Foreign Ministry", "organization", "KEN"),
        ("She works at the Embassy of Azerbaijan in Kenya.", "Embassy of Azerbaijan in Kenya", "organization", "AZE"),
        ("The Azerbaijan-Iraq Joint Commission on Trade, Economic and Cultural Cooperation met.",
         "Azerbaijan-Iraq Joint Commission on Trade, Economic and Cultural Cooperation", "organization", "AZE"),
        ("A study by the Baghdad Center for Public Policy was read.", "Baghdad Center for Public Policy",
         "organization", "IRQ"),
        ("The Office of the Spokesperson announced it.", "Office of the Spokesperson", "organization", None),
        ("The Kenya Coast Guard towed it.", "Kenya Coast Guard", "organization", "KEN"),
        ("They landed at Tocumen International Airport.", "Tocumen International Airport", "facility", "PAN"),
        ("They met at the Palace of Independence.", "Palace of Independence", "facility", None),
        ("She spoke at the Munich Security Conference.", "Munich Security Conference", "event", "DEU"),
        ("It was agreed at the G7 summit.", "G7 summit", "event", None),
        ("Typhoon Noru hit the coast.", "Typhoon Noru", "event", None),
        ("They signed the Framework Agreement on Technical Services.", "Framework Agreement on Technical Services",
         "document", None),
    ],
)  # fmt: skip
def test_names_with_a_head(read: Read, text: str, name: str, label: str, code: str | None) -> None:
    assert [(m.label, m.code) for m in read(text) if m.text == name] == [(label, code)]


def test_a_name_ends_where_the_next_begins(read: Read) -> None:
    text = "Spokesperson for the Ministry of Foreign Affairs Adel Karam thanked the Ministry of Justice and Ana Paz."
    assert [(m.label, m.text) for m in read(text)] == [
        ("title", "Spokesperson"),
        ("organization", "Ministry of Foreign Affairs"),
        ("person", "Adel Karam"),
        ("organization", "Ministry of Justice"),
        ("person", "Ana Paz"),
    ]
