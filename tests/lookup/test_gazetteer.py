from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.lookup.gazetteer import known_names
from pipeline.lookup.words import Words

WordsOf = Callable[[str], Words]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("He left the Kingdom of Bahrain for Türkiye.", [("Kingdom of Bahrain", "BHR"), ("Türkiye", "TUR")]),
        ("U.S.-EU talks", [("U.S.", "USA"), ("EU", None)]),
        ("Azerbaijan-Kenya ties", [("Azerbaijan", "AZE"), ("Kenya", "KEN")]),
        ("the Democratic Republic of the Congo", [("Democratic Republic of the Congo", "COD")]),
        ("an Emirati and two Kenyans", [("Emirati", "ARE"), ("Kenyans", "KEN")]),
        ("Washington, D.C.", [("Washington, D.C.", "USA")]),
        ("HÀ NỘI and Hà Nội", [("HÀ NỘI", "VNM"), ("Hà Nội", "VNM")]),
        ("the UK and the South Caucasus", [("UK", "GBR"), ("South Caucasus", None)]),
    ],
)
def test_known_names(words_of: WordsOf, text: str, hits: list[tuple[str, str | None]]) -> None:
    assert [(text[hit.start : hit.end], hit.code) for hit in known_names(words_of(text))] == hits


@pytest.mark.parametrize(
    "text",
    ["they told us who is in chad", "Germán spoke", "@Kenya #Baku", "his turkey sandwich", "High Inter-State Council"],
)
def test_what_only_looks_like_a_name(words_of: WordsOf, text: str) -> None:
    assert known_names(words_of(text)) == []


def test_the_capital_comes_before_larger_namesakes(words_of: WordsOf) -> None:
    [hit] = known_names(words_of("in San José"))
    assert (hit.kind, hit.name, hit.code) == ("city", "San José", "CRI")


def test_organisations_have_their_full_name(words_of: WordsOf) -> None:
    [hit] = known_names(words_of("the OSCE"))
    assert hit.name == "Organization for Security and Co-operation in Europe"
