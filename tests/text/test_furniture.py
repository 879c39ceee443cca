"""Tests of pipeline.text.furniture."""

import pytest

from pipeline.text.furniture import find_furniture, is_outlet_name, leading_relay, leading_stamp

PROSE = "The foreign minister of Examplia received his counterpart on Monday and discussed trade with him at length."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("date 2025-06-03 + ↺ − 16 px", "stamp"),
        ("3 May 2025 13:15 (UTC+04:00)", "stamp"),
        ("Published: 3 May 2025 | Updated: 4 May 2025, 10:12", "stamp"),
        ("5 min read", "stamp"),
        ("12:45, 3 June", "stamp"),
        ("Politics Materials 3 May 2025 19:27 (UTC +04:00)", "stamp"),
        ("Friday, March 28, 2025", "stamp"),
        ("Photo: Ministry of Foreign Affairs", "credit"),
        ("Image credit: Jane Doe", "credit"),
        ("File photo", "credit"),
        ("[Photo/Agency]", "credit"),
        ("Flag of Kazakhstan", "caption"),
        ("The ministers in Doha. Photo: Ministry of Foreign Affairs", "caption"),
        ("Read also: Oil prices edge up", "link"),
        ("READ MORE : Trade up in May", "link"),
        ("Tags: Kenya, trade", "link"),
        ("#diplomacy #kenya", "link"),
        ("Follow us on Telegram", "share"),
        ("Share: WhatsApp | Telegram", "share"),
        ("Subscribe to our newsletter", "share"),
        ("Facebook Twitter WhatsApp Copy link", "share"),
        ("Copyright © 2025 Daily Example. All rights reserved.", "outlet"),
        ("Home > Politics > Foreign policy", "menu"),
        ("in Politics / Kazakhstan - by", "menu"),
        ("Politics | World | Economy", "menu"),
        ("By Jane Doe", "byline"),
        ("By JANE DOE and JOHN ROE, Example Wire", "byline"),
        ("By Jane Doe in International on 5 November 2024", "byline"),
        ("Reporting by Jane Doe; editing by John Roe", "byline"),
        ("Special Correspondent", "byline"),
    ],
)
def test_lines_that_are_furniture(line: str, kind: str) -> None:
    assert find_furniture([line, PROSE, PROSE.replace("Monday", "Tuesday")])[0] == kind


@pytest.mark.parametrize(
    "line",
    [
        "Ministers met in Baku.",
        "On May 2, 2025, the deputy minister travelled to Kenya.",
        "Home to two million people, the city hosts the summit.",
        "Diversion of a Flight to Belarus and Arrest of a Journalist",
        "By the end of the day the ministers had signed the agreement.",
        "Azerbaijan and Kenya sign agreement",
        "ANKARA SUMMONS DUTCH ENVOY, PUTS OFF TALKS",
        "Sponsored by Examplia, the resolution was adopted.",
        "Photography was the topic of the exhibition.",
        "Latest figures show that trade grew.",
        "Follow-up talks are planned.",
        "The next round will be held on 3 June 2026.",
        "– Jane Doe, Republic of Examplia;",
    ],
)
def test_lines_that_are_prose(line: str) -> None:
    assert find_furniture([line, PROSE])[0] is None
    assert find_furniture([PROSE, line, PROSE.replace("Monday", "Tuesday")])[1] is None


def test_link_lists_end_with_prose() -> None:
    page = [
        PROSE,
        "Related news",
        "Oil prices edge up",
        "Schools reopen Monday",
        "The Ministry was not available for comment.",
    ]
    assert find_furniture(page) == [None, "link", "link", "link", None]


@pytest.mark.parametrize(
    "line", ["GNA", "Example.Az", "(END)", "###", "-0-", "AKS/OID/ADC", "/j.p/", "mw/ ks/", "Example News"]
)
def test_signatures_below_the_prose(line: str) -> None:
    assert find_furniture([PROSE, line])[1] in {"outlet", "menu"}


def test_names_of_letter_writers_stay() -> None:
    assert find_furniture([PROSE, "Jane Doe", "President of the Republic of Examplia"])[1:] == [None, None]


def test_a_repeated_headline_is_furniture() -> None:
    assert find_furniture(["Minister visits Examplia", "Minister visits Examplia", PROSE]) == [None, "repeat", None]


def test_a_name_beside_the_date_line_is_a_byline() -> None:
    assert find_furniture(["Minister visits Examplia", "Jane Doe", "3 May 2025", PROSE])[1] == "byline"


def test_menus_are_runs_of_short_lines() -> None:
    menu = ["Pictures Daily", "Long Reads", "Weekly Wire", "Our Store"]
    assert find_furniture([*menu, "Minister of Examplia visits Kenya for talks", PROSE]) == ["menu"] * 4 + [None] * 2


def test_leading_stamp_stops_before_the_text() -> None:
    assert leading_stamp("date 2025-06-03 Ministers meet") == len("date 2025-06-03")
    assert leading_stamp("Dates were discussed on 2025-06-03") == 0


def test_leading_relay() -> None:
    assert leading_relay("(CARRIER- Example News) The minister") == len("(CARRIER- Example News)")
    assert leading_relay("(and others) The minister") == 0


@pytest.mark.parametrize(
    ("name", "expected"), [("Example.Az", True), ("GNA", True), ("Daily Post", True), ("Jane Doe", False)]
)
def test_outlet_names(name: str, expected: bool) -> None:
    assert is_outlet_name(name) is expected
