"""Tests of pipeline.text.attribution."""

import pytest

from pipeline.text.attribution import find_cited, find_outlet


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The minister met his counterpart, Exanews reports, citing the Foreign Ministry.", "Exanews"),
        ("The minister met his counterpart, Example.Az reports.", "Example.Az"),
        ("There were no victims, the ministry told Example.Az.", "Example.Az"),
        ("Talks were held, Example Daily has learned.", "Example Daily"),
        ("The minister told Doe that the visit was over.", None),
        ("The minister told reporters. The report said so.", None),
        ("Ms Doe reported progress.", None),
    ],
)
def test_outlet_from_prose(text: str, outlet: str | None) -> None:
    assert find_outlet([text], [], []) == outlet


@pytest.mark.parametrize(
    ("kind", "text", "outlet"),
    [
        ("outlet", "Example.Az", "Example.Az"),
        ("outlet", "Example FM (Nairobi)", "Example FM"),
        ("outlet", "Example Agency WORLD", "Example Agency"),
        ("outlet", "Example Gazette report", "Example Gazette"),
        ("byline", "Source: Exa World and Agencies", "Exa World"),
        ("stamp", "NEWS 24.09.2018 10:39", None),
        ("outlet", "Copyright © 2025, Example Radio. All rights reserved.", "Example Radio"),
        ("outlet", "Published in Example Post, December 10th, 2024", "Example Post"),
        ("share", "Follow The Example Times on X", "The Example Times"),
        ("stamp", "Example.ge, 22 Mar 2024 - 16:41", "Example.ge"),
        ("stamp", "THURSDAY, 22 Mar 2024", None),
        ("byline", "Special Correspondent", None),
        ("outlet", "(END)", None),
    ],
)
def test_outlet_from_furniture(kind: str, text: str, outlet: str | None) -> None:
    assert find_outlet([], [(kind, text)], []) == outlet


def test_outlet_from_a_dateline() -> None:
    assert find_outlet([], [], ["Example Wire"]) == "Example Wire"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("He left, Exanews reports, citing the Azerbaijani Foreign Ministry.", ("Azerbaijani Foreign Ministry",)),
        (
            "He left, according to the Ministry of Foreign Affairs and Trade.",
            ("Ministry of Foreign Affairs and Trade",),
        ),
        ("He left for Baku, the Interior Ministry said.", ("Interior Ministry",)),
        ("He left, the press service of the President told Exanews.", ("press service of the President",)),
        ("It is, with reference to the Embassy of Kenya in Baku, true.", ("Embassy of Kenya in Baku",)),
        (
            "This was reported on Friday by the press service of the foreign ministry of Kenya.",
            ("foreign ministry of Kenya",),
        ),
        ("They met, Example Press Agency (EPA) reported.", ("Example Press Agency",)),
        ("They met, the ministry said.", ()),
        ("The below is attributable to Spokesperson Jane Doe:", ("Spokesperson Jane Doe",)),
        ("The minister visited the ministry and met staff.", ()),
        ("According to her, the trade office is open.", ()),
    ],
)
def test_cited_sources(text: str, cited: tuple[str, ...]) -> None:
    assert find_cited([text], "Exanews") == cited
