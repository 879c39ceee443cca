from __future__ import annotations

from collections.abc import Callable

import pytest

Surfaces = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Kenya's Cabinet Secretary for Foreign and Diaspora Affairs, Amina Otieno, spoke.",
         ["Cabinet Secretary for Foreign and Diaspora Affairs"]),
        ("First Deputy Prime Minister Ali Karimov spoke.", ["First Deputy Prime Minister"]),
        ("He met Chargé d'Affaires ad interim Paul Meyer.", ["Chargé d'Affaires ad interim"]),
        ("Jo Lee, co-chair of the commission, agreed.", ["co-chair"]),
        ("The Speaker of the National Assembly, Ama Boateng, spoke.", ["Speaker of the National Assembly"]),
        ("Secretary-General of the OIC Omar Diallo spoke.", ["Secretary-General"]),
        ("Special Envoy for Yemen Tim Lang met Vice-President Ana Paz.", ["Special Envoy for Yemen", "Vice-President"]),
        ("Ambassador of Tajikistan to Kyrgyzstan Nazar Aliev was received.", ["Ambassador"]),
        ("Head of the Consular Department Lena Popova signed it.", ["Head of the Consular Department"]),
        ("Acting Foreign Minister Sheikh Omar Khan and Mr Lee met.", ["Acting Foreign Minister"]),
        ("Presidents Petr Novak and Ana Silva met.", ["Presidents"]),
        ("Musa Otieno, Kenya's Prime Minister and Minister of Trade, spoke.", ["Prime Minister", "Minister of Trade"]),
        ("Deputy Minister of Amiri Diwan Affairs Khaled Saleh attended.", ["Deputy Minister of Amiri Diwan Affairs"]),
        ("Ana Paz, premier of the Cabinet, and Jo Lee, head of the Consular Department, spoke.",
         ["premier of the Cabinet", "head of the Consular Department"]),
        ("Adviser to the Minister of Trade Jo Lee spoke.", ["Adviser to the Minister of Trade"]),
        ("Adviser to Prime Minister Lee, Ana Paz, spoke.", ["Adviser", "Prime Minister"]),
        ("Special Envoy for the Dialogue between Kenya and Somalia Jo Lee spoke.",
         ["Special Envoy for the Dialogue between Kenya and Somalia"]),
        ("Jo Lee, chairman of the Senate Finance Committee, spoke.", ["chairman of the Senate Finance Committee"]),
        ("The talks were led by prison director Mya Thein.", ["prison director"]),
    ],
)  # fmt: skip
def test_titles_as_written_without_country_and_name(surfaces: Surfaces, text: str, titles: list[str]) -> None:
    assert surfaces(text, "title") == titles


@pytest.mark.parametrize(
    ("text", "nominal"),
    [
        ("The Azerbaijani foreign minister spoke.", "The Azerbaijani foreign minister"),
        ("They met the two Kenyan ambassadors.", "the two Kenyan ambassadors"),
        ("Turkish envoy visits the camp.", "Turkish envoy"),
    ],
)
def test_titles_that_stand_for_their_holder_are_nominals(surfaces: Surfaces, text: str, nominal: str) -> None:
    assert surfaces(text, "title") == []
    assert nominal in surfaces(text, "nominal")


@pytest.mark.parametrize(
    "text",
    [
        "She chairs the meeting and will co-chair the next one.",
        "It begins at 6:41 PM in the hall.",
        "General Omar Khan and Chief Dare Ojo attended.",
        "The Council of Foreign Ministers met at the Prime Minister's Office.",
    ],
)
def test_no_titles(surfaces: Surfaces, text: str) -> None:
    assert surfaces(text, "title") == []
