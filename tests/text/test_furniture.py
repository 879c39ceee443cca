"""Tests of pipeline.text.furniture."""

import pytest

from pipeline.text.furniture import find_furniture

PROSE = "The foreign minister of Examplia received his counterpart on Monday and discussed trade with him at length."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("date 2025-06-03 + ↺ − 16 px", "stamp"),
        ("3 May 2025 13:15 (UTC+04:00)", "stamp"),
        ("Published: 3 May 2025 | Updated: 4 May 2025, 10:12", "stamp"),
        ("5 min read", "stamp"),
        ("Jane Doe 10 seconds ago Thu 10th September 2020 | 08:23 PM", "stamp"),
        ("Jane Doe Read more", "link"),
        ("12:45, 3 June", "stamp"),
        ("Politics Materials 3 May 2025 19:27 (UTC +04:00)", "stamp"),
        ("Friday, March 28, 2025", "stamp"),
        ("Photo: Ministry of Foreign Affairs", "credit"),
        ("Image credit: Jane Doe", "credit"),
        ("File photo", "credit"),
        ("[Photo/Agency]", "credit"),
        ("Flag of Kazakhstan", "caption"),
        ("The ministers in Doha. Photo: Ministry of Foreign Affairs", "caption"),
        ("Kenya’s Foreign Minister Jane Doe Reuters/John Roe", "caption"),
        ("The ministers in Doha (Anadolu Agency/Jane Doe-Roe)", "caption"),
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
        ("Posted in Politics / Kazakhstan - by Jane Doe", "menu"),
        ("ministers-meet-in-baku-for-talks", "menu"),
        ("Published", "stamp"),
        ("31. januar 2024 19:50", "stamp"),
        ("Back to press releases", "link"),
        ("• Link copied", "link"),
        ("meeting-baku.jpg", "caption"),
        ("(From left) Jane Doe and John Roe shake hands in Baku", "caption"),
        ("The ministers shake hands in Baku on May 3, 2025. (Example File Photo)", "caption"),
        ("The minister in Baku. pic.example/x1 — Foreign Ministry (@example) May 3, 2025", "link"),
        ("example.com", "outlet"),
        ("Daily Example (Nairobi)", "outlet"),
        ("Example Post report", "outlet"),
        ("With Reuters", "byline"),
        ("This story has not been edited by our staff.", "outlet"),
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
        "Kenya and Uganda sign AP/EU pact",
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


def test_other_stories_above_the_article() -> None:
    lines = ["ALSO READ", "Ministers of Examplia and Otheria sign agreement on trade", "Rail line opens in May", "-"]
    assert find_furniture([*lines, PROSE])[:3] == ["link"] * 3


def test_other_stories_below_the_article() -> None:
    below = ["President hopes for stronger ties with neighbours", "Court dismisses appeal of former minister"]
    assert find_furniture([PROSE, *below]) == [None, "link", "link"]
    assert find_furniture([PROSE, below[0]]) == [None, None]
    signatories = ["Jane Doe, Minister of Foreign Affairs of Examplia", "John Roe, Minister of Trade of Otheria"]
    assert find_furniture([PROSE, *signatories]) == [None, None, None]


def test_the_title_of_the_page_gives_way_to_the_headline() -> None:
    headline = "Examplia declares diplomat persona non grata"
    assert find_furniture([f"{headline} - Example Wire", headline, PROSE])[:2] == ["repeat", None]


def test_a_name_beside_the_date_line_is_a_byline() -> None:
    assert find_furniture(["Minister visits Examplia", "Jane Doe", "3 May 2025", PROSE])[1] == "byline"


def test_menus_are_runs_of_short_lines() -> None:
    menu = ["Pictures Daily", "Long Reads", "Weekly Wire", "Our Store"]
    assert find_furniture([*menu, "Minister of Examplia visits Kenya for talks", PROSE]) == ["menu"] * 4 + [None] * 2
